"""PHQ-9 item 9, when it says what it said last time and a person has looked at that (CONTENT 1.3 and 11.5)."""

from sqlmodel import col, select

from smsbot.models import Alert, AlertState
from smsbot.scope import Scope
from smsbot.store import turns

SETTING = "item9_unchanged"


def is_reviewed_and_unchanged(scope: Scope) -> bool:
    """Whether the clinic chose the work list for it, the answer is the same as last time, and that was resolved.

    A first answer, a rise, an answer that fell, and an incident still open all page as ever.
    """
    if scope.patient is None or scope.clinic.settings.get(SETTING) != "list":
        return False
    said = turns.said_before(scope.db, scope.keys, scope.sealer, scope.patient.id, "phq9_9")
    if len(said) < 2 or said[-1].words != said[-2].words:
        return False
    wanted = select(Alert.kind, Alert.state).where(
        col(Alert.clinic_id) == scope.keys.clinic_id, col(Alert.patient_id) == scope.patient.id
    )
    incidents = scope.db.exec(wanted).all()
    closed = all(state == AlertState.RESOLVED for _, state in incidents)
    return closed and any(kind == "item9" for kind, _ in incidents)
