"""The universal words (RULINGS 12): what each does anywhere in a conversation, and how it says so."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from smsbot import alerts, calling, consent, facts, privacy, render, talk, tasks, wishes
from smsbot.models import Conversation, Touch, TouchState
from smsbot.scope import CRISIS, Scope
from smsbot.store import calls

Open = Sequence[Conversation]
LATER = timedelta(hours=3)
NOTE_DAYS = timedelta(days=2)


def run(scope: Scope, word: str, open_now: Open = ()) -> str | None:
    """Obey a universal word; None where it belongs to the open question (SKIP, NONE) or means nothing here."""
    obey = OBEY.get(word)
    return obey(scope, open_now) if obey else None


def say(scope: Scope, line: str, **values: str) -> str:
    """Queue a system line, filled with these values too, and file the text under it."""
    scope.queue(scope.system(line, facts.system_values(scope) | values))
    return line


def _skip(scope: Scope, open_now: Open) -> str | None:
    return None if open_now else say(scope, "nothing_to_skip")


def _later(scope: Scope, open_now: Open) -> str | None:
    """The question comes back in three hours if its day still has room; otherwise it is let go."""
    if not open_now:
        return say(scope, "nothing_to_skip")
    conversation = open_now[0]
    talk.close(scope, conversation, "later")
    again = scope.now + LATER
    touch = scope.db.get(Touch, conversation.touch_id) if conversation.touch_id else None
    if touch is None or (touch.answer_until is not None and again >= touch.answer_until):
        return say(scope, "later_gone")
    touch.state, touch.due_at, touch.send_by = TouchState.HELD, again, touch.answer_until or again + LATER
    touch.why = "Held for three hours: the patient asked for LATER."
    touch.history = [*touch.history, {"at": scope.now.isoformat(), "what": touch.why}]
    touch.details = touch.details | {"later": True}
    return say(scope, "later")


def _less(scope: Scope, _: Open) -> str:
    wishes.set_field(scope, "pace", "fewer")
    return say(scope, "less")


def _more(scope: Scope, _: Open) -> str:
    scope.person.session_days_only = False
    wishes.set_field(scope, "pace", "more")
    return say(scope, "more")


def _pause(scope: Scope, _: Open) -> str:
    """PAUSE holds at once, for a week unless the answer says otherwise."""
    wishes.set_field(scope, "pause", "week")
    talk.begin(scope, "pause")
    return "pause"


def _resume(scope: Scope, _: Open) -> str:
    consent.resume(scope)
    return say(scope, "resume_done")


def _talk(scope: Scope, _: Open) -> str:
    tasks.open_task(scope, "call", reason="asked by text" if scope.channel == "text" else "asked on the phone")
    talk.begin(scope, "talk")
    return "talk"


def _menu(scope: Scope, _: Open) -> str:
    return say(scope, "menu")


def _call(scope: Scope, _: Open) -> str:
    """CALL: the line rings back in a moment; outside the patient's hours, when they begin again."""
    if calling.barred(scope):
        return say(scope, "call_busy")
    calling.ask(scope, "line")
    at = calling.later(scope)
    if at is None:
        return say(scope, "call_soon")
    local = at.astimezone(facts.zone(scope))
    return say(
        scope, "call_later", day=render.day(local.date(), scope.language), time=render.clock(local, scope.language)
    )


def _audio(scope: Scope, _: Open) -> str:
    """AUDIO: which recording, then the line rings with it, or does so when the patient's hours begin."""
    if calling.barred(scope):
        return say(scope, "call_busy")
    talk.begin(scope, "guided_audio")
    return "audio"


def _delete_note(scope: Scope, _: Open) -> str | None:
    """DELETE: the last voice note from the phone, within two days; without one the word means nothing here."""
    note = calls.newest_note(scope.db, scope.keys, scope.person.id, scope.now - NOTE_DAYS)
    if note is None:
        return None
    calls.delete_note(note, scope.now)
    return say(scope, "note_deleted")


def _move(scope: Scope, _: Open) -> str:
    tasks.open_task(scope, "move_session")
    return say(scope, "mov_1")


def _private(scope: Scope, _: Open) -> str:
    return _keep_private(scope, True, "prv_1")


def _share(scope: Scope, _: Open) -> str:
    return _keep_private(scope, False, "shared_again")


def _keep_private(scope: Scope, private: bool, line: str) -> str:
    return say(scope, line if privacy.set_private(scope, private) else "nothing_private")


def _spanish(scope: Scope, _: Open) -> str:
    wishes.set_field(scope, "language", "es")
    return say(scope, "language_changed")


def _english(scope: Scope, _: Open) -> str:
    wishes.set_field(scope, "language", "en")
    return say(scope, "language_changed")


def _no_calls(scope: Scope, _: Open) -> str:
    wishes.set_field(scope, "calls", "no")
    return say(scope, "no_calls")


def _session_days_only(scope: Scope, _: Open) -> str:
    scope.person.session_days_only = True
    scope.replan = True
    return say(scope, "session_days_only")


def _discreet(scope: Scope, _: Open) -> str:
    wishes.set_field(scope, "discreet", "yes")
    return say(scope, "discreet")


def _prompt(scope: Scope, _: Open) -> str:
    talk.begin(scope, "journal")
    return "prompt"


def _hard(scope: Scope, _: Open) -> str:
    """A hard moment: staff have it on their list, and the flow offers help and says whom to reach now."""
    alerts.tell(scope, 3, "distress", "HARD")
    talk.begin(scope, "hard", priority=CRISIS, purpose="crisis", in_answer=True)
    return "hard"


OBEY: dict[str, Callable[[Scope, Open], str | None]] = {
    "AUDIO": _audio,
    "CALL": _call,
    "DELETE_NOTE": _delete_note,
    "DISCREET": _discreet,
    "EN": _english,
    "ES": _spanish,
    "HARD": _hard,
    "LATER": _later,
    "LESS": _less,
    "MENU": _menu,
    "MORE": _more,
    "MOVE": _move,
    "NO_CALLS": _no_calls,
    "PAUSE": _pause,
    "PRIVATE": _private,
    "PROMPT": _prompt,
    "RESUME": _resume,
    "SESSION_DAYS_ONLY": _session_days_only,
    "SHARE": _share,
    "SKIP": _skip,
    "TALK": _talk,
}
