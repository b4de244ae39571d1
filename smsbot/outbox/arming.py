"""From due to armed: claim within the sender's rate, look at the person once more, and write `sending`."""

import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from smsbot.errors import Erased, VaultError
from smsbot.models import CarrierSender, Clinic, Message, MessageState, Patient
from smsbot.outbox import delayed, gate
from smsbot.outbox.rates import Bucket, cap_resets
from smsbot.runtime import Runtime
from smsbot.scope import Scope
from smsbot.store import clinics, outgoing
from smsbot.store.outgoing import Claimed
from smsbot.vault import ClinicKeys

log = logging.getLogger("smsbot.outbox")

BATCH = 200
CRISIS_CLASS, LAST_CLASS = 0, 8
SAFETY_RANK = 90  # the question whether texts should end, and the safety question


@dataclass(frozen=True)
class Armed:
    """A message about to be sent, opened; it lives in memory for one call to the carrier and is never logged."""

    id: uuid.UUID
    fence: int
    sender: str
    to: str
    body: str
    validity_s: int


def claim(runtime: Runtime, sender: str) -> list[Claimed]:
    """Lease what this sender may send now, in order, and take it from the sender's bucket; one transaction."""
    with runtime.database.write() as db:
        now, machine = runtime.care(db), runtime.machine()
        row = outgoing.lock_sender(db, sender)
        parked = row is not None and row.parked_until is not None and row.parked_until > machine
        found = outgoing.candidates(db, sender, now, machine, BATCH, CRISIS_CLASS if parked else LAST_CLASS)
        if not found:
            return []
        row = row or outgoing.add_sender(db, sender, found[0].clinic_id, machine)
        chosen = _within_rate(row, found, machine)
        return outgoing.lease(db, chosen, machine)


def _within_rate(row: CarrierSender, found: Sequence[Claimed], machine: datetime) -> list[Claimed]:
    """The leading messages the bucket allows; none is passed over for a smaller one behind it."""
    bucket = Bucket(row.rate, row.burst, row.tokens, row.refilled_at, row.daily_cap, row.day, row.day_used)
    bucket = bucket.refilled(machine)
    chosen: list[Claimed] = []
    for each in found:
        if not bucket.takes(each.segments, urgent=each.priority == 0):
            break
        bucket = bucket.less(each.segments)
        chosen.append(each)
    row.tokens, row.refilled_at, row.day, row.day_used = bucket.tokens, machine, bucket.day, bucket.used
    if not chosen and row.daily_cap is not None and bucket.used + found[0].segments > row.daily_cap:
        row.parked_until = cap_resets(machine)
    return chosen


def arm(runtime: Runtime, claims: Sequence[Claimed]) -> list[Armed]:
    """Open the claimed messages that may still go and mark them `sending`, in the same transaction as the last look.

    Consent, pause, freeze, deadline and window are read here: a STOP that was committed before this is obeyed.
    """
    with runtime.database.write() as db:
        rows = outgoing.still_claimed(db, claims)
        people = outgoing.patients_of(db, rows)
        armed: list[Armed] = []
        for clinic_id in dict.fromkeys(row.clinic_id for row in rows):
            try:
                keys = clinics.keys(db, runtime.vault, clinic_id)
            except VaultError:  # in the middle of a rotation that went wrong: they are claimed again after their lease
                log.error("a clinic's keys do not open", extra={"clinic": str(clinic_id)})
                continue
            mine = [row for row in rows if row.clinic_id == clinic_id]
            armed += _Look(runtime, db, keys, clinics.get(db, clinic_id), people).at(mine)
        outgoing.mark_sending(db, [each.id for each in armed], runtime.machine())
    return armed


@dataclass(frozen=True)
class _Look:
    """The last look at one clinic's messages."""

    runtime: Runtime
    db: Session
    keys: ClinicKeys
    clinic: Clinic
    people: dict[uuid.UUID, Patient]

    def at(self, rows: Sequence[Message]) -> list[Armed]:
        found = {row.id: self._open(row) for row in rows}
        opened = {row_id: words for row_id, words in found.items() if isinstance(words, tuple)}
        indexes = {row_id: self.keys.phone_index(to) for row_id, (to, _) in opened.items()}
        suppressed = outgoing.suppressed(self.db, self.keys, indexes.values()) if indexes else set()
        missed = outgoing.missed(self.db, rows)
        now = self.runtime.care(self.db)
        armed = []
        for row in rows:
            lost = found[row.id]
            if isinstance(lost, str):
                self._drop(row, lost)
                continue
            text = self._text(row, row.inbound_id in missed)
            match gate.verdict(text, self._person(row, text.has_waited(now), indexes[row.id] in suppressed), now):
                case gate.Go(validity_s):
                    to, body = opened[row.id]
                    armed.append(Armed(row.id, row.fence, row.sender, to, body, validity_s))
                case gate.Hold(until, why):
                    row.state, row.due_at, row.lease_until, row.reason = MessageState.READY, until, None, why
                case gate.Drop(why):
                    self._drop(row, why)
        self.db.flush()
        return armed

    def _open(self, row: Message) -> tuple[str, str] | str:
        """Number and words, or why there are none: the patient's key is gone, or the row is damaged."""
        patient = self.people.get(row.patient_id) if row.patient_id is not None else None
        try:
            sealer = self.keys.patient(patient.id, patient.wrapped_key) if patient is not None else self.keys.sealer
            return (
                sealer.open("message", "to_sealed", row.id, row.to_sealed),
                sealer.open("message", "body_sealed", row.id, row.body_sealed),
            )
        except Erased:
            return "Dropped: the patient has been erased."
        except VaultError:  # it stays to be looked into, and keeps nobody else's texts waiting
            log.error("a message cannot be read", extra={"row": str(row.id)})
            return "Dropped: it can no longer be read."

    def _text(self, row: Message, is_late: bool) -> gate.Text:
        script = self.runtime.content.scripts.get(row.flow)
        return gate.Text(
            row.purpose,
            row.priority,
            row.touch_id,
            row.inbound_id,
            row.created_at,
            row.send_by,
            scripted=script is not None and script.flow.rank < SAFETY_RANK,
            is_late=is_late,
        )

    def _person(self, row: Message, has_waited: bool, suppressed: bool) -> gate.Person:
        patient = self.people.get(row.patient_id) if row.patient_id is not None else None
        if patient is None:
            hours = delayed.usual(self.clinic, None)
        elif has_waited and row.touch_id is not None:
            hours = delayed.of_touch(self._scope(patient), row.touch_id)
        else:
            hours = delayed.usual(self.clinic, patient)
        return gate.Person(
            status=patient.status if patient else None,
            suppressed=suppressed,
            zone=ZoneInfo(patient.time_zone if patient else self.clinic.time_zone),
            window=hours.window,
            paused_until=patient.paused_until if patient else None,
            quiet_until=hours.quiet_until,
        )

    def _scope(self, patient: Patient) -> Scope:
        """Enough of a scope to ask for hours: nothing of the patient's is opened."""
        now = self.runtime.care(self.db)
        return Scope(self.runtime, self.db, self.keys, self.clinic, patient, self.keys.sealer, "", now)

    def _drop(self, row: Message, why: str) -> None:
        row.state, row.reason = MessageState.DROPPED, why
        row.due_at = row.lease_until = row.check_at = None
