"""Where guided audio lies: SMSBOT_HOME/audio/<language>/<name>.wav. No patient is in these files."""

import re
from pathlib import Path

NAME = re.compile(r"[a-z0-9_]{1,40}")
LANGUAGES = ("en", "es")


def folder_of(home: Path, language: str) -> Path:
    """The folder of a language's files."""
    return home / "audio" / language


def file_for(home: Path, language: str, name: str) -> Path | None:
    """The file of a guided audio, if there is one; None also for a name that could leave the folder."""
    if language not in LANGUAGES or not NAME.fullmatch(name):
        return None
    path = folder_of(home, language) / f"{name}.wav"
    return path if path.is_file() else None
