"""Scripted calls against the real routes: each story comes out word for word, each document is valid TwiML."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.call_stories import FOLDER, Story, Teller, stories, world_for

STORIES = list(stories())
QUICK = (
    "asked_at_night.txt",
    "keep.txt",
    "crisis.txt",
    "dropped_and_resumed.txt",
    "text_call_text.txt",
    "unknown_caller.txt",
)
FIRST = {story.file: story.title for story in reversed(STORIES)}
TOLD: dict[str, dict[str, str]] = defaultdict(dict)


PERSONAL = ("Ana", "December", "kinder", "14155550123")
"""A name, the day of a session, own words, a number: not one is spoken to a caller who gave no code."""


def _run(story: Story) -> Any:
    """A few stories are played in every run, all of them in the long one."""
    quick = story.file in QUICK and FIRST[story.file] == story.title
    marks = () if quick else (pytest.mark.long,)
    return pytest.param(story, id=f"{story.file}: {story.title}", marks=marks)


@pytest.mark.parametrize("story", [_run(story) for story in STORIES])
def test_a_call_goes_as_written(story: Story, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    teller = Teller(world_for(story, tmp_path), story)
    told = teller.tell()
    if "code" not in story.settings:
        assert [word for word in PERSONAL if word in "".join(teller.handset.documents)] == []
    if pytestconfig.getoption("--update-transcripts"):
        TOLD[story.file][story.title] = told
        whole = [TOLD[each.file].get(each.title, each.text) for each in STORIES if each.file == story.file]
        (FOLDER / story.file).write_text("\n".join(whole), "utf-8")
    else:
        assert told == story.text


def test_a_clinician_finds_a_story_for_everything_that_can_happen() -> None:
    names = {story.file.removesuffix(".txt") for story in STORIES}
    assert names >= {
        "keep", "hear_and_redo", "delete", "hang_up_in_a_note", "silence", "wrong_keys", "dropped_and_resumed",
        "unknown_caller", "crisis", "consent_refused", "machine", "busy", "text_call_text", "guided_audio",
        "own_words", "clinic", "spanish", "press_9", "flows", "asked_at_night",
    }  # fmt: skip
