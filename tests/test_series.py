"""Whole inductions as an engaged, a quiet and a struggling patient read them, in both languages; long."""

from collections import Counter
from pathlib import Path

import pytest

from smsbot.simulator import parse, play, printed
from smsbot.simulator.printed import RULE
from tests.api_support import shipped

FILES = sorted((Path(__file__).parent / "transcripts" / "series").glob("*.txt"))
# A patient meets these each session or each week: when and where, the landing, the questionnaires, safety.
RITUAL = 6


def test_the_three_patients_are_there_in_both_languages() -> None:
    kinds = {"engaged", "quiet", "struggling"}
    assert {file.stem for file in FILES} == {f"{kind}_{language}" for kind in kinds for language in ("en", "es")}


def test_no_lesson_comes_twice_and_no_text_more_often_than_there_are_sessions() -> None:
    for file in FILES:
        said = Counter(line[21:] for line in file.read_text("utf-8").split(RULE)[1].splitlines() if line[18:19] == "<")
        assert not [text for text, times in said.items() if times > RITUAL], file.stem
        for language in ("en", "es"):
            lessons = {text for id, _, text in shipped().scripts["lesson"].lines[language].texts()}
            assert not [text for text, times in said.items() if text in lessons and times > 1], file.stem


@pytest.mark.long
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_series_reads_as_it_stands(file: Path, request: pytest.FixtureRequest) -> None:
    written = file.read_text(encoding="utf-8")
    story = parse(written.split(RULE)[0])
    told = printed(story, play(story, shipped()))
    if request.config.getoption("--update-transcripts"):
        file.write_text(told, encoding="utf-8")
    assert told == file.read_text(encoding="utf-8")
