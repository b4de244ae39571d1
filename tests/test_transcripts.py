"""Every conversation in tests/transcripts/ comes out of the engine as it is written there, and all ways are walked."""

import os
from collections import defaultdict
from pathlib import Path

import pytest

from smsbot.transcripts import NotATranscript, Replay, Transcript, coverage, parse, replay
from tests.content_support import shipped

HERE = Path(__file__).parent
FILES = sorted((HERE / "transcripts").glob("*.txt"))

SAMPLE = """\
# A vague first answer is sharpened once; the words are kept, then changed.
flow      intention (en), echo on
facts     session_day = Thursday, December 3; session_time = 10:00 am
numbers   mood_median = 6
heard     did: all but d16
variant   late
seed      7

Tue 16:00  <  Your next session is Thursday.
Tue 16:02  >  (keys) (flagged) feel better
Tue 16:03  >
mié 12:00     (20 hours pass)
keeps     intention = feel better
ends      quiet
"""


@pytest.fixture(scope="module")
def updating(request: pytest.FixtureRequest) -> bool:
    asked = request.config.getoption("--update-transcripts", default=False)
    return bool(asked) or os.environ.get("UPDATE_TRANSCRIPTS") == "1"


def test_a_transcript_prints_as_it_was_read() -> None:
    (found,) = parse(SAMPLE)
    assert found.text() == SAMPLE
    assert found.lines[1].kind == "keys"
    assert found.lines[1].flagged
    assert found.heard == {"did": "all but d16"}


@pytest.mark.parametrize("line", ["Tue 16:00 hello", "flow intention in English", "numbers mood 6"])
def test_a_line_that_is_no_transcript_is_named(line: str) -> None:
    with pytest.raises(NotATranscript, match="file:2"):
        parse(f"flow intention (en)\n{line}\n", "file")


def test_a_transcript_before_its_flow_is_refused() -> None:
    with pytest.raises(NotATranscript, match="begins with"):
        parse("Tue 16:00  <  Hello\n")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_conversations_of_a_file_go_as_written(file: Path, updating: bool) -> None:
    written = parse(file.read_text("utf-8"), file.name)
    played = [_played(one).transcript.text() for one in written]
    if updating:
        file.write_text("\n".join(played), "utf-8")
        return
    for one, told in zip(written, played, strict=True):
        assert told == one.text(), f"{file.name}: {one.title}"


def test_every_step_and_end_is_walked_in_both_languages(
    capsys: pytest.CaptureFixture[str],
) -> None:
    by_flow: dict[tuple[str, str], list[Replay]] = defaultdict(list)
    for file in FILES:
        for one in parse(file.read_text("utf-8"), file.name):
            by_flow[one.flow, one.language].append(_played(one))
    missed = []
    for flow in sorted({flow for flow, _ in by_flow}):
        for language in ("en", "es"):
            steps, ends = coverage(shipped().scripts[flow], tuple(by_flow[flow, language]))
            missed += [f"{flow} ({language}): {name}" for name in sorted(steps | ends)]
            with capsys.disabled():
                print(_figures(flow, language, len(by_flow[flow, language]), len(steps), len(ends)))
    assert not missed


def _played(one: Transcript) -> Replay:
    assert one.flow in shipped().scripts, f"there is no flow '{one.flow}'"
    return replay(shipped().scripts[one.flow], one)


def _figures(flow: str, language: str, count: int, steps: int, ends: int) -> str:
    whole = shipped().scripts[flow].flow
    walked = f"steps {len(whole.steps) - steps}/{len(whole.steps)}, ends {len(whole.ends) - ends}/{len(whole.ends)}"
    return f"  {flow:22} {language}  {count:3} transcripts  {walked}"
