"""Gathers what a patient said in their own words, by session in order: nothing is added, cut or stored."""

import logging
import re
import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from smsbot import answers
from smsbot.errors import VaultError
from smsbot.models import Answer, Conversation, JournalEntry, Patient, SessionStatus, TreatmentSession
from smsbot.store.corrections import Row
from smsbot.vault import ClinicKeys, Sealer

log = logging.getLogger("smsbot.web")

# What each kept answer is on the page. Not here: ratings, choices for the room, and `early_sign`, of which END-2
# promises that it is only brought up on a low day.
KINDS = {
    "intention": "intention",
    "insight": "noticed",
    "stayed": "noticed",
    "meaning": "meaning",
    "reason": "reason",
    "helped": "win",
    "small_win": "win",
    "thread": "thread",
    "helps": "helps",
    "lately": "lately",
    "journal": "note",
}
PLAN = ("cue", "act")
# Chosen from a list, it is still kept as words; other codes are no words.
KEPT_CHOICES = frozenset({"intention"})
DIGITS = re.compile(r"[\d\s.,/]+")
NOT_HELD = (SessionStatus.CANCELED, SessionStatus.NO_SHOW)


class Kept(NamedTuple):
    """An answer with the end of its conversation; `words` is None where nobody can open them any more."""

    row: Answer
    closed_at: datetime | None
    words: str | None


@dataclass(frozen=True)
class Item:
    """One thing they said: its words whole, two of them for a plan; None where a private note is withheld.

    `rows` are where the words stand, one each; `away` that they put it away, `changed` that they put it right.
    """

    kind: str
    at: datetime
    words: tuple[str, ...] | None
    private: bool = False
    rows: tuple[Row, ...] = ()

    @property
    def away(self) -> bool:
        return any(row.put_away_at is not None for row in self.rows)

    @property
    def changed(self) -> bool:
        return any(row.corrected_at is not None for row in self.rows)


@dataclass(frozen=True)
class Part:
    """What belongs to one session, in order; `session` is None for what came before the first."""

    session: TreatmentSession | None
    items: list[Item] = field(default_factory=list)


def gather(
    db: Session,
    keys: ClinicKeys,
    patient: Patient,
    *,
    private: bool,
    away: bool = False,
    without: Collection[uuid.UUID] = (),
) -> list[Part]:
    """A patient's words by session; those kept private are opened only if `private`, those put away left out or alone.

    What the safety screen saw a risk in, and what is never quoted back (CONTENT 11.11, 11.22), is left out, and so are
    the journal entries `without`. Raises Erased once the patient's key is gone.
    """
    sealer = keys.patient(patient.id, patient.wrapped_key)
    sessions = [row for row in _sessions(db, keys, patient.id) if row.status not in NOT_HELD]
    kept = _answers(db, keys, sealer, patient.id)
    found = [*_said(kept), *_plans(kept), *_journal(db, keys, sealer, patient.id, without)]
    parts = [Part(None), *(Part(session) for session in sessions)]
    for session_id, item in sorted((each for each in found if each[1].away == away), key=lambda each: each[1].at):
        shown = item if private or not item.private else Item("private", item.at, None, private=True)
        _part(parts, session_id, item.at).items.append(shown)
    return [part for part in parts if part.items]


def _part(parts: Sequence[Part], session_id: uuid.UUID | None, at: datetime) -> Part:
    """The session something was said about, else the last one that had begun by then."""
    for part in parts:
        if part.session is not None and part.session.id == session_id:
            return part
    return [part for part in parts if part.session is None or part.session.starts_at <= at][-1]


def _sessions(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> Sequence[TreatmentSession]:
    mine = (col(TreatmentSession.clinic_id) == keys.clinic_id, col(TreatmentSession.patient_id) == patient_id)
    return db.exec(select(TreatmentSession).where(*mine).order_by(col(TreatmentSession.starts_at))).all()


def _answers(db: Session, keys: ClinicKeys, sealer: Sealer, patient_id: uuid.UUID) -> list[Kept]:
    """Every answer in words that stood when its conversation ended, replaced ones of earlier sessions included."""
    wanted = (
        select(Answer, col(Conversation.closed_at))
        .join(Conversation, col(Conversation.id) == col(Answer.conversation_id), isouter=True)
        .where(
            col(Answer.clinic_id) == keys.clinic_id,
            col(Answer.patient_id) == patient_id,
            col(Answer.name).in_((*KINDS, *PLAN)),
        )
        .order_by(col(Answer.at), col(Answer.id))
    )
    rows = [(row, ended) for row, ended in db.exec(wanted).all() if row.code is None or row.name in KEPT_CHOICES]
    stood = [(row, ended) for row, ended in rows if _stood(row, ended)]
    return [Kept(row, ended, _open(sealer, "answer", "value_sealed", row.id, row.value_sealed)) for row, ended in stood]


def _stood(row: Answer, ended: datetime | None) -> bool:
    """Not put another way, skipped or let go of while it was talked about."""
    if row.superseded_at is None or row.conversation_id is None:
        return True
    return ended is not None and row.superseded_at > ended


def _said(kept: Sequence[Kept]) -> Iterator[tuple[uuid.UUID | None, Item]]:
    for row, _, words in kept:
        if row.name in KINDS and words and _is_said(words) and not row.flagged:
            yield row.session_id, Item(KINDS[row.name], row.at, (words,), row.hidden, (row,))


def _plans(kept: Sequence[Kept]) -> Iterator[tuple[uuid.UUID | None, Item]]:
    """Cue and act as they stood together after each conversation that changed either (RULINGS 49)."""
    parts = [each for each in kept if each.row.name in PLAN]
    for last in _last_of_each(parts):
        at = last.row.at
        cue, act = (_standing(parts, name, at) for name in PLAN)
        if cue and act and cue.words and act.words and not (cue.row.flagged or act.row.flagged):
            hidden = cue.row.hidden or act.row.hidden
            yield last.row.session_id, Item("plan", at, (cue.words, act.words), hidden, (cue.row, act.row))


def _last_of_each(parts: Sequence[Kept]) -> list[Kept]:
    """The last part of a plan in each conversation, in order."""
    return list({each.row.conversation_id or each.row.id: each for each in parts}.values())


def _standing(parts: Sequence[Kept], name: str, at: datetime) -> Kept | None:
    until = (each for each in parts if each.row.name == name and each.row.at <= at)
    stood = [each for each in until if each.row.superseded_at is None or each.row.superseded_at > at]
    return stood[-1] if stood else None


def _journal(
    db: Session, keys: ClinicKeys, sealer: Sealer, patient_id: uuid.UUID, without: Collection[uuid.UUID]
) -> Iterator[tuple[uuid.UUID | None, Item]]:
    """Journal entries; those made of an answer that was kept private are that answer's copies."""
    wanted = select(JournalEntry).where(
        col(JournalEntry.clinic_id) == keys.clinic_id,
        col(JournalEntry.patient_id) == patient_id,
        col(JournalEntry.flagged).is_(False),
        col(JournalEntry.kind) != "answer",
    )
    for row in db.exec(wanted.order_by(col(JournalEntry.at), col(JournalEntry.id))).all():
        words = _open(sealer, "journal_entry", "words_sealed", row.id, row.words_sealed)
        if words and _is_said(words) and row.id not in without:
            yield None, Item("note", row.at, (words,), row.private, (row,))


def _is_said(words: str) -> bool:
    """Neither bare digits nor a universal word, which land in the journal when nothing was asked, say anything."""
    return DIGITS.fullmatch(words) is None and answers.command(words) is None


def _open(sealer: Sealer, table: str, column: str, row_id: uuid.UUID, sealed: bytes) -> str | None:
    """The words of a cell; a damaged one must not keep a patient from all the others."""
    try:
        return sealer.open(table, column, row_id, sealed).strip()
    except VaultError:
        log.error("words of a patient cannot be read", extra={"table": table, "row": str(row_id)})
        return None
