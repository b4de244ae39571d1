"""What a carrier's error means beyond the one message: an opt-out is recorded, staff are told, a sender is stopped."""

from datetime import timedelta

from sqlmodel import Session

from smsbot import consent, raising, tasks
from smsbot.carrier.errors import Kind, meaning
from smsbot.errors import Erased, VaultError
from smsbot.models import Message, PatientStatus
from smsbot.runtime import Runtime
from smsbot.scope import Scope
from smsbot.store import clinics, messages, outgoing, turns

HALTED = timedelta(minutes=15)

# The work-list item each kind of failure makes; kinds that mend themselves make none.
TASKS = {
    Kind.OPT_OUT: "carrier_opt_out",
    Kind.BLOCKED: "maybe_opted_out",
    Kind.NOT_MOBILE: "phone_unreachable",
    Kind.NO_ROUTE: "phone_unreachable",
    Kind.CONFIG: "carrier_setup",
    Kind.FILTERED: "text_filtered",
    Kind.LOOP: "reply_loop",
    Kind.BUG: "text_refused",
    Kind.GONE: "text_refused",
}
# A crisis line that will not arrive: somebody has to call (RULINGS 2).
CRISIS_LOST = "crisis_not_delivered"
# These are worth telling only when the last try has failed too.
LAST_TASKS = {Kind.RETRY: "not_delivered", Kind.UNKNOWN: "not_delivered", Kind.TOMORROW: "not_delivered"}


def follow(runtime: Runtime, db: Session, row: Message, code: int | None, *, over: bool) -> None:
    """Act on the error `code` of a message, in the transaction that records it; `over` when it is not tried again."""
    rule = meaning(code)
    if rule.halts:
        outgoing.park(db, row.sender, runtime.machine() + HALTED)
    scope = scope_of(runtime, db, row)
    if scope is None:
        return
    if rule.kind in (Kind.OPT_OUT, Kind.BLOCKED):
        _opted_out(scope)
    elif rule.kind is Kind.NOT_MOBILE:
        consent.suppress(scope, "carrier")
        if scope.patient is not None:
            messages.drop_unsent(db, scope.keys, scope.patient.id, "the phone cannot receive texts")
    kind = TASKS.get(rule.kind) or (LAST_TASKS.get(rule.kind) if over else None)
    if row.purpose == "crisis" and over:
        tell(scope, CRISIS_LOST, str(code))
        raising.not_delivered(scope, code)
    if kind is not None:
        tell(scope, kind, str(code), about_patient=rule.kind is not Kind.CONFIG)


def _opted_out(scope: Scope) -> None:
    """The carrier blocks this person: our own list must say the same before anything else is tried (RULINGS 2)."""
    if scope.patient is not None and scope.patient.status != PatientStatus.STOPPED:
        consent.stop(scope, by="carrier", reason="carrier")
    else:
        consent.suppress(scope, "carrier")


def tell(scope: Scope, kind: str, reason: str, *, about_patient: bool = True) -> None:
    """Put an item on the staff work list once, however often the fault comes back."""
    if not about_patient:
        scope = Scope(
            scope.runtime, scope.db, scope.keys, scope.clinic, None, scope.keys.sealer, "", scope.now, scope.language
        )
    patient_id = scope.patient.id if scope.patient else None
    if not outgoing.has_open_task(scope.db, scope.keys, kind, reason, patient_id):
        tasks.open_task(scope, kind, reason=reason)
        scope.db.flush()


def scope_of(runtime: Runtime, db: Session, row: Message) -> Scope | None:
    """The person a message went to, their row locked; None once they have been erased."""
    keys = clinics.keys(db, runtime.vault, row.clinic_id)
    clinic = clinics.get(db, row.clinic_id)
    try:
        to, _ = messages.opened(db, keys, row)
    except Erased:
        return None
    except VaultError:  # a damaged number: staff are told of the person all the same
        to = ""
    patient = turns.lock_patient_by_id(db, keys, row.patient_id) if row.patient_id is not None else None
    sealer = keys.patient(patient.id, patient.wrapped_key) if patient else keys.sealer
    language = patient.language if patient else "en"
    return Scope(runtime, db, keys, clinic, patient, sealer, to, runtime.care(db), language)
