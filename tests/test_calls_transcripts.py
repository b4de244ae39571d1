"""Scripted calls against the real routes: each story comes out word for word, each document is valid TwiML."""

from collections import defaultdict

import pytest

from tests.api_support import World
from tests.call_stories import FOLDER, Story, Teller, stories

STORIES = list(stories())
TOLD: dict[str, list[str]] = defaultdict(list)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: f"{story.file}: {story.title}")
def test_a_call_goes_as_written(world: World, story: Story, pytestconfig: pytest.Config) -> None:
    told = Teller(world, story).tell()
    if pytestconfig.getoption("--update-transcripts"):
        TOLD[story.file].append(told)
        (FOLDER / story.file).write_text("\n".join(TOLD[story.file]), "utf-8")
    else:
        assert told == story.text


def test_a_clinician_finds_a_story_for_everything_that_can_happen() -> None:
    names = {story.file.removesuffix(".txt") for story in STORIES}
    assert names >= {
        "keep", "hear_and_redo", "delete", "hang_up_in_a_note", "silence", "wrong_keys", "dropped_and_resumed",
        "unknown_caller", "crisis", "consent_refused", "machine", "busy", "text_call_text", "guided_audio",
        "own_words", "clinic", "spanish", "press_9", "flows",
    }  # fmt: skip
