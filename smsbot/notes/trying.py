"""A leased note at work: what is known of it, and how it is tried again, found absent or given up."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from smsbot.models import VoiceNote
from smsbot.notes import people
from smsbot.notes.coming import LISTEN_WITHIN
from smsbot.runtime import Runtime
from smsbot.store import notes as rows
from smsbot.store.due import Claim
from smsbot.store.notes import Source

# Seconds until a file that is not there yet, is cut off or is something else is asked for again; the last repeats.
RETRIES = (2, 4, 8, 15, 30, 60, 120, 300, 600, 1800)
GIVE_UP = 40  # tries: about half a day


@dataclass(frozen=True)
class Job:
    """A leased note as it stood when the work began; `hears` says whether a machine understands here what is stored."""

    claim: Claim
    state: str
    recording_sid: str | None
    media_sid: str | None
    source: Source
    seconds: int | None
    attempts: int
    copy_gone: bool
    hears: bool

    @property
    def named(self) -> bool:
        """Whether the carrier's id is known."""
        return bool(self.recording_sid or (self.media_sid and self.source.message_sid))


class NotYet(Exception):
    """It cannot be had now; `why` is a code, `final` when the carrier says there is nothing."""

    def __init__(self, why: str, *, final: bool = False) -> None:
        super().__init__(why)
        self.why, self.final = why, final


def job_of(db: Session, claim: Claim, *, hears: bool) -> Job:
    """What there is to do for a claimed note, to be done outside any transaction."""
    note = db.get_one(VoiceNote, claim.id, populate_existing=True)
    return Job(
        claim,
        note.state,
        note.recording_sid,
        note.media_sid,
        rows.source(db, note),
        note.seconds,
        note.attempts,
        note.carrier_deleted_at is not None,
        hears,
    )


def again(runtime: Runtime, job: Job, why: str, *, final: bool = False) -> None:
    """Try again later; a person hears of it in time (`listen_at`), or at once when the carrier has nothing."""
    with runtime.database.write() as db:
        note = rows.held(db, job.claim)
        if note is None:
            return
        note.why, note.lease_until = why, None
        note.attempts += 1
        if note.attempts == 1 and note.state in rows.COMING:  # the carrier has told nothing: the time runs from here
            note.listen_at = note.listen_at or runtime.care(db) + LISTEN_WITHIN
        if final and why == "recording_absent":
            absent(runtime, db, note)
        elif note.state in rows.COMING and (final or note.attempts >= GIVE_UP):
            note.state, note.due_at = rows.FAILED, None
            people.ask_about(runtime, db, note, why)
        else:
            note.due_at = runtime.care(db) + pause(note.attempts - 1)


def pause(number: int) -> timedelta:
    """How long to wait after the try with this number, from 0."""
    return timedelta(seconds=RETRIES[min(number, len(RETRIES) - 1)])


def absent(runtime: Runtime, db: Session, note: VoiceNote) -> None:
    """Nothing was recorded. A note the caller kept is missed by somebody; a call that ended before the tone is not."""
    missed = note.state == rows.EXPECTED
    note.due_at = note.lease_until = note.listen_at = None
    if note.state == rows.DELETED:
        return
    note.state = rows.ABSENT
    if missed:
        people.ask_about(runtime, db, note, "recording_absent")
