"""The check at the moment of sending, case by case: each name is a sentence of the rules."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from uuid import UUID

import pytest

from smsbot.planner import Drop, Facts, Hold, Mark, Past, PlannedTouch, Send, plan, verdict, withdrawn
from tests.planner_support import ana, facts, load, sent, series, session, wall

INDUCTION = load("induction")
DONE = session(1, 0, status="done", ended_at=wall(0, "11:00"))
NEXT = session(2, 3)


@dataclass(frozen=True)
class At:
    """One touch of Ana's plan, judged at a moment with what was known then."""

    rule: str
    now: datetime
    facts: Facts = field(default_factory=facts)
    number: int | None = 1
    known: Facts | None = None

    def touch(self) -> PlannedTouch:
        touches = plan(INDUCTION, self.known or self.facts, wall(-20, "0:00"))
        return next(one for one in touches if one.rule == self.rule and one.session_number == self.number)

    def said(self) -> str:
        found = verdict(INDUCTION, self.touch(), self.facts, self.now)
        if isinstance(found, Send):
            return f"send {found.variant}" if found.variant else "send"
        return found.why


def patient(**changed: object) -> Facts:
    return facts((DONE, NEXT), ana(**changed))


def done(*past: Past, **more: object) -> Facts:
    return facts((DONE, NEXT), past=past, **more)


def ask(day: int, clock: str, state: str = "unanswered", **more: object) -> Past:
    return sent(f"asked_{day}_{clock}", 1, wall(day, clock), state, **more)


QUIET = facts((session(1, 0), session(2, 3, version=2, told_start=wall(4, "10:00"), changed_at=wall(0, "9:45"))))
BUSY = [(day, clock) for day in range(-8, -2) for clock in ("10:00", "16:00")]
FOURTEEN = tuple(ask(day, clock, "answered") for day, clock in [*BUSY, (-2, "9:30"), (-8, "19:00")])
THREE = (ask(-5, "10:00"), ask(-4, "11:00"), ask(-3, "16:00"))

CASES: dict[str, tuple[At, str]] = {
    "a touch that is due inside the window goes": (At("intention", wall(-2, "16:00")), "send"),
    "the intention within a day of the session takes its late line": (At("intention", wall(-1, "12:00")), "send late"),
    "past its last moment it is dropped": (
        At("intention", wall(-1, "22:30")), "Dropped: it had to leave by 22:00."),
    "nothing goes before consent": (
        At("intention", wall(-2, "16:00"), facts(patient=ana(status="invited", joined_at=None))),
        "Held by the missing YES until 22:00 on Sunday, November 29."),
    "nothing goes before consent until it is too late": (
        At("intention", wall(-1, "22:00"), facts(patient=ana(status="invited", joined_at=None))),
        "Dropped: the missing YES lasted past its last moment."),
    "nothing goes after STOP": (
        At("intention", wall(-2, "16:00"), facts(patient=ana(status="stopped"))),
        "Dropped: the patient has stopped texts."),
    "nothing goes once the texts have ended": (
        At("intention", wall(-2, "16:00"), facts(patient=ana(status="ended"))), "Dropped: the texts have ended."),
    "nothing goes to a dormant patient": (
        At("intention", wall(-2, "16:00"), facts(patient=ana(status="dormant"))), "Dropped: we went quiet."),
    "a pause drops what comes due in it": (
        At("intention", wall(-2, "16:00"), facts(patient=ana(status="paused", paused_until=wall(0, "9:00")))),
        "Dropped: the patient has paused texts."),
    "a pause that is over holds nothing": (
        At("intention", wall(-2, "16:00"), facts(patient=ana(status="paused", paused_until=wall(-2, "12:00")))),
        "send"),
    "a pause without an end drops everything": (
        At("day_before", wall(-1, "17:00"), facts(patient=ana(status="paused"))),
        "Dropped: the patient has paused texts."),
    "logistics pass a pause if the patient agreed to them": (
        At("day_before", wall(-1, "17:00"), facts(patient=ana(status="paused", logistics_while_held=True))), "send"),
    "the tick for logistics lets nothing else through": (
        At("intention", wall(-2, "16:00"), facts(patient=ana(status="paused", logistics_while_held=True))),
        "Dropped: the patient has paused texts."),
    "a freeze drops what comes due in it, reminders included": (
        At("day_before", wall(-1, "17:00"), facts(patient=ana(status="frozen"))),
        "Dropped: texts rest until staff have talked with the patient."),
    "staff may let logistics through a freeze": (
        At("day_before", wall(-1, "17:00"), facts(patient=ana(status="frozen", logistics_while_held=True))), "send"),
    # Sessions
    "a canceled session drops its touches": (
        At("day_before", wall(-1, "17:00"), facts((session(1, 0, status="canceled"),)), known=facts()),
        "Dropped: session 1 was canceled."),
    "a no-show drops its touches": (
        At("landing", wall(0, "17:30"), facts((session(1, 0, status="no_show"),)), known=facts()),
        "Dropped: session 1 was missed."),
    "a session that changed a moment ago is planned again first": (
        At("day_before", wall(-1, "17:00"), facts((session(1, 0, version=2),)), known=facts((session(1, 0),))),
        "Held by a change to the session until 17:01."),
    # Done
    "the landing waits until 20:00 for the session to be marked": (
        At("landing", wall(0, "17:30")), "Held by session 1 not being marked as done until 20:00."),
    "from 20:00 the landing waits until 9:30 the next day": (
        At("landing", wall(0, "20:00")),
        "Held by session 1 not being marked as done until 9:30 on Tuesday, December 1."),
    "from 9:30 the landing waits until 11:00": (
        At("landing", wall(1, "9:30")), "Held by session 1 not being marked as done until 11:00."),
    "at 11:00 the landing is dropped with that reason": (
        At("landing", wall(1, "11:00")), "Dropped: nobody marked session 1 as done by 11:00."),
    "a landing whose session is marked late in the evening goes at once": (
        At("landing", wall(0, "19:10"), done(), known=facts()), "send"),
    "a landing whose session is marked at night waits for 9:30": (
        At("landing", wall(0, "21:00"), done(), known=facts()),
        "Held by quiet hours until 9:30 on Tuesday, December 1."),
    "a landing whose session is marked next morning goes then": (
        At("landing", wall(1, "10:15"), done(), known=facts()), "send morning"),
    "a landing whose session is marked after 11:00 is dropped": (
        At("landing", wall(1, "11:01"), done(), known=facts()), "Dropped: it had to leave by 11:00."),
    "arrived counts as attended": (
        At("landing", wall(0, "17:30"), facts((session(1, 0, status="arrived"), NEXT))), "send"),
    "the first reflection waits for the session to be marked": (
        At("reflection", wall(1, "10:00")), "Held by session 1 not being marked as done until 20:00."),
    "the first reflection is dropped when nobody marks the session": (
        At("reflection", wall(1, "20:00")), "Dropped: nobody marked session 1 as done by 20:00."),
    "a landing sent this morning takes the place of the first reflection": (
        At("reflection", wall(1, "10:00"), done(sent("landing", 1, wall(1, "9:30"), "sent")), known=done()),
        "Dropped: replaced by the landing this morning."),
    "a landing sent last evening leaves the first reflection": (
        At("reflection", wall(1, "10:00"), done(sent("landing", 1, wall(0, "17:30"), "sent")), known=done()),
        "send doors_1"),
    # Conditions
    "close sessions: no answer to the first reflection by then means no second one": (
        At("reflection_two", wall(2, "13:00"), done(sent("reflection", 1, wall(1, "10:00"), "sent")), known=done()),
        "Dropped: it is sent only if reflection answered."),
    "close sessions: an answered first reflection lets the second one go": (
        At("reflection_two", wall(2, "13:00"), done(sent("reflection", 1, wall(1, "10:00"))), known=done()), "send"),
    "a silent landing and a silent reflection put the patient on the clinic's list": (
        At("quiet_after_first", wall(2, "9:00"), done(sent("landing", 1, wall(0, "17:30"), "sent")), known=done()),
        "send"),
    "an answered landing does not": (
        At("quiet_after_first", wall(2, "9:00"), done(sent("landing", 1, wall(0, "17:30"))), known=done()),
        "Dropped: there is nothing for staff to do."),
    "a second reflection nobody answered is not followed by a plan": (
        At("practice", wall(2, "19:00"), patient(), known=patient()),
        "Dropped: it is sent only if reflection two answered."),
    "staff are asked to mark a session an hour after its planned end": (At("mark_session", wall(0, "12:00")), "send"),
    "staff are not asked about a session that is marked": (
        At("mark_session", wall(0, "12:00"), done(), known=facts()), "Dropped: there is nothing for staff to do."),
    "a bridge inside another conversation waits for it": (
        At("bridge", wall(2, "17:00"), number=2), "Held by waiting for the day-before text until 19:30."),
    "a bridge inside a conversation nobody answered is dropped": (
        At("bridge", wall(2, "19:30"), number=2), "Dropped: the day-before text was not answered so far."),
    # Hours
    "before the window it waits for the opening": (
        At("intention", wall(-1, "7:00")), "Held by quiet hours until 9:00."),
    "after the window it waits for the next opening": (
        At("intention", wall(-2, "20:30")), "Held by quiet hours until 9:00 on Sunday, November 29."),
    "the patient's own hours hold": (
        At("intention", wall(-2, "16:00"), facts(patient=ana(window=(time(17), time(19)))), known=facts()),
        "Held by quiet hours until 17:00."),
    "the quiet time around a session holds": (
        At("moved", wall(0, "11:30"), QUIET, number=2), "Held by the quiet time around session 1 until 14:00."),
    "the arrival line may go until the start": (At("arrival", wall(0, "9:58")), "send"),
    "the arrival line is dropped after the start": (
        At("arrival", wall(0, "10:01")), "Dropped: it had to leave by 10:00."),
    # Conversations, gaps, caps
    "a patient who wrote 20 minutes ago is not interrupted": (
        At("intention", wall(-2, "16:00"), facts(open_since=wall(-2, "15:40"))),
        "Held by an open conversation until 16:40."),
    "after 60 silent minutes a new text may go": (
        At("intention", wall(-2, "16:00"), facts(open_since=wall(-2, "15:00"))), "send"),
    "a conversation holds a text only up to its deadline": (
        At("day_before", wall(-1, "19:00"), facts(open_since=wall(-1, "18:50"))),
        "Dropped: an open conversation lasted past its last moment."),
    "three hours are kept after the last text": (
        At("intention", wall(-2, "16:00"), facts(past=(ask(-2, "14:00", "answered"),))),
        "Held by the gap between texts until 17:00."),
    "logistics need no gap": (
        At("day_before", wall(-1, "17:00"), facts(past=(ask(-1, "16:00", "answered"),))), "send"),
    "two texts sent today are enough": (
        At("intention", wall(-2, "16:00"), facts(past=(ask(-2, "9:00", "answered"), ask(-2, "12:00", "answered")))),
        "Dropped: the cap of 2 texts a day is reached."),
    "the landing is never dropped for caps": (
        At("landing", wall(0, "17:30"), done(ask(0, "8:00", "answered"), ask(0, "9:00", "answered"))), "send"),
    "fourteen texts sent in seven days are enough": (
        At("intention", wall(-2, "16:00"), facts(past=FOURTEEN)),
        "Dropped: the cap of 14 texts in 7 days is reached."),
    "after an outage the second text waits an hour": (
        At("intention", wall(-2, "18:00"), facts(past=(ask(-2, "17:30", "answered", priority=2),))),
        "Held by another text within the hour until 18:30."),
    "a text that is on time needs no such hour": (
        At("day_before", wall(-1, "17:10"), facts(past=(ask(-1, "16:30", "answered", priority=2),))), "send"),
    # Rest
    "after three silences questions rest for 72 hours": (
        At("intention", wall(-2, "16:00"), facts(past=THREE)),
        "Dropped: three questions in a row had no reply, so questions rest for 72 hours."),
    "after three silences logistics go on": (At("day_before", wall(-1, "17:00"), facts(past=THREE)), "send"),
    "a delivery that failed is no silence": (
        At("intention", wall(-2, "16:00"), facts(past=(*THREE[:2], replace(THREE[2], delivered=False)))), "send"),
    "a promised day without questions is kept": (
        At("intention", wall(-2, "16:00"), facts(patient=ana(hold_asks_until=wall(-1, "9:00")))),
        "Held by the promise to ask nothing until 9:00 on Sunday, November 29."),
    "logistics go on in a promised rest": (
        At("day_before", wall(-1, "17:00"), facts(patient=ana(hold_asks_until=wall(0, "9:00")))), "send"),
    "session days only is kept at the moment of sending": (
        At("intention", wall(-2, "16:00"), facts(patient=ana(session_days_only=True)), known=facts()),
        "Dropped: the patient asked for texts on session days only."),
    "a key pace chosen since is kept": (
        At("intention", wall(-2, "16:00"), facts(patient=ana(chosen_pace="key")), known=facts()),
        "Dropped: only the key texts are sent at this pace."),
}  # fmt: skip


@pytest.mark.parametrize("sentence", CASES, ids=lambda sentence: sentence.replace(" ", "_"))
def test_case(sentence: str) -> None:
    moment, expected = CASES[sentence]
    assert moment.said() == expected


def lesson(given: Facts) -> PlannedTouch:
    return next(one for one in plan(INDUCTION, given, wall(0, "18:00")) if one.rule == "lesson")


def test_nothing_light_goes_within_a_day_of_a_hard_moment() -> None:
    given = patient(upbeat_hold_until=wall(2, "9:00"))
    found = verdict(INDUCTION, lesson(given), given, wall(1, "16:00"))
    assert found == Drop("Dropped: nothing light goes within a day of a hard moment.")


def test_a_lesson_passes_the_rest_of_questions() -> None:
    past = tuple(ask(day, "18:00") for day in (-3, -2, -1))
    given = facts((DONE, NEXT), past=past)
    assert verdict(INDUCTION, lesson(given), given, wall(1, "16:00")) == Send("m01")


def test_a_rule_taken_out_of_the_protocol_drops_its_touch() -> None:
    touch = replace(lesson(done()), rule="horoscope")
    assert verdict(INDUCTION, touch, done(), wall(1, "16:00")) == Drop(
        "Dropped: its rule is no longer in the protocol."
    )


def test_a_held_touch_is_judged_again_exactly_when_its_reason_ends() -> None:
    given = facts(open_since=wall(-2, "15:40"))
    touch = At("intention", wall(-2, "16:00")).touch()
    held = verdict(INDUCTION, touch, given, wall(-2, "16:00"))
    assert isinstance(held, Hold)
    assert held.until == wall(-2, "16:40")
    assert verdict(INDUCTION, touch, given, held.until) == Send()


def test_a_pause_of_a_week_ends_without_a_flood() -> None:
    paused = facts(series(), ana(status="paused", paused_until=wall(5, "9:00")))
    touches = [
        one for one in plan(INDUCTION, paused, wall(-3, "9:00")) if one.state == "planned" and one.kind != "task"
    ]
    due = [one for one in touches if wall(-2, "0:00") <= one.due_at < wall(5, "0:00") and one.rule != "pause_over"]
    assert due
    assert all(isinstance(verdict(INDUCTION, one, paused, one.due_at), Drop) for one in due)


def test_the_text_at_the_end_of_a_pause_goes_once() -> None:
    paused = facts(series(), ana(status="paused", paused_until=wall(5, "9:00")))
    over = [one for one in plan(INDUCTION, paused, wall(-3, "9:00")) if one.rule == "pause_over"]
    assert [one.due_at for one in over] == [wall(5, "9:00")]
    assert verdict(INDUCTION, over[0], paused, wall(5, "9:00")) == Send()


def test_a_small_win_whose_session_is_gone_still_goes() -> None:
    made = Mark("m1", "plan_made", wall(30, "13:00"), UUID(int=1))
    given = facts((session(1, 0, status="done"), session(2, 60)), marks=(made,))
    touch = next(one for one in plan(INDUCTION, given, wall(30, "14:00")) if one.rule == "small_win")
    assert verdict(INDUCTION, touch, given, wall(31, "16:00")) == Send()


def test_a_touch_that_left_the_plan_says_why() -> None:
    touch = At("day_before", wall(-1, "17:00")).touch()
    assert withdrawn(facts((session(1, 0, status="canceled"),)), touch) == "Dropped: session 1 was canceled."
    assert withdrawn(facts(), touch) == "Dropped: the plan no longer calls for it."


def test_downtime_of_three_days_sends_only_what_has_not_expired_one_an_hour() -> None:
    given, now, gone = facts((DONE, NEXT)), wall(3, "8:00"), []
    due = [one for one in plan(INDUCTION, given, wall(0, "12:00")) if one.state == "planned" and one.kind != "task"]
    late = [one for one in due if wall(0, "12:00") < one.due_at <= now and not (one.inside and not one.counts)]
    while now < wall(3, "9:40"):
        for touch in late:
            if touch.key not in {past.key for past in given.past} and verdict(INDUCTION, touch, given, now) == Send():
                past = sent(touch.rule, touch.session_number, now, "sent", key=touch.key, priority=touch.priority)
                given = replace(given, past=(*given.past, past))
                gone.append((touch.rule, touch.session_number))
        now += timedelta(minutes=10)
    assert gone == [("morning", 2)]
