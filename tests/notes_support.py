"""A carrier's recordings over real HTTP, with everything that goes wrong there, and voice notes in a world."""

import io
import json
import math
import re
import struct
import threading
import time
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from sqlmodel import select

from smsbot import notes
from smsbot.carrier.client import Carrier
from smsbot.carrier.inbound import RecordingEvent
from smsbot.models import Call, Patient, Task, VoiceNote
from smsbot.notes import files
from smsbot.store import notes as rows
from smsbot.transcription import Transcript
from smsbot.vault import Sealer
from tests.api_support import World

ACCOUNT = "AC" + "0" * 32
HTML = b"<html><body>502 Bad Gateway</body></html>"
CALL = "CA" + "7" * 32


def wav(seconds: float, rate: int = 8000, hertz: float = 440.0) -> bytes:
    """A tone of a telephone's quality."""
    one = [int(6000 * math.sin(2 * math.pi * hertz * n / rate)) for n in range(rate)]
    frames = struct.pack(f"<{rate}h", *one) * math.ceil(seconds)
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(frames[: int(seconds * rate) * 2])
    return out.getvalue()


def sid(number: int) -> str:
    return f"RE{number:032d}"


@dataclass
class Kept:
    """One recording at the carrier; `served` are bodies to give first (None: 404), then the true one."""

    data: bytes
    seconds: int | None
    call_sid: str = CALL
    status: str = "completed"
    served: list[bytes | None] = field(default_factory=list)
    fetched: int = 0


def _nothing() -> None:
    """What usually happens while a sound is fetched."""


class Shelf(ThreadingHTTPServer):
    """Recordings by id, attachments by message and id; what was deleted answers 404."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Desk)
        self.recordings: dict[str, Kept] = {}
        self.media: dict[str, Kept] = {}
        self.deleted: list[str] = []
        self.refusing = 0
        self.meanwhile: Callable[[], None] = _nothing

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients hang up on purpose."""


class _Desk(BaseHTTPRequestHandler):
    server: Shelf

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if found := re.search(r"/Recordings/(RE\w{32})\.wav$", path):
            self._sound(self.server.recordings.get(found[1]))
        elif found := re.search(r"/Media/(ME\w{32})$", path):
            self._sound(self.server.media.get(found[1]))
        elif found := re.search(r"/Recordings/(RE\w{32})\.json$", path):
            kept = self.server.recordings.get(found[1])
            self._json(200, _described(found[1], kept)) if kept else self._gone()
        else:
            listed = [_described(name, kept) for name, kept in self.server.recordings.items()]
            wanted = [row for row in listed if row["call_sid"] in self.path]
            self._json(200, {"recordings": wanted, "page": 0, "page_size": 1000, "next_page_uri": None})

    def do_DELETE(self) -> None:
        if self.server.refusing:
            self.server.refusing -= 1
            self._json(503, {"code": 20503, "message": "later", "status": 503})
            return
        name = re.search(r"/((?:RE|ME)\w{32})", self.path)
        assert name
        shelf = self.server.recordings if name[1].startswith("RE") else self.server.media
        if shelf.pop(name[1], None) is None:
            self._gone()
            return
        self.server.deleted.append(name[1])
        self.send_response(204)
        self.end_headers()

    def _sound(self, kept: Kept | None) -> None:
        body = kept.served.pop(0) if kept and kept.served else kept.data if kept else None
        if kept is None or body is None:
            self._gone()
            return
        kept.fetched += 1
        self.server.meanwhile()
        self.send_response(200)
        self.send_header("Content-Type", "audio/x-wav")
        self.send_header("Content-Length", str(len(kept.data) if body[:4] == b"RIFF" else len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _gone(self) -> None:
        self._json(404, {"code": 20404, "message": "gone", "status": 404})

    def _json(self, status: int, body: dict[str, Any]) -> None:
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def _described(name: str, kept: Kept) -> dict[str, Any]:
    told = str(kept.seconds) if kept.seconds is not None else "-1"
    made = "Sun, 22 Nov 2026 15:00:00 +0000"
    return {"sid": name, "call_sid": kept.call_sid, "status": kept.status, "duration": told, "date_created": made}


@contextmanager
def shelf() -> Iterator[Shelf]:
    """A carrier's shelf of recordings."""
    with Shelf() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@dataclass
class Line:
    """A patient's calls in a world whose carrier keeps recordings."""

    world: World
    carrier: Shelf
    patient: Patient
    call_id: Any = None

    def note(self, state: str = rows.EXPECTED, call_sid: str = CALL, **changes: Any) -> VoiceNote:
        """The row a call writes before it asks the carrier to record."""
        world = self.world
        with world.runtime.database.write() as db:
            if self.call_id is None:
                self.call_id = world.runtime.new_id()
                call = Call(
                    id=self.call_id,
                    clinic_id=world.harbor,
                    patient_id=self.patient.id,
                    carrier_sid=call_sid,
                    details={},
                    started_at=world.watch.now,
                )
                db.add(call)
                db.flush()
            made = {"state": state, "at": world.watch.now, "due_at": world.watch.now, "call_id": self.call_id}
            owner = {"clinic_id": world.harbor, "patient_id": self.patient.id}
            note = VoiceNote(id=world.runtime.new_id(), **(owner | made | changes))
            db.add(note)
            db.flush()
            db.expunge(note)
        return note

    def callback(self, note: VoiceNote, recording: str, status: str = "completed", seconds: int | None = None) -> bool:
        """What the carrier tells about a recording."""
        event = RecordingEvent(recording, ACCOUNT, CALL, status, seconds)
        with self.world.runtime.database.write() as db:
            return notes.told(self.world.runtime, db, note.id, event)

    def work(self, **by: float) -> None:
        """Let time pass and a worker see to what is due, as often as anything is."""
        end = self.world.watch.now + timedelta(**by)
        while True:
            notes.work(self.world.runtime, 30)
            upcoming = self._next()
            if upcoming is None or upcoming > end:
                break
            self.world.watch.to(max(upcoming, self.world.watch.now))
        self.world.watch.to(end)
        notes.work(self.world.runtime, 30)

    def _next(self) -> Any:
        now = self.world.watch.now
        with self.world.runtime.database.read() as db:
            found = db.exec(select(VoiceNote).where(VoiceNote.state != rows.STORED)).all()
            times = [
                at for row in found for at in (row.due_at, row.listen_at, row.expires_at) if at is not None and at > now
            ]
        return min(times, default=None)

    def stored(self, number: int = 1, **changes: Any) -> VoiceNote:
        """A note whose sound is here and waits for the transcriber, as it does where one is installed."""
        self.carrier.recordings[sid(number)] = Kept(wav(2), 2)
        note = self.note(recording_sid=sid(number), **changes)
        notes.work(self.world.runtime, 30, hears=True)
        return note

    def first(self, model: Any) -> Any:
        """The first row of a table."""
        with self.world.runtime.database.read() as db:
            return db.exec(select(model)).first()

    @property
    def sealer(self) -> Sealer:
        """The patient's."""
        with self.world.runtime.database.read() as db:
            patient = db.get_one(Patient, self.patient.id)
            return self.world.keys(db).patient(patient.id, patient.wrapped_key)

    def listen(self, *heard: Transcript | Exception) -> int:
        """Let the transcriber hear what is stored; each argument is what one attempt gives. Returns the attempts."""
        given = list(heard)

        def hear(data: bytes, language: str, seconds: int | None, stop: threading.Event) -> Transcript:
            result = given.pop(0)
            if isinstance(result, Exception):
                raise result
            return replace(result, language=language)

        transcriber = notes.Transcriber(self.world.runtime, hear)
        while given and transcriber.once(threading.Event()):
            self.world.watch.on(seconds=6)
        return len(heard) - len(given)

    def hear(self) -> None:
        """Let the real transcriber hear the next note; the world's clock goes on as long as that took."""
        began = time.monotonic()
        notes.Transcriber(self.world.runtime).once(threading.Event())
        self.world.watch.on(seconds=time.monotonic() - began + 6)

    def row(self, note: VoiceNote) -> VoiceNote:
        with self.world.runtime.database.read() as db:
            return db.get_one(VoiceNote, note.id)

    def rows(self) -> list[VoiceNote]:
        with self.world.runtime.database.read() as db:
            return list(db.exec(select(VoiceNote)).all())

    def tasks(self, kind: str = "listen") -> list[str]:
        """Reasons of the open items of a kind."""
        with self.world.runtime.database.read() as db:
            return [row.reason for row in db.exec(select(Task).where(Task.kind == kind)).all()]

    def sound(self, note: VoiceNote, part: str = "sound") -> bytes:
        """What lies on the disk, opened."""
        return files.read(self.world.runtime.settings, self.sealer, note.id, part)


def said(*pieces: str, confidence: float | None = 0.9) -> Transcript:
    return Transcript(tuple(pieces), confidence, "en", "test")


@contextmanager
def line(world: World, patient: Patient | None = None) -> Iterator[Line]:
    """A line (Ana's unless told) with a carrier of its own behind the world's runtime."""
    caller = patient or world.enroll()
    with shelf() as server:
        carrier = Carrier(ACCOUNT, "SK" + "1" * 32, "secret", server.base, 4, (5.0, 5.0))
        world.runtime = replace(world.runtime, carrier=carrier)
        yield Line(world, server, caller)
        carrier.close()


def using(world: World, carrier: Carrier) -> Line:
    """Ana's line with any carrier behind the world's runtime; the shelf stays empty."""
    world.runtime = replace(world.runtime, carrier=carrier)
    return Line(world, None, world.enroll())  # type: ignore[arg-type]
