"""A staff member's own text to a patient: signed by who wrote it, sent like any other, and the script waits."""

import uuid
from datetime import timedelta
from zoneinfo import ZoneInfo

from smsbot import talk
from smsbot.desk import Desk
from smsbot.errors import Conflict, RefusedFields
from smsbot.localtime import local_clock
from smsbot.models import Patient, PatientStatus
from smsbot.scope import Scope, Words
from smsbot.standing import EARLIEST, LATEST
from smsbot.store import messages, patients, turns

LONGEST = 480
LONGEST_NAME = 30
# Questions wait this long after a person wrote, and what the patient answers goes to people.
QUIET = timedelta(hours=24)
JUST_WROTE = timedelta(hours=1)
FLOW, LINE = messages.STAFF_FLOW, "reply"
SAFETY_AND_STOP = 90
UNASKED = {
    PatientStatus.INVITED: "They have not said YES to texts yet: phone them instead.",
    PatientStatus.STOPPED: "They opted out: nothing may be texted. Phone them if you need to.",
    PatientStatus.ENDED: "Their program has ended: nothing is texted any more. Phone them if you need to.",
}


def reply(desk: Desk, patient_id: uuid.UUID, words: str, name: str) -> uuid.UUID:
    """Queue a person's text in the caller's transaction and return its id; `name` is who signs it.

    1. RefusedFields for words that are empty or too long; Conflict for whoever may not be texted, and at night unless
       the patient wrote within the hour.
    2. Open questions end, but for safety and STOP, and none is asked for a day: the script waits for people.
    3. It is sent, recorded and shown like every text, and audited; it is screened for nothing.
    """
    _refuse_unfit(words, name)
    patient = patients.get(desk.db, desk.keys, patient_id, lock=True)
    _refuse_untextable(desk, patient)
    scope = desk.scope(patient)
    for conversation in turns.open_conversations(desk.db, desk.keys, patient.id):
        if conversation.rank < SAFETY_AND_STOP:
            talk.close(scope, conversation, "handed_over")
    patient.hold_asks_until = max(filter(None, (patient.hold_asks_until, desk.now + QUIET)))
    text = Words(_signed(scope, words, name), FLOW, LINE, scope.language, variant=desk.actor)
    message_id = scope.queue(text, purpose="staff")
    desk.replan(patient)
    desk.visit().note("patient.write", f"patient:{patient.id}", message=str(message_id))
    return message_id


def _signed(scope: Scope, words: str, name: str) -> str:
    """The words with who wrote them; the clinic is named unless the patient wants texts discreet."""
    where = "" if scope.person.discreet else f", {scope.clinic.alias}"
    return f"{' '.join(words.split())} - {name.strip()}{where}"


def _refuse_unfit(words: str, name: str) -> None:
    faults = {}
    if not words.strip():
        faults["words"] = "Write something."
    elif len(words) > LONGEST:
        faults["words"] = f"At most {LONGEST} characters: it is sent as texts."
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        faults["name"] = "Say who signs it: a name of at most 30 letters."
    if faults:
        raise RefusedFields(faults)


def _refuse_untextable(desk: Desk, patient: Patient) -> None:
    if patient.erased_at is not None:
        raise Conflict("This patient has been erased.")
    if patient.status in UNASKED:
        raise Conflict(UNASKED[PatientStatus(patient.status)])
    if patient.last_inbound_at is not None and desk.now - patient.last_inbound_at < JUST_WROTE:
        return
    if not EARLIEST <= local_clock(desk.now, ZoneInfo(patient.time_zone)) < LATEST:
        raise Conflict("It is night where the patient lives: write from 8:00, or phone if it cannot wait.")
