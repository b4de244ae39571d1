"""What a worker does for a note: find it at the carrier, fetch, seal, verify, have it deleted there.

It starts again where any of that was cut off. Each pass holds a lease, and what it decides counts only while the fence
is still its own.
"""

import hashlib
import io
import logging
import time
from datetime import timedelta

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from smsbot import transcription
from smsbot.carrier.errors import CarrierError, Refused
from smsbot.carrier.media import Limits
from smsbot.errors import Erased, VaultError
from smsbot.models import VoiceNote
from smsbot.notes import files, keeping, people, playable, sounds
from smsbot.notes.playable import Sound
from smsbot.notes.searching import search
from smsbot.notes.sounds import PLAYED_AS_IS
from smsbot.notes.trying import Job, NotYet, again, job_of, pause
from smsbot.runtime import Runtime
from smsbot.scope import Scope
from smsbot.store import notes as rows

log = logging.getLogger("smsbot.notes")

LEASE = timedelta(seconds=75)  # more than LIMITS allow a fetch, and soon enough after a kill
BATCH = 50
LIMITS = Limits(size=48 * 1024 * 1024, seconds=45.0)
# A copy that the carrier still has after so many tries is a person's matter; we go on trying.
COPY_ALARM = 8


def work(runtime: Runtime, seconds: float, *, hears: bool | None = None) -> None:
    """See to every note that is due, for so many seconds at most.

    `hears` says whether a machine understands here what is stored; unless told, whether one is installed.
    """
    hears = transcription.ready(runtime.settings) if hears is None else hears
    end = time.monotonic() + seconds
    with runtime.database.write() as db:
        people.remind(runtime, db, BATCH)
        keeping.expire(runtime, db, BATCH)
    while time.monotonic() < end:
        with runtime.database.write() as db:
            found = rows.claim(db, runtime.care(db), runtime.machine(), LEASE)
            jobs = [job_of(db, claim, hears=hears) for claim in found]
        if not jobs:
            return
        for job in jobs:
            try:
                _one(runtime, job, max(10.0, end - time.monotonic()))
            except DBAPIError:
                raise  # the database itself is in trouble: the note comes back after its lease
            except Exception as fault:  # any fault of one note must not stop the others
                log.error("a voice note failed", extra={"note": str(job.claim.id), "fault": repr(type(fault))})
                again(runtime, job, "fault")


def _one(runtime: Runtime, job: Job, seconds: float) -> None:
    if job.state in (rows.DELETED, rows.EXPIRED):
        keeping.wipe(runtime, job.claim)
    if job.state in rows.COMING and job.named:
        _bring(runtime, job, seconds)
    elif job.named and not job.copy_gone:
        _delete_copy(runtime, job)
    elif not job.named and job.state in (*rows.COMING, rows.DELETED):
        search(runtime, job)
    else:
        _settle(runtime, job)


def _bring(runtime: Runtime, job: Job, seconds: float) -> None:
    """Fetch, check, seal, verify; then have the carrier's copy deleted."""
    try:
        sound = playable.with_played(_fetched(runtime, job, seconds))
        kept = _store(runtime, job, sound)
    except NotYet as fault:
        again(runtime, job, fault.why, final=fault.final)
    except OSError:
        again(runtime, job, "disk")
    else:
        if kept:
            runtime.reached("note.stored")
            _delete_copy(runtime, job)


def _fetched(runtime: Runtime, job: Job, seconds: float) -> Sound:
    """The whole recording; NotYet with a code for anything less."""
    told = _described(runtime, job) if job.recording_sid else None
    into = io.BytesIO()
    limits = Limits(LIMITS.size, min(LIMITS.seconds, seconds), LIMITS.types)
    try:
        if job.recording_sid:
            found = runtime.carrier.fetch_recording(job.recording_sid, into, limits)
        else:
            found = runtime.carrier.fetch_media(job.source.message_sid, job.media_sid, into, limits)
    except Refused as fault:
        raise NotYet("wrong_" + fault.reason.replace(" ", "_")) from None
    except CarrierError:
        raise NotYet("not_ready") from None
    data = into.getvalue()
    look = sounds.look(data, found.content_type, told)
    if look.fault is not None:
        raise NotYet(look.fault)
    return Sound(data, found, round(look.seconds) if look.seconds is not None else job.seconds)


def _described(runtime: Runtime, job: Job) -> int | None:
    """What the carrier says of its recording: ready, and how long."""
    try:
        row = runtime.carrier.recording(job.recording_sid)
    except CarrierError:
        raise NotYet("carrier_error") from None
    if row is None:
        raise NotYet("not_ready")
    if row.status in ("absent", "failed"):
        raise NotYet(f"recording_{row.status}", final=True)
    if row.status != "completed":
        raise NotYet("not_ready")
    seconds: int | None = row.seconds
    return seconds if seconds is not None else job.seconds


def _store(runtime: Runtime, job: Job, sound: Sound) -> bool:
    """Seal and verify under the row's lock, so that a deletion comes before or after, never in between."""
    with runtime.database.write() as db:
        note = rows.held(db, job.claim)
        if note is None:
            return False
        if note.state not in rows.COMING:  # deleted meanwhile: it is due at once
            note.lease_until = None
            return False
        try:
            scope = people.scope_of(runtime, db, note)
        except Erased:
            keeping.end(runtime, db, note, rows.DELETED)
            return False
        _seal(scope, note, sound)
        keeping.stored(scope, note, hears=job.hears)
        note.digest, note.size, note.content_type = sound.fetched.sha256, sound.fetched.size, sound.fetched.content_type
        note.seconds = sound.seconds
        note.playable = sound.played is not None or sound.fetched.content_type in PLAYED_AS_IS
        runtime.reached("note.before_stored")
        return True


def _seal(scope: Scope, note: VoiceNote, sound: Sound) -> None:
    """Write the file and read it back: only what opens again to the same bytes may be deleted at the carrier."""
    settings, sealer = scope.runtime.settings, scope.sealer
    files.write(settings, sealer, note.id, sound.data)
    if sound.played is not None:
        files.write(settings, sealer, note.id, sound.played, files.PLAYED)
    try:
        back = files.read(settings, sealer, note.id)
    except VaultError:
        back = b""
    if hashlib.sha256(back).hexdigest() != sound.fetched.sha256:
        raise NotYet("disk")


def _delete_copy(runtime: Runtime, job: Job) -> None:
    """Have the carrier delete its copy; its answer, 204 or 404, is the proof that is written down."""
    try:
        if job.recording_sid:
            runtime.carrier.delete_recording(job.recording_sid)
        else:
            runtime.carrier.delete_media(job.source.message_sid, job.media_sid)
        gone = True
    except CarrierError:
        gone = False
    with runtime.database.write() as db:
        note = rows.find(db, job.claim.id)
        if note is None:
            return
        if gone:
            note.carrier_deleted_at = runtime.machine()
        _after_copy(runtime, db, note, job, gone=gone)


def _after_copy(runtime: Runtime, db: Session, note: VoiceNote, job: Job, *, gone: bool) -> None:
    if note.fence != job.claim.fence or note.state == rows.STORED:
        return  # somebody else's turn; a stored note is due for its words
    note.lease_until = None
    if gone:
        note.due_at = None
        return
    note.attempts += 1
    note.due_at = runtime.care(db) + pause(note.attempts - 1)
    if note.attempts == COPY_ALARM:
        people.ask_about(runtime, db, note, "not_deleted", kind="carrier_copy")


def _settle(runtime: Runtime, job: Job) -> None:
    """Nothing is left to do."""
    with runtime.database.write() as db:
        note = rows.held(db, job.claim)
        if note is not None:
            note.due_at = note.lease_until = None
