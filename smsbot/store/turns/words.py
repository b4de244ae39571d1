"""What patients said: kept answers, journal entries; and the bank lines they have heard from us."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Session, col

from smsbot.models import Answer, HeardLine, JournalEntry
from smsbot.store.statement import Statement
from smsbot.store.turns.binds import CLINIC, PATIENT, SINCE, ids
from smsbot.store.turns.talks import OPEN
from smsbot.store.work import later
from smsbot.vault import ClinicKeys, Sealer

ANSWER = Answer.__table__  # type: ignore[attr-defined]
HEARD = HeardLine.__table__  # type: ignore[attr-defined]

_NAMED = ANSWER.c.name.in_(bindparam("names", expanding=True))
LATEST = Statement(
    select(
        *(ANSWER.c.id, ANSWER.c.name, ANSWER.c.value_sealed, ANSWER.c.flagged, ANSWER.c.hidden),
        *(ANSWER.c.session_id, ANSWER.c.at, ANSWER.c.superseded_at, ANSWER.c.put_away_at),
    )
    .where(ANSWER.c.clinic_id == CLINIC, _NAMED, ANSWER.c.superseded_at.is_(None))
    .order_by(ANSWER.c.at),
    owner=ANSWER.c.patient_id,
)
_SAID = Statement(
    select(
        *(ANSWER.c.id, ANSWER.c.value_sealed, ANSWER.c.flagged, ANSWER.c.hidden),
        *(ANSWER.c.session_id, ANSWER.c.at, ANSWER.c.superseded_at, ANSWER.c.put_away_at),
    )
    .where(ANSWER.c.clinic_id == CLINIC, ANSWER.c.patient_id == PATIENT, ANSWER.c.name == bindparam("name"))
    .order_by(ANSWER.c.at)
)
_SUPERSEDE = Statement(
    update(ANSWER)
    .where(ANSWER.c.clinic_id == CLINIC, ANSWER.c.patient_id == PATIENT, _NAMED, ANSWER.c.superseded_at.is_(None))
    .values(superseded_at=bindparam("now"))
)
_ADD_ANSWER = Statement(insert(ANSWER))
NUMBERS = Statement(
    select(ANSWER.c.id, ANSWER.c.value_sealed)
    .where(ANSWER.c.clinic_id == CLINIC, ANSWER.c.name == bindparam("name"), ANSWER.c.at > SINCE)
    .order_by(ANSWER.c.at),
    owner=ANSWER.c.patient_id,
)
HEARD_LINES = Statement(
    select(HEARD.c.bank, HEARD.c.line).where(
        HEARD.c.clinic_id == CLINIC, HEARD.c.flow == bindparam("flow"), HEARD.c.at > SINCE
    ),
    owner=HEARD.c.patient_id,
)
_ADD_HEARD = Statement(insert(HEARD))
_ADD_ENTRY = Statement(insert(JournalEntry.__table__))  # type: ignore[attr-defined]
_LAST_ENTRY = (
    select(JournalEntry)
    .where(col(JournalEntry.clinic_id) == CLINIC, col(JournalEntry.patient_id) == PATIENT)
    .order_by(col(JournalEntry.at).desc())
    .limit(1)
)


class Known(NamedTuple):
    """One kept answer; `closed` words may not be quoted, `until` is when another took their place."""

    words: str
    closed: bool
    session_id: uuid.UUID | None
    at: datetime
    until: datetime | None


def ahead(
    db: Session,
    keys: ClinicKeys,
    patient_ids: Sequence[uuid.UUID],
    flow: str,
    names: Sequence[str],
    numbers: Mapping[str, datetime],
    heard_since: datetime | None,
) -> None:
    """Read for many patients at once what a turn of this flow will ask for each: words, ratings since, lines heard."""
    clinic = {"clinic": keys.clinic_id}
    OPEN.ahead(db, clinic, patient_ids)
    if names:
        LATEST.ahead(db, clinic | {"names": names}, patient_ids)
    if heard_since is not None:
        HEARD_LINES.ahead(db, clinic | {"flow": flow, "since": heard_since}, patient_ids)
    for name, since in numbers.items():
        NUMBERS.ahead(db, clinic | {"name": name, "since": since}, patient_ids)


def latest_answers(
    db: Session, keys: ClinicKeys, sealer: Sealer, patient_id: uuid.UUID, names: Sequence[str]
) -> dict[str, Known]:
    """The newest kept answer under each name; names without one are left out."""
    if not names:
        return {}
    return {row.name: _known(sealer, row) for row in LATEST.rows(db, ids(keys, patient_id, names=names))}


def said_before(db: Session, keys: ClinicKeys, sealer: Sealer, patient_id: uuid.UUID, name: str) -> list[Known]:
    """Everything ever kept under a name, replaced answers included, oldest first."""
    return [_known(sealer, row) for row in _SAID.rows(db, ids(keys, patient_id, name=name))]


def _known(sealer: Sealer, row: Any) -> Known:
    words = sealer.open("answer", "value_sealed", row.id, row.value_sealed)
    closed = row.flagged or row.hidden or row.put_away_at is not None
    return Known(words, closed, row.session_id, row.at, row.superseded_at)


def supersede(db: Session, keys: ClinicKeys, patient_id: uuid.UUID, names: Sequence[str], now: datetime) -> None:
    """Mark the standing answers under these names as replaced; nothing a patient said is deleted."""
    _SUPERSEDE.run(db, ids(keys, patient_id, names=names, now=now))


def add_answer(db: Session, values: dict[str, Any]) -> None:
    """Insert a kept answer."""
    later(db, _ADD_ANSWER, values)


def numbers_since(
    db: Session, keys: ClinicKeys, sealer: Sealer, patient_id: uuid.UUID, name: str, since: datetime
) -> list[float]:
    """A patient's own ratings under a name since then, oldest first."""
    rows = NUMBERS.rows(db, ids(keys, patient_id, name=name, since=since))
    words = [sealer.open("answer", "value_sealed", row.id, row.value_sealed) for row in rows]
    return [float(word) for word in words if word.replace(".", "", 1).isascii() and word.replace(".", "", 1).isdigit()]


def heard_lines(
    db: Session, keys: ClinicKeys, patient_id: uuid.UUID, flow: str, since: datetime
) -> dict[str, set[str]]:
    """Bank lines of a flow a patient has had since then, by bank."""
    found: dict[str, set[str]] = {}
    for bank, line in HEARD_LINES.rows(db, ids(keys, patient_id, flow=flow, since=since)):
        found.setdefault(bank, set()).add(line)
    return found


def add_heard(db: Session, values: dict[str, Any]) -> None:
    """Note that a patient has had a bank line."""
    later(db, _ADD_HEARD, values)


def add_entry(db: Session, values: dict[str, Any]) -> None:
    """Insert a journal entry."""
    later(db, _ADD_ENTRY, values)


def last_entry(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> JournalEntry | None:
    """A patient's newest journal entry, for PRIVATE and SHARE."""
    return db.execute(_LAST_ENTRY, ids(keys, patient_id)).scalars().first()
