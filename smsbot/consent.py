"""Consent and its ledger: joining, declining, stopping, coming back; each change writes its line in the same commit."""

from collections.abc import Callable

from sqlmodel import col, update

from smsbot.models import (
    Consent,
    Conversation,
    ConversationState,
    PatientStatus,
    Suppression,
    Touch,
    TouchState,
)
from smsbot.scope import Scope, beside
from smsbot.store import calls, ledger, messages, patients, turns

WORDING = "2026-11"
INVITATION = "welcome"
# Who ended a patient's texts when the other patient on their phone did: a number is stopped for all who have it.
SAME_PHONE = "same phone"
# An alert of its own, for `alerts.from_flow`: somebody else on the phone of a wrong number is held too.
HELD_BESIDE = "held_beside"
GONE = (PatientStatus.STOPPED, PatientStatus.ENDED)


def record(scope: Scope, kind: str, action: str, *, by: str = "patient", channel: str = "text") -> None:
    """Add a line to the append-only ledger; it lives under the clinic's key and survives an erasure.

    What was agreed to by text is the very line that asked, by its version; what the patient wrote is kept beside it,
    under their own key, and goes with an erasure.
    """
    row_id = scope.runtime.new_id()
    own_words = ledger.own_words(scope.db, scope.keys, scope.sealer, scope.inbound_id) if by == "patient" else None
    scope.db.add(
        Consent(
            id=row_id,
            clinic_id=scope.clinic.id,
            patient_id=scope.patient.id if scope.patient else None,
            phone_index=scope.keys.phone_index(scope.phone),
            kind=kind,
            action=action,
            wording=_asked(scope) if by == "patient" else WORDING,
            channel=channel if by == "patient" else by.partition(":")[0],
            by=by,
            at=scope.now,
            evidence_sealed=scope.sealer.seal("consent", "evidence_sealed", row_id, own_words) if own_words else None,
        )
    )


def _asked(scope: Scope) -> str:
    """The line a patient has answered by what they wrote now, by its version; the form's where nothing asked."""
    if scope.patient is None:
        return WORDING
    return ledger.last_asked(scope.db, scope.keys, scope.patient.id, scope.inbound_id) or WORDING


def join(scope: Scope) -> None:
    """YES: texts may be sent from now on."""
    patient = scope.person
    patient.status = _standing(scope)
    patient.joined_at = patient.joined_at or scope.now
    # Nobody has said yet who else reads this phone: plain texts until they do (CONTENT.md 11.15).
    patient.discreet = True
    record(scope, "texts", "confirmed")
    scope.replan = True


def _standing(scope: Scope) -> PatientStatus:
    """How somebody who agrees stands: neither YES nor START clears an incident, only a person does that."""
    waiting = turns.open_incident(scope.db, scope.keys, scope.person.id) is not None
    return PatientStatus.FROZEN if waiting else PatientStatus.ACTIVE


def decline(scope: Scope) -> None:
    """NO to the invitation: nothing more is sent."""
    scope.person.status = PatientStatus.ENDED
    record(scope, "texts", "declined")
    _silence(scope, "the invitation was declined")


def wrong_number(scope: Scope, *, by: str = "patient") -> None:
    """Someone else has this number: stop at once, and block it until a person has checked.

    Whoever shares it is held as well: nobody knows yet for whom of the two it is wrong.
    """
    _leave_number(scope, by)
    suppress(scope, "wrong_number")
    if _stop_beside(scope):
        scope.alerts.append(HELD_BESIDE)


def another_number(scope: Scope, *, by: str) -> None:
    """Staff have another number for somebody: this one is let go of, and blocked unless another patient has it."""
    if patients.shares_with(scope.db, scope.keys, scope.person) is None:
        wrong_number(scope, by=by)
    else:
        _leave_number(scope, by)


def _leave_number(scope: Scope, by: str) -> None:
    scope.person.status = PatientStatus.ENDED
    record(scope, "texts", "wrong_number", by=by)
    _silence(scope, "the number belongs to someone else")


def stop(scope: Scope, *, by: str = "patient", reason: str = "stop") -> None:
    """STOP: texts and calls end in our own tables in this very commit, for everybody on this phone."""
    _stop_one(scope, by)
    suppress(scope, reason)
    _stop_beside(scope)


def _stop_one(scope: Scope, by: str) -> None:
    patient = scope.person
    patient.status = PatientStatus.STOPPED
    patient.calls = False
    record(scope, "texts", "withdrawn", by=by)
    record(scope, "calls", "withdrawn", by=by)
    _silence(scope, "the patient opted out")


def _stop_beside(scope: Scope) -> bool:
    """Stop whoever shares this phone, because the number is what is blocked; whether there was somebody."""
    others = [each for each in beside(scope) if each.person.status not in GONE]
    for each in others:
        _stop_one(each, SAME_PHONE)
    return bool(others)


def restart(scope: Scope, *, by: str = "patient") -> None:
    """START, or staff with a new form: the one way back after STOP."""
    patient = scope.person
    mark = turns.suppressed(scope.db, scope.keys, scope.keys.phone_index(scope.phone))
    if mark is not None:
        mark.lifted_at = scope.now
        scope.db.add(mark)
    patient.status = _standing(scope)
    patient.joined_at = patient.joined_at or scope.now
    patient.paused_until = None
    record(scope, "texts", "granted", by=by)
    scope.replan = True


def pause(scope: Scope) -> None:
    """PAUSE: only safety, STOP, HELP, staff and wanted logistics until `paused_until`."""
    if scope.person.status == PatientStatus.ACTIVE:
        scope.person.status = PatientStatus.PAUSED
    calls.drop_waiting(scope.db, scope.keys, scope.person.id, "Dropped: a pause was asked for since.", scope.now)
    scope.replan = True


def unpause(scope: Scope) -> None:
    """The time of a pause is over: texts go on at the next natural touch, as they were wished before it."""
    if scope.person.status == PatientStatus.PAUSED:
        scope.person.status = PatientStatus.ACTIVE
    scope.person.paused_until = None
    scope.replan = True


def resume(scope: Scope) -> None:
    """RESUME: start again at the next natural touch; nothing that was missed is replayed."""
    if scope.person.status == PatientStatus.DORMANT:
        scope.person.status = PatientStatus.ACTIVE
    unpause(scope)
    scope.person.session_days_only = False


def end(scope: Scope, reason: str, why: str) -> None:
    """End everything for good without a word: marked, nothing left to send, ask or plan.

    On a shared phone the mark is lifted at once, where the other's texts go on.
    """
    scope.person.status = PatientStatus.ENDED
    mark = suppress(scope, reason)
    other = patients.shares_with(scope.db, scope.keys, scope.person)
    if mark is not None and other is not None and other.status not in GONE:
        mark.lifted_at = scope.now
    _silence(scope, why)


def suppress(scope: Scope, reason: str) -> Suppression | None:
    """Put a standing do-not-text mark on this number, once; the mark, where there was none."""
    index = scope.keys.phone_index(scope.phone)
    if turns.suppressed(scope.db, scope.keys, index) is not None:
        return None
    row_id = scope.runtime.new_id()
    mark = Suppression(id=row_id, clinic_id=scope.clinic.id, phone_index=index, reason=reason, at=scope.now)
    scope.db.add(mark)
    return mark


def _silence(scope: Scope, why: str) -> None:
    """End everything that could still speak: unsent texts, waiting calls, open conversations, planned touches."""
    patient = scope.person
    calls.drop_waiting(scope.db, scope.keys, patient.id, f"Dropped: {why}.", scope.now)
    messages.drop_unsent(scope.db, scope.keys, patient.id, why)
    scope.db.execute(
        update(Conversation)
        .where(
            col(Conversation.clinic_id) == scope.keys.clinic_id,
            col(Conversation.patient_id) == patient.id,
            col(Conversation.state) == ConversationState.OPEN,
        )
        .values(state=ConversationState.CLOSED, ended_as="silenced", closed_at=scope.now, due_at=None, settle_at=None)
        .execution_options(synchronize_session="fetch")
    )
    scope.db.execute(
        update(Touch)
        .where(
            col(Touch.clinic_id) == scope.keys.clinic_id,
            col(Touch.patient_id) == patient.id,
            col(Touch.state).in_((TouchState.PLANNED, TouchState.HELD)),
        )
        .values(state=TouchState.CANCELED, due_at=None, why=f"Canceled: {why}.", fence=col(Touch.fence) + 1)
        .execution_options(synchronize_session="fetch")
    )


ANSWERS: dict[str, Callable[[Scope], None]] = {
    "joined": join,
    "declined": decline,
    "wrong_number": wrong_number,
    "stopped": stop,
}
