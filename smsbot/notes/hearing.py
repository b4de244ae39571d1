"""From a stored note to words: a machine listens, and danger is looked for before all else."""

import uuid
from datetime import timedelta

from sqlmodel import Session

from smsbot import alerts, facts, safety, schedule
from smsbot.errors import Erased, VaultError
from smsbot.models import JournalEntry, PatientStatus, VoiceNote
from smsbot.notes import files, keeping, people
from smsbot.runtime import Runtime
from smsbot.safety import Context, Finding
from smsbot.scope import Scope
from smsbot.store import notes as rows
from smsbot.store import turns
from smsbot.store.due import Claim
from smsbot.transcription import NotUnderstood, Transcript

ATTEMPTS = 2
AGAIN = timedelta(seconds=5)
# A text is at most this long; more is looked at piece by piece, as texts that follow each other are.
LONGEST = 1600
WORST = (1, 2, 3, 4, None)


def screen(scope: Scope, transcript: Transcript) -> Finding:
    """The worst that is in any piece, in the whole, or in what the other language's pass heard. Tier None: nothing."""
    found = [_screened(piece, _context(scope, before)) for piece, before in _with_before(transcript.pieces)]
    found += [_screened(piece, _context(scope, before)) for piece, before in _with_before(transcript.other)]
    if 0 < len(transcript.words) <= LONGEST:
        found.append(_screened(transcript.words, _context(scope, ())))
    return min(found, key=lambda each: WORST.index(each.tier), default=_screened("", Context()))


def _with_before(pieces: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
    return [(piece, pieces[max(0, at - 2) : at]) for at, piece in enumerate(pieces)]


def _screened(words: str, context: Context) -> Finding:
    try:
        return safety.screen(words, context)
    except Exception:  # a fault of the screen must reach a person, never end in silence (RULINGS 5)
        return Finding(3, "screen_fault", "fault", None, False, "fault")


def _context(scope: Scope, recent: tuple[str, ...]) -> Context:
    if scope.patient is None:
        return Context(recent=recent, confirmed=False)
    return Context(
        recent=recent,
        hours_since_session=facts.hours_since_session(scope),
        flag_open=scope.patient.status == PatientStatus.FROZEN,
        confirmed=scope.patient.joined_at is not None,
    )


def understood(scope: Scope, note: VoiceNote, transcript: Transcript) -> None:
    """Keep what was heard, sealed, and act on danger in it; whoever opened the scope commits."""
    finding = screen(scope, transcript)
    note.transcript_sealed = scope.sealer.seal("voice_note", "transcript_sealed", note.id, transcript.words)
    note.confidence, note.engine = transcript.confidence, transcript.engine
    if transcript.words:
        note.words_id = scope.inbound_id = _as_inbound(scope, note, transcript.words, finding)
        _file(scope, note, transcript.words, flagged=finding.tier is not None)
    note.state, note.attempts, note.why, note.lease_until, note.listen_at = rows.UNDERSTOOD, 0, None, None, None
    note.due_at = None if note.carrier_deleted_at else scope.now
    if not transcript.sure:
        people.ask(scope, note, "not_understood")
    if finding.tier is not None:
        _alarm(scope, note, finding)
    schedule.conclude(scope)


def _as_inbound(scope: Scope, note: VoiceNote, words: str, finding: Finding) -> uuid.UUID:
    """The words as what came in: alerts, the record and later screens read them there like any text."""
    row_id = scope.runtime.new_id()
    turns.add_inbound(
        scope.db,
        {
            "id": row_id,
            "clinic_id": note.clinic_id,
            "patient_id": note.patient_id,
            "carrier_sid": note.recording_sid or note.media_sid or str(note.id),
            "phone_index": scope.keys.phone_index(scope.phone),
            "phone_sealed": None if scope.patient else scope.keys.seal("inbound", "phone_sealed", row_id, scope.phone),
            "body_sealed": scope.sealer.seal("inbound", "body_sealed", row_id, words),
            "media": [],
            "opt_out_type": None,
            "via": "voice",
            "received_at": note.at,
            "tier": finding.tier,
            "rule": finding.rule,
            "screen_version": finding.version,
            "filed_as": "voice_note",
            "settled": True,
        },
    )
    return row_id


def _file(scope: Scope, note: VoiceNote, words: str, *, flagged: bool) -> None:
    """Into the answer the recording stands for, or the journal."""
    answer = rows.answer_of(scope.db, scope.keys, note)
    if answer is not None:
        answer.value_sealed = scope.sealer.seal("answer", "value_sealed", answer.id, words)
        answer.flagged = answer.flagged or flagged
    elif scope.patient is not None:
        entry_id = scope.runtime.new_id()
        scope.db.add(
            JournalEntry(
                id=entry_id,
                clinic_id=note.clinic_id,
                patient_id=scope.patient.id,
                inbound_id=note.words_id,
                kind="voice",
                words_sealed=scope.sealer.seal("journal_entry", "words_sealed", entry_id, words),
                private=note.private,
                flagged=flagged,
                at=note.at,
            )
        )


def _alarm(scope: Scope, note: VoiceNote, finding: Finding) -> None:
    """As for a text; a stranger whose number is withheld cannot be answered, and is told of all the same."""
    scope.aloud = True
    if scope.phone:
        alerts.answer(scope, finding)
    else:
        alerts.tell(scope, min(finding.tier or 3, 3), finding.kind or "unclear", finding.rule or "voice note")
    if finding.tier == 4 or finding.kind == "screen_fault":
        people.ask(scope, note, "unclear_words")


def failed(scope: Scope, note: VoiceNote, why: str) -> None:
    """Try once more; after that people listen, and are paged: a machine that should hear and does not is a danger."""
    note.lease_until, note.why = None, why
    if note.attempts < ATTEMPTS:
        note.due_at = scope.now + AGAIN
        return
    keeping.unread(scope, note, "transcription_failed")
    alerts.tell(scope, 3, "worry_urgent", f"voice note not understood: {why}")


def sound_of(runtime: Runtime, db: Session, claim: Claim) -> tuple[bytes, str, int | None] | None:
    """A claimed note's sound, its patient's language and its length; None when it is not ours or does not open."""
    note = rows.held(db, claim)
    if note is None or note.state != rows.STORED:
        return None
    try:
        scope = people.scope_of(runtime, db, note)
        return files.read(runtime.settings, scope.sealer, note.id), note.language or scope.language, note.seconds
    except Erased:
        keeping.end(runtime, db, note, rows.DELETED)
    except (OSError, VaultError):
        keeping.unread(scope, note, "sound_lost")
    return None


def settle(runtime: Runtime, claim: Claim, result: Transcript | NotUnderstood) -> None:
    """Write down what came of a transcription, and ring for texts it caused."""
    with runtime.database.write() as db:
        note = rows.held(db, claim)
        if note is None or note.state != rows.STORED:
            return
        try:
            scope = people.scope_of(runtime, db, note)
        except Erased:
            keeping.end(runtime, db, note, rows.DELETED)
            return
        if isinstance(result, NotUnderstood):
            failed(scope, note, result.why)
        else:
            understood(scope, note, result)
        runtime.reached("note.before_understood")
        rings = scope.rings
    for name in rings:
        runtime.bell.ring(name)
