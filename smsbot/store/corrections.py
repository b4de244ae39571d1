"""What a patient may correct or put away: their answers in words, and their journal entries (CONTENT 9.2)."""

import uuid
from collections.abc import Collection

from sqlmodel import Session, col, select

from smsbot.models import Answer, JournalEntry
from smsbot.vault import ClinicKeys

Row = Answer | JournalEntry


def table(row: Row) -> tuple[str, str]:
    """A row's table and the column of its words, as they are sealed."""
    return ("answer", "value_sealed") if isinstance(row, Answer) else ("journal_entry", "words_sealed")


def key(row: Row) -> str:
    """A row's name on a page."""
    return f"{'answer' if isinstance(row, Answer) else 'entry'}.{row.id.hex}"


def newest(db: Session, keys: ClinicKeys, patient_id: uuid.UUID, names: Collection[str]) -> Row | None:
    """The newest words of theirs that no safety screen stopped at: an answer under one of these names, or an entry."""
    answer = db.exec(
        select(Answer)
        .where(
            col(Answer.clinic_id) == keys.clinic_id,
            col(Answer.patient_id) == patient_id,
            col(Answer.name).in_(names),
            col(Answer.code).is_(None),
            col(Answer.flagged).is_(False),
            col(Answer.superseded_at).is_(None),
        )
        .order_by(col(Answer.at).desc())
        .limit(1)
    ).first()
    entry = db.exec(
        select(JournalEntry)
        .where(
            col(JournalEntry.clinic_id) == keys.clinic_id,
            col(JournalEntry.patient_id) == patient_id,
            col(JournalEntry.kind) != "answer",
            col(JournalEntry.flagged).is_(False),
        )
        .order_by(col(JournalEntry.at).desc())
        .limit(1)
    ).first()
    found: list[Row] = [row for row in (answer, entry) if row is not None]
    return max(found, key=lambda row: row.at, default=None)
