"""The screen on the labelled texts: no level may fall below its bar (RELIABILITY.md 9, C1-C4, C7, C8, C12).

The texts of the writers who had seen nothing (`_writer_`) are measured apart, with bars just under today's figures:
tests/safety/README.md says how far those are from the goals. A sample of them is read by default, all in the long run.
"""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pytest

from smsbot.cli.screen_measure import Labelled, Rates, by_level, lost_in_disguise, parse
from smsbot.safety import Context, screen
from smsbot.safety.finding import Finding

FOLDER = Path(__file__).parent / "safety"
EVERY = [one for file in sorted(FOLDER.glob("*.tsv")) for one in parse(file.read_text("utf-8").splitlines(), file.stem)]
ASIDE = [
    one
    for file in sorted((FOLDER / "aside").glob("*.tsv"))
    for one in parse(file.read_text("utf-8").splitlines(), file.stem)
]
TEXTS = [one for one in EVERY if "_writer_" not in one.source]
WRITERS = [one for one in EVERY if "_writer_" in one.source]
SAMPLE = 5
ENDS_THE_TEXTS_AS_WELL = {
    "You can stop sending me these. I won't be much for answering after this week.",
    "no more checkins after this one bestie. tonight's the night and i got everything i need in the drawer <3",
    "ya no me manden nada, mañana no habrá quién conteste",
    "ya no me puedo controlar, tengo miedo de mi, ven mi amor (perdon numero equivocado pero si)",
}
"""Dangers that also ask to end the texts, or say the number is wrong."""


@cache
def judged(text: str) -> Finding:
    return screen(text)


def rates(language: str, *levels: str, among: Sequence[Labelled] = TEXTS) -> Rates:
    wanted = [one for one in among if one.level in levels and one.language in (language, "both")]
    assert wanted
    return Rates.of([judged(one.text) for one in wanted])


@pytest.mark.parametrize(("language", "bar"), [("en", 0.95), ("es", 0.97)])
def test_explicit_acute_and_imminent_texts_are_found(language: str, bar: float) -> None:
    assert rates(language, "explicit", "acute", "imminent").alarmed >= bar


@pytest.mark.parametrize("language", ["en", "es"])
def test_imminent_texts_are_emergencies(language: str) -> None:
    assert rates(language, "imminent").emergency >= 0.95


@pytest.mark.parametrize(("language", "bar"), [("en", 0.94), ("es", 0.92)])
def test_indirect_texts_are_found(language: str, bar: float) -> None:
    assert rates(language, "elevated", "implicit").any_tier >= bar


@pytest.mark.parametrize("language", ["en", "es"])
def test_hard_negatives_rarely_alarm(language: str) -> None:
    found = rates(language, "idiom")
    assert found.paged <= 0.05
    assert found.alarmed <= 0.10


@pytest.mark.parametrize(("language", "bar"), [("en", 0.005), ("es", 0.012)])
def test_everyday_texts_do_not_alarm(language: str, bar: float) -> None:
    found = rates(language, "everyday")
    assert found.paged == 0
    assert found.alarmed <= bar


WRITERS_FOUND = [("en", 0.81, 0.73, 0.78), ("es", 0.85, 0.80, 0.69)]


def judge_writers(language: str, found: float, emergency: float, indirect: float, among: list[Labelled]) -> None:
    assert rates(language, "explicit", "acute", "imminent", among=among).alarmed >= found
    assert rates(language, "imminent", among=among).emergency >= emergency
    assert rates(language, "elevated", "implicit", among=among).any_tier >= indirect
    assert rates(language, "everyday", among=among).alarmed <= 0.025


@pytest.mark.parametrize(("language", "found", "emergency", "indirect"), WRITERS_FOUND)
def test_a_sample_of_what_the_writers_wrote_is_found(
    language: str, found: float, emergency: float, indirect: float
) -> None:
    judge_writers(language, found - 0.05, emergency - 0.05, indirect - 0.05, WRITERS[::SAMPLE])


@pytest.mark.long
@pytest.mark.parametrize(("language", "found", "emergency", "indirect"), WRITERS_FOUND)
def test_all_that_the_writers_wrote_is_found(language: str, found: float, emergency: float, indirect: float) -> None:
    judge_writers(language, found, emergency, indirect, WRITERS)


def test_texts_about_sessions_are_told_apart() -> None:
    assert rates("en", "session_danger").any_tier >= 0.98
    assert rates("en", "session_safe").paged <= 0.05


@pytest.mark.parametrize(("level", "bar"), [("stop_en", 0.98), ("stop_es", 0.95), ("stop_pt", 0.90)])
def test_requests_to_stop_are_heard(level: str, bar: float) -> None:
    assert rates("en", level).stopped >= bar


def test_nobody_is_unsubscribed_against_their_will() -> None:
    every = [one for one in [*TEXTS, *WRITERS[::SAMPLE]] if not one.level.startswith("stop")]
    others = [one.text for one in every if one.text not in ENDS_THE_TEXTS_AS_WELL]
    assert [text for text in others if judged(text).opt == "stop"] == []


def test_disguises_cost_little_recall() -> None:
    lost = lost_in_disguise(screen, [one for one in TEXTS if one.level in ("imminent", "explicit")][::7])
    assert {name: share for name, share in lost.items() if share > 0.06} == {}
    assert sum(lost.values()) / len(lost) <= 0.02


def always(tier: int | None) -> Callable[[str, Context], Finding]:
    return lambda text, context: Finding(tier, "suicide" if tier else None, None, None, False, "v")


def test_the_report_tells_parts_and_languages_apart() -> None:
    texts = parse(["explicit\tsuicide\tone", "idiom\t\ttwo"], "fresh_en_x")
    assert set(by_level(always(2), texts)) == {"en explicit held out", "en idiom held out"}
    assert by_level(always(2), texts)["en idiom held out"].paged == 1


def test_a_screen_that_only_reads_clean_text_loses_everything_in_disguise() -> None:
    seen = Labelled("explicit", "suicide", "i don't want life", "en", True)

    def clean(text: str, context: Context) -> Finding:
        return always(2 if text == seen.text else None)(text, context)

    assert lost_in_disguise(clean, [seen])["shouted"] == 1.0


@pytest.mark.long
@pytest.mark.parametrize(("language", "grave", "indirect"), [("en", 0.54, 0.56), ("es", 0.61, 0.54)])
def test_texts_nobody_tuned_on_are_found_no_less_often_than_when_last_measured(
    language: str, grave: float, indirect: float
) -> None:
    assert rates(language, "imminent", "acute", "explicit", among=ASIDE).alarmed >= grave
    assert rates(language, "elevated", "implicit", among=ASIDE).any_tier >= indirect
    assert rates(language, "everyday", among=ASIDE).alarmed <= 0.01
