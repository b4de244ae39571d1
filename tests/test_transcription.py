"""Speech to text: which model is trusted, what a pass means, how errors are counted."""

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from smsbot import transcription
from smsbot.errors import Refused
from smsbot.transcription import NotUnderstood, child, models
from smsbot.transcription.scoring import score
from tests.api_support import settings

PARTS = {"model.bin.part1": b"abc", "model.bin.part2": b"def", "config.json": b"{}", "tokenizer.json": b"{}"}


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def known(tmp_path: Path) -> Path:
    """A model of our own in parts, and its place in the table."""
    source = tmp_path / "source" / "deep"
    source.mkdir(parents=True)
    for name, data in PARTS.items():
        (source / name).write_bytes(data)
    files = {
        "model.bin": (("model.bin.part1", "model.bin.part2"), sha(b"abcdef")),
        "config.json": (("config.json",), sha(b"{}")),
        "tokenizer.json": (("tokenizer.json",), sha(b"{}")),
    }
    models.MODELS["test"] = replace(models.MODELS["base"], name="test", files=files)
    yield tmp_path / "source"
    del models.MODELS["test"]


def test_a_model_is_joined_of_its_parts_and_told(known: Path, tmp_path: Path) -> None:
    folder = models.install(tmp_path / "home", "test", known)
    assert (folder / "model.bin").read_bytes() == b"abcdef"
    assert models.locate(settings(SMSBOT_HOME=tmp_path / "home")) == folder
    assert (models.engine(folder), models.languages(folder)) == ("whisper test", ("en", "es"))


def test_a_wrong_byte_keeps_the_model_that_is_there(known: Path, tmp_path: Path) -> None:
    folder = models.install(tmp_path / "home", "test", known)
    (known / "deep" / "model.bin.part2").write_bytes(b"deg")
    with pytest.raises(Refused, match=r"model\.bin is not the file we know"):
        models.install(tmp_path / "home", "test", known)
    assert (folder / "model.bin").read_bytes() == b"abcdef"
    assert [path.name for path in folder.parent.iterdir()] == ["speech"]


def test_a_missing_part_is_said(known: Path, tmp_path: Path) -> None:
    (known / "deep" / "tokenizer.json").unlink()
    with pytest.raises(Refused, match=r"tokenizer\.json is not there"):
        models.install(tmp_path / "home", "test", known)


def test_half_a_model_is_none(tmp_path: Path) -> None:
    models.folder_of(tmp_path).mkdir(parents=True)
    (models.folder_of(tmp_path) / "model.bin").touch()
    assert models.locate(settings(SMSBOT_HOME=tmp_path)) is None
    assert not transcription.ready(settings(SMSBOT_HOME=tmp_path))


def test_without_a_model_nothing_is_understood(tmp_path: Path) -> None:
    with pytest.raises(NotUnderstood) as caught:
        transcription.transcribe(settings(SMSBOT_HOME=tmp_path), b"RIFF", "en", 3)
    assert caught.value.why == "missing"


@pytest.mark.parametrize(
    ("said", "written", "errors"),
    [
        ("One two three.", "one two three", 0),
        ("one two three", "one tree", 2),
        ("one", "one two three", 2),
        ("¿Qué pasó después?", "que paso despues", 0),
        ("I don’t know", "I don't know", 0),
        ("", "you", 1),
    ],
)
def test_errors_are_words_wrong_missing_or_too_many(said: str, written: str, errors: int) -> None:
    assert score(said, written).errors == errors


@dataclass
class Segment:
    text: str
    avg_logprob: float
    start: float = 0.0
    end: float = 2.0


@dataclass
class About:
    duration: float = 4.04


class Whisper:
    """Answers as the engine does: by language, pieces with the logarithm of their probability."""

    def __init__(self, **heard: list[Segment]) -> None:
        self.heard, self.asked = heard, list[str]()

    def transcribe(self, sound: object, language: str, **options: object) -> tuple[list[Segment], "About"]:
        self.asked.append(language)
        return self.heard.get(language, []), About()


SURE, UNSURE = -0.2, -1.0


def test_a_sure_pass_is_enough() -> None:
    whisper = Whisper(en=[Segment(" Hello there. ", SURE), Segment(" ", SURE), Segment("Bye.", SURE)])
    found = child.best(whisper, b"", "en", ("en", "es"))
    pieces = {"pieces": ["Hello there.", "Bye."], "other": []}
    assert found == pieces | {"confidence": 0.819, "language": "en", "seconds": 4.0}
    assert whisper.asked == ["en"]


def test_a_doubtful_pass_is_followed_by_the_other_language_and_the_surer_wins() -> None:
    whisper = Whisper(en=[Segment("Key arrow morning", UNSURE)], es=[Segment("Quiero morirme", SURE)])
    found = child.best(whisper, b"", "en", ("en", "es"))
    assert (found["pieces"], found["language"], found["other"]) == (["Quiero morirme"], "es", ["Key arrow morning"])


def test_silence_is_no_words_in_either_language() -> None:
    found = child.best(Whisper(), b"", "es", ("en", "es"))
    assert (found["pieces"], found["confidence"], found["other"]) == ([], None, [])


def test_an_english_model_hears_english_whoever_speaks() -> None:
    whisper = Whisper(en=[Segment("Hm", UNSURE)])
    child.best(whisper, b"", "es", ("en",))
    assert whisper.asked == ["en"]


def test_a_long_piece_counts_for_more_than_a_short_one() -> None:
    mixed = [Segment("long", SURE, 0, 9), Segment("short", -3.0, 9, 10)]
    assert child.hear(Whisper(en=mixed), b"", "en").confidence == pytest.approx(0.619, abs=0.001)


def test_the_table_names_versions_and_checksums() -> None:
    for model in models.MODELS.values():
        assert all("==" in package for package in model.packages)
        assert all(len(digest) == 64 for _, digest in model.files.values())
        assert json.dumps(model.languages)
