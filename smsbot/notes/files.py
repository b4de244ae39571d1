"""The sound of a voice note on disk: one sealed file by the note's id, whole or not there, never in the clear.

The file lies under SMSBOT_HOME/voice, which all machines of one service must share. It is bound to its clinic, note and
owner like any sealed cell: moved to another note's name it does not open, and with the patient's key gone nothing does.
"""

import os
import uuid
from pathlib import Path

from smsbot.config import Settings
from smsbot.vault import Sealer

SOUND, PLAYED = "sound", "played"  # as the carrier served it; as a browser plays it, where that is another file
TABLE = "voice_note"


def path_of(settings: Settings, note_id: uuid.UUID, part: str = SOUND) -> Path:
    """Where a note's file is or would be; ids begin with the time, so their ends spread over the folders."""
    name = note_id.hex
    return settings.home / "voice" / name[-2:] / f"{name}.{part}"


def write(settings: Settings, sealer: Sealer, note_id: uuid.UUID, sound: bytes, part: str = SOUND) -> None:
    """Seal and store a file so that after this returns it survives a power cut, whole.

    OSError when the disk is full or the folder cannot be written: the file under the final name is then
    the old one, or none.
    """
    path = path_of(settings, note_id, part)
    for folder in (path.parent.parent, path.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    growing = path.with_suffix(f".{part}.{os.getpid()}.new")
    try:
        with os.fdopen(os.open(growing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(sealer.seal_bytes(TABLE, part, note_id, sound))
            out.flush()
            os.fsync(out.fileno())
        growing.replace(path)
    except OSError:
        growing.unlink(missing_ok=True)
        raise
    _keep_name(path.parent)


def read(settings: Settings, sealer: Sealer, note_id: uuid.UUID, part: str = SOUND) -> bytes:
    """The sound again; FileNotFoundError when there is none, VaultError when it is another note's or was changed."""
    return sealer.open_bytes(TABLE, part, note_id, path_of(settings, note_id, part).read_bytes())


def remove(settings: Settings, note_id: uuid.UUID) -> None:
    """Unlink whatever there is of a note, half-written files as well; said twice it changes nothing."""
    folder = path_of(settings, note_id).parent
    for path in folder.glob(f"{note_id.hex}.*"):
        path.unlink(missing_ok=True)
    if folder.is_dir():
        _keep_name(folder)


def _keep_name(folder: Path) -> None:
    """A name in a folder is on disk only once the folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
