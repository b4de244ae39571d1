"""A patient's own voice back (CONTENT 9.12): what of it there is to hear on the line, and when they are told so."""

import uuid

from smsbot import tasks
from smsbot.models import Patient, VoiceNote
from smsbot.scope import Scope
from smsbot.store import calls, plans

MOST_MISSES = 5
INTENTION = "intention"
MORNING = "morning"
NO_CODE = "own_voice_code"


def wish(scope: Scope, wanted: bool) -> None:
    """Take down that they want to be told before a session, or no longer; whoever has no code needs one from staff."""
    scope.person.own_voice = wanted
    if wanted and scope.person.pin_sealed is None:
        tasks.open_task(scope, NO_CODE)


def has_code(patient: Patient) -> bool:
    """Whether a code of theirs opens their words on the line now."""
    return patient.pin_sealed is not None and patient.pin_misses < MOST_MISSES


def intention(scope: Scope) -> VoiceNote | None:
    """Their standing intention in their own voice, where it was spoken, may be heard and has not been put away."""
    answer = calls.newest_answer(scope.db, scope.keys, scope.person.id, INTENTION)
    if answer is None or answer.flagged or answer.hidden or answer.put_away_at or answer.corrected_at:
        return None
    note = calls.note_of_answer(scope.db, scope.keys, answer)
    return note if note is not None and note.playable else None


def kept_for_before(scope: Scope) -> VoiceNote | None:
    """The newest note they asked to hear before a session; one in whose words the screen saw a risk is not played."""
    return calls.note_for_before(scope.db, scope.keys, scope.person.id)


def is_there(scope: Scope) -> bool:
    """Whether somebody who wishes for it can hear something of their own on the line now.

    What a text says of it would tell others who read the phone that there is something to hear: it is left out there.
    """
    patient = scope.person
    if not patient.own_voice or not has_code(patient) or patient.shared_phone or patient.discreet:
        return False
    return intention(scope) is not None or kept_for_before(scope) is not None


def this_morning(scope: Scope, _: uuid.UUID | None) -> str | None:
    """For the text on the morning of a session."""
    return "yes" if is_there(scope) else None


def the_evening_before(scope: Scope, session_id: uuid.UUID | None) -> str | None:
    """For the day before, where no text is planned for the morning: the session is early."""
    if session_id is None or not is_there(scope):
        return None
    return None if plans.is_coming(scope.db, scope.keys, session_id, MORNING) else "yes"
