"""Lives of patients, drawn at random and lived through the real modules, with what must hold checked after each step.

The short run is part of every test run. The long one (mark `long`) is many lives of 30 steps, in parts that
may run side by side; each part prints its count. A failure prints the steps that lead to it, shrunk by hypothesis.
"""

from __future__ import annotations

import os
import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import col, select

from smsbot import incidents, sessions, standing
from smsbot.desk import Desk
from smsbot.errors import Refused
from smsbot.localtime import instant
from smsbot.models import Alert, AlertState
from smsbot.sessions import Booking
from smsbot.standing import Changes
from tests.api_support import ANA, BEN, consent_form
from tests.life_support import DAY, HOUR, Life, living, the_patient

# A few days before clocks change, in both directions.
STARTS = (datetime(2027, 3, 8, 14, 30, tzinfo=UTC), datetime(2027, 10, 26, 14, 30, tzinfo=UTC))
ZONES = ("America/New_York", "America/Los_Angeles", "America/St_Johns", "America/Phoenix", "Pacific/Honolulu")
POINTS = (
    *("batch.before_commit", "batch.committed", "turn.before_commit", "turn.committed"),
    *("outbox.claimed", "outbox.sending", "outbox.sent", "outbox.recorded"),
)
REPLIES = ("1", "2", "3", "7", "0", "YES", "NONE", "SKIP", "LATER", "LESS", "MORE", "PAUSE", "RESUME", "MOVE", "HELP",
           "PRIVATE", "after coffee", "a walk by the water with my sister", "what is this")  # fmt: skip
DANGER = "I want to kill myself"
CANARY = "a walk by the water with my sister"
# About a quarter of an hour on two cores; `LIVES=200 make proof` is shorter.
LONG = int(os.environ.get("LIVES", "2000"))
DONE: Counter[str] = Counter()


class Lives(RuleBasedStateMachine):
    """One clinic, one or two patients, and everything that can happen to them."""

    life: Life
    held: Any

    def __init__(self) -> None:
        super().__init__()
        DONE["lives"] += 1

    @initialize(
        start=st.sampled_from(STARTS),
        zone=st.sampled_from(ZONES),
        protocol=st.sampled_from(("induction", "twice-weekly", "single", "minimal")),
        gaps=st.lists(st.sampled_from((0, 1, 2, 3, 4, 7)), min_size=0, max_size=5),
        first=st.integers(0, 7),
        clock=st.sampled_from((time(7, 30), time(10), time(14), time(16, 30))),
        agrees=st.sampled_from((True, True, True, False)),
    )
    def enroll(
        self, start: datetime, zone: str, protocol: str, gaps: list[int], first: int, clock: time, agrees: bool
    ) -> None:
        self.held = living(start)
        self.life = self.held.__enter__()
        days: list[datetime] = []
        day = start.astimezone(ZoneInfo(zone)).date() + first * DAY
        for number, gap in enumerate([0, *gaps]):
            day += timedelta(days=gap)
            at = instant(day, clock if gap or not number else time(18, 30), ZoneInfo(zone))
            if at > start and all(abs(at - other) > HOUR for other in days):
                days.append(at)
        form = consent_form(at=start - DAY)
        booked = tuple(Booking(at, 60) for at in days)
        self.life.world.enroll(ANA, time_zone=zone, protocol=protocol, sessions=booked, consent=form)
        self.life.work()
        if agrees:
            self.life.text("YES")
            self.life.work()

    def act(self, action: Any, *args: Any, **options: Any) -> None:
        """Something staff do; what is refused changes nothing."""

        def change() -> None:
            with self.life.world.desk() as desk:
                action(desk, *args, **options)
                desk.runtime.reached("turn.before_commit")

        try:
            self.life.alive(change)
        except Refused:
            DONE["refused"] += 1

    def session(self, place: int) -> Any:
        """One of Ana's sessions, canceled ones too."""
        found = self.life.rows("SELECT id FROM session ORDER BY starts_at, id")
        return None if not found else uuid.UUID(found[place % len(found)][0])

    def patient(self) -> Any:
        return the_patient(self.life).id

    # The patient

    @rule(body=st.sampled_from(REPLIES))
    def reply(self, body: str) -> None:
        self.life.text(body)

    @rule(body=st.sampled_from(REPLIES))
    def reply_and_be_answered(self, body: str) -> None:
        self.life.text(body)
        self.life.work()

    @rule()
    def stop(self) -> None:
        self.life.text("STOP")
        assert the_patient(self.life).status in ("stopped", "ended")

    @rule()
    def start(self) -> None:
        self.life.text("START")

    @rule()
    def say_something_dangerous(self) -> None:
        before = self.life.rows("SELECT count(*) FROM message WHERE purpose = 'crisis'")[0][0]
        self.life.text(DANGER)
        alerts = self.life.rows("SELECT count(*) FROM alert WHERE state <> 'resolved'")[0][0]
        answers = self.life.rows("SELECT count(*) FROM message WHERE purpose = 'crisis'")[0][0]
        assert (alerts >= 1, answers) == (True, before + 1), "I7"

    @rule()
    def the_carrier_tells_the_last_text_again(self) -> None:
        if self.life.sids:
            sid = f"SM{self.life.sids:032x}"
            before = self.life.rows("SELECT count(*) FROM message")[0][0]
            first, second = self.life.text("STOP", sid=sid), self.life.text("STOP", sid=sid)
            assert (first, self.life.rows("SELECT count(*) FROM message")[0][0]) == (second, before), "I1"

    @rule()
    def somebody_else_is_enrolled(self) -> None:
        self.act_quietly(BEN)

    def act_quietly(self, phone: str) -> None:
        form = consent_form(at=self.life.now - DAY)
        try:
            self.life.world.enroll(
                phone, first_name="Ben", consent=form, sessions=(Booking(self.life.now + 3 * DAY, 60),)
            )
            self.life.text("YES", phone)
        except Refused:
            DONE["refused"] += 1

    # The clinic

    @rule(place=st.integers(0, 5), by=st.sampled_from((2 * HOUR, DAY, 3 * DAY)))
    def move(self, place: int, by: timedelta) -> None:
        row = self.session(place)
        start = self.life.rows("SELECT starts_at FROM session WHERE id = ?", row.hex)[0][0] if row else None
        if start:
            self.act(sessions.move, row, datetime.fromisoformat(start).replace(tzinfo=UTC) + by)

    @rule(place=st.integers(0, 5), by=st.sampled_from(("clinic", "patient", "medical")))
    def cancel(self, place: int, by: str) -> None:
        if row := self.session(place):
            self.act(sessions.cancel, row, by)

    @rule(
        place=st.integers(0, 5),
        what=st.sampled_from((sessions.arrived, sessions.done, sessions.done, sessions.no_show)),
    )
    def visit(self, place: int, what: Any) -> None:
        if row := self.session(place):
            self.act(what, row)

    @rule()
    def mark_what_has_been(self) -> None:
        """Staff do what the work list asks: every session that is over is done."""
        now = self.life.now.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
        for (row,) in self.life.rows("SELECT id FROM session WHERE status = 'booked' AND starts_at < ?", now):
            self.act(sessions.done, uuid.UUID(row))

    @rule(days=st.integers(1, 9))
    def add(self, days: int) -> None:
        self.act(sessions.add, self.patient(), Booking(self.life.now + days * DAY + 2 * HOUR, 60))

    @rule(days=st.sampled_from((None, 2, 7)))
    def pause(self, days: int | None) -> None:
        self.act(standing.pause, self.patient(), self.life.now + days * DAY if days else None)

    @rule()
    def resume(self) -> None:
        self.act(standing.resume, self.patient())

    @rule(zone=st.sampled_from(ZONES))
    def travel(self, zone: str) -> None:
        self.act(standing.change, self.patient(), Changes(time_zone=zone))

    @rule(pace=st.sampled_from(("full", "full", "light", "key")))
    def choose_a_pace(self, pace: str) -> None:
        self.act(standing.change, self.patient(), Changes(pace=pace))

    @rule(resume=st.sampled_from(("resume", "gentle", "paused")))
    def resolve(self, resume: str) -> None:
        with self.life.runtime.database.read() as db:
            wanted = select(Alert.id).where(col(Alert.state) != AlertState.RESOLVED)
            found = db.exec(wanted).first()
        if found:
            self.act(_resolve, found, resume)

    # Time and machines

    @rule(hours=st.sampled_from((0.5, 2, 6, 12, 24, 24, 48)))
    def let_time_pass(self, hours: float) -> None:
        self.life.on(self.life.now + timedelta(hours=hours))

    @rule(hours=st.sampled_from((1.5, 5, 30, 72)))
    def everything_is_down(self, hours: float) -> None:
        self.life.world.watch.on(hours=hours)
        self.life.work()

    @rule(point=st.sampled_from(POINTS))
    def die_at(self, point: str) -> None:
        self.life.armed = point

    @rule()
    def start_again(self) -> None:
        self.life.start_again()
        self.life.recover()

    @rule()
    def redis_is_flushed(self) -> None:
        self.life.rings.heard.clear()
        self.life.work()

    @precondition(lambda self: hasattr(self, "life"))
    @rule()
    def workers_hear_the_bell(self) -> None:
        heard, self.life.rings.heard = self.life.rings.heard, []
        for sender in dict.fromkeys(heard):
            self.life.ring(sender)

    @rule(late=st.booleans())
    def receipts_are_late(self, late: bool) -> None:
        self.life.receipts = not late

    @rule(place=st.integers(0, 50), status=st.sampled_from(("sent", "delivered", "undelivered", "failed")))
    def a_receipt_comes(self, place: int, status: str) -> None:
        """For any text that left, in any order, as often as it likes."""
        known = self.life.rows("SELECT id, carrier_sid FROM message WHERE carrier_sid IS NOT NULL ORDER BY seq")
        if known:
            message, sid = known[place % len(known)]
            self.life.receipt(message, sid, status)

    @invariant()
    def everything_holds(self) -> None:
        DONE["steps"] += 1
        if hasattr(self, "life"):
            self.life.check()

    def teardown(self) -> None:
        if not hasattr(self, "life"):
            return
        try:
            self.life.armed = None
            self.life.ends()
            assert not self.life.holds_in_clear(CANARY), "I9"
        finally:
            self.held.__exit__(None, None, None)


def _resolve(desk: Desk, alert: Any, resume: str) -> None:
    incidents.resolve(desk, alert, outcome="spoke", resume=resume, note="they spoke")


def live(lives: int, steps: int, part: int = 0) -> None:
    DONE.clear()
    # Each part is drawn from a seed of its own; `SEED=7 make proof` draws others.
    run_state_machine_as_test(
        seed(int(os.environ.get("SEED", "2026")) * 10 + part)(type("Lives", (Lives,), {})),
        settings=settings(
            max_examples=lives, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_a_few_lives_hold_every_promise() -> None:
    live(4, 15)


@pytest.fixture(scope="module")
def judged() -> Iterator[Life]:
    """A life in which the invitation and a first question have left by plan."""
    with living(STARTS[0]) as life:
        form, booked = consent_form(at=life.now - DAY), (Booking(life.now + 3 * DAY, 60),)
        life.world.enroll(ANA, sessions=booked, consent=form)
        life.work()
        life.text("YES")
        life.on(life.now + 2 * DAY)
        life.check()
        yield life


BENT = {
    "status = 'stopped'": "left while after STOP",
    "status = 'frozen'": "left while frozen",
    "status = 'paused'": "left while paused",
    "joined_at = NULL": "left before consent",
    "window_start = '05:00', window_end = '05:30'": "left at",
}


@pytest.mark.parametrize("change", BENT)
def test_the_judge_finds_a_text_that_should_not_have_left(judged: Life, change: str) -> None:
    query = "SELECT m.id FROM message m JOIN touch t ON t.id = m.touch_id WHERE t.rule NOT LIKE 'welcome%'"
    last = judged.rows(f"{query} AND t.priority > 2 AND m.purpose = 'touch' ORDER BY m.seq DESC")[0][0]
    judged.rows("BEGIN")
    judged.rows(f"UPDATE patient SET {change}")
    kept, judged.openers, judged.messages = judged.openers, {}, []
    judged.leaves(last)
    judged.openers = kept
    judged.rows("ROLLBACK")
    found, judged.faults = judged.faults, []
    assert any(BENT[change] in fault for fault in found), found


@pytest.mark.long
@pytest.mark.parametrize("part", range(4))
def test_many_lives_hold_every_promise(part: int, capsys: pytest.CaptureFixture[str]) -> None:
    live(LONG // 4, 30, part)
    with capsys.disabled():
        print(f"\npart {part + 1} of 4: {DONE['lives']} lives, {DONE['steps']} steps, {DONE['refused']} refused")
    assert DONE["lives"] >= LONG // 4
