"""The engine turns a script, a state and an answer into the next state and what is to be done."""

from dataclasses import replace
from pathlib import Path

import pytest

from smsbot import engine
from smsbot.engine import (
    Alert,
    Clear,
    Close,
    Effect,
    Facts,
    Heard,
    Keep,
    Mark,
    Open,
    Say,
    Script,
    Set,
    State,
    Task,
    Turn,
)  # fmt: skip
from tests.content_support import ENGLISH, FLOW, SPANISH, changed, load, shipped, write

DAY = {"session_day": "Thursday, December 3", "session_time": "10:00 am"}


@pytest.fixture
def small(tmp_path: Path) -> Script:
    return load(write(tmp_path)).scripts["small"]


def made(tmp_path: Path, **texts: str) -> Script:
    return load(write(tmp_path, **texts)).scripts["small"]


def talk(script: Script, *answers: str | Heard, facts: Facts = Facts(), variant: str | None = None) -> Turn:
    """The last turn of a conversation with these answers; the state goes through JSON between turns."""
    turn = engine.start(script, facts, variant)
    for answer in answers:
        heard = answer if isinstance(answer, Heard) else Heard(answer)
        turn = engine.reply(script, State.from_json(turn.state.to_json()), heard, facts)
    return turn


def kinds(turn: Turn) -> list[type[Effect]]:
    return [type(effect) for effect in turn.effects]


PLANNED = Facts(values={"plan": "walk"})


def test_the_start_table_goes_by_what_is_there(small: Script) -> None:
    assert engine.start(small, Facts()).state.step == "words"
    assert engine.start(small, PLANNED).state.step == "came_up"


def test_words_are_kept_and_quoted_only_with_consent(small: Script) -> None:
    quoting = talk(small, "Dinner with my kids", facts=Facts(echo=True))
    assert quoting.effects == (
        Keep("hope", "Dinner with my kids"),
        Say("kept", "text", 'We\'ve kept this: "Dinner with my kids".'),
        Close("kept"),
    )
    assert talk(small, "Dinner with my kids", facts=Facts(echo=False)).says() == ("We've kept your words.",)


def test_flagged_words_are_kept_and_never_quoted(small: Script) -> None:
    turn = talk(small, Heard("I can't go on", flagged=True), facts=Facts(echo=True))
    assert Keep("hope", "I can't go on") in turn.effects
    assert turn.says() == ("We've kept your words.",)
    assert turn.state.kept["hope"].flagged


def test_words_are_never_spoken_back_on_the_phone(small: Script) -> None:
    turn = talk(small, "Dinner with my kids", facts=Facts(echo=True, channel="voice"))
    assert turn.says() == ("We've kept your words.",)


def test_a_long_answer_is_kept_whole_and_quoted_as_an_excerpt(small: Script) -> None:
    long = "walking by the river with my sister " * 20
    turn = talk(small, long, facts=Facts(echo=True))
    assert turn.effects[0] == Keep("hope", long)
    assert len(turn.says()[0]) < 130


def test_a_choice_keeps_its_label_in_the_patients_language_with_its_code(small: Script) -> None:
    spanish = replace(PLANNED, language="es")
    assert talk(small, "1", facts=spanish).effects[0] == Keep("outcome", "lo hice", "did")
    assert talk(small, "LO HICE", facts=spanish).effects[0] == Keep("outcome", "lo hice", "did")


def test_what_does_not_fit_is_restated_once_and_then_taken_as_words(small: Script) -> None:
    once = talk(small, "purple", facts=PLANNED)
    assert once.effects == (Say("came_up", "help", "Reply 1 for yes, 2 for not this time, or SKIP."),)
    assert once.state.restated
    twice = talk(small, "purple", "still purple", facts=PLANNED)
    assert twice.effects[0] == Keep("outcome", "still purple")
    assert twice.state.end == "noted"


def test_a_restated_question_is_spoken_again_whole(small: Script) -> None:
    turn = talk(small, Heard("purple", "speech"), facts=replace(PLANNED, channel="voice"))
    assert turn.says() == ("Did your plan come up? Press 1 for yes, 2 for not this time.",)


def test_from_the_sixth_text_on_nothing_is_restated(small: Script) -> None:
    state = replace(engine.start(small, PLANNED).state, texts=6)
    assert engine.reply(small, state, Heard("purple"), PLANNED).state.end == "noted"


@pytest.mark.parametrize("word", ["SKIP", "skip this one", "Paso", "saltar"])
def test_a_skip_word_goes_where_skipping_goes_and_keeps_nothing(small: Script, word: str) -> None:
    turn = talk(small, word)
    assert turn.state.end == "skipped"
    assert Keep not in kinds(turn)


def test_none_takes_its_branch_and_is_not_kept(small: Script) -> None:
    turn = talk(small, "NONE")
    assert turn.state.end == "skipped"
    assert Keep not in kinds(turn)


@pytest.mark.parametrize("nothing", ["", "   ", "\n"])
def test_nothing_at_all_is_restated_where_there_is_help_and_else_a_skip(small: Script, nothing: str) -> None:
    assert talk(small, nothing, facts=PLANNED).state.restated
    assert talk(small, nothing).state.end == "skipped"


def test_a_recording_counts_as_an_answer_before_its_words_are_known(small: Script) -> None:
    turn = talk(small, Heard("", "recording"), facts=Facts(echo=True, channel="voice"))
    assert turn.state.end == "kept"
    assert turn.says() == ("We've kept your words.",)


def test_an_end_leaves_its_marks_and_says_a_bank_line_first(small: Script) -> None:
    turn = talk(small, "1", facts=PLANNED)
    assert kinds(turn) == [Keep, Mark, Say, Close]
    said = turn.effects[2]
    assert isinstance(said, Say)
    assert said.used[0][0] == "praise"
    assert said.text.endswith("Nothing more to do.")


def test_a_bank_line_heard_lately_is_not_said_again(small: Script) -> None:
    for seed in range(8):
        facts = replace(PLANNED, seed=seed, heard={"praise": frozenset({"p01"})})
        assert talk(small, "1", facts=facts).effects[2].used == (("praise", "p02"),)  # type: ignore[union-attr]


def test_when_all_were_heard_a_bank_begins_again_and_seeds_differ(small: Script) -> None:
    heard = {"praise": frozenset({"p01", "p02"})}
    picked = {
        talk(small, "1", facts=replace(PLANNED, seed=seed, heard=heard)).effects[2].used  # type: ignore[union-attr]
        for seed in range(16)
    }
    assert len(picked) == 2


def test_silence_closes_by_the_silent_end_and_says_nothing(small: Script) -> None:
    turn = engine.expire(small, engine.start(small, Facts()).state, Facts())
    assert turn.effects == (Close("quiet"),)
    assert engine.expire(small, turn.state, Facts()) == Turn(turn.state, ())


def test_after_the_end_a_reply_changes_nothing(small: Script) -> None:
    over = talk(small, "SKIP").state
    assert engine.reply(small, over, Heard("wait"), Facts()) == Turn(over, ())


def test_a_late_answer_is_kept_against_its_question_without_a_word(small: Script) -> None:
    closed = engine.expire(small, engine.start(small, PLANNED).state, PLANNED).state
    turn = engine.late(small, closed, Heard("2"), PLANNED)
    assert turn.effects == (Keep("outcome", "not this time", "missed"),)
    assert turn.state.end == "quiet"


def test_a_reply_fits_by_its_shape(small: Script) -> None:
    choice, words = engine.start(small, PLANNED).state, engine.start(small, Facts()).state
    assert engine.fits(small, choice, Heard("2"), PLANNED)
    assert not engine.fits(small, choice, Heard("My sister called"), PLANNED)
    assert engine.fits(small, words, Heard("My sister called"), Facts())
    assert not engine.fits(small, words, Heard("2"), Facts())
    assert engine.fits(small, words, Heard("skip"), Facts())
    assert engine.fits(small, words, Heard("", "recording"), Facts())


def test_a_missing_first_name_takes_its_comma_along(tmp_path: Path) -> None:
    script = made(tmp_path, en=changed(ENGLISH, "Thank you. It is noted.", "Thank you, {first}. Call {phone}."))
    assert talk(script, "SKIP").says() == ("Thank you. Call your clinic's number.",)
    assert talk(script, "SKIP", facts=Facts(values={"first": "Ana"})).says()[0].startswith("Thank you, Ana.")


def test_what_stands_in_for_a_name_begins_a_sentence_with_a_capital(tmp_path: Path) -> None:
    page = changed(
        ENGLISH, "text: Thank you. It is noted.", "text: >-\n    {clinic} has it. {clinic} keeps it at {clinic}."
    )
    assert talk(made(tmp_path, en=page), "SKIP").says() == ("The clinic has it. The clinic keeps it at the clinic.",)


def test_english_goes_out_in_the_plain_set_and_spanish_keeps_its_accents(tmp_path: Path) -> None:
    texts = {"en": changed(ENGLISH, "Thank you. It", "Thank you, {first}. It")}
    texts["es"] = changed(SPANISH, "Gracias. Queda", "Gracias, {first}. Así queda")
    script = made(tmp_path, **texts)
    assert talk(script, "SKIP", facts=Facts(values={"first": "Zoë"})).says() == ("Thank you, Zoe. It is noted.",)
    assert talk(script, "PASO", facts=Facts("es", values={"first": "Zoë"})).says() == (
        "Gracias, Zoë. Así queda dicho.",
    )


def test_names_in_an_answer_are_only_words(small: Script) -> None:
    turn = talk(small, "{hope} and {first}", facts=Facts(echo=True, values={"first": "Ana"}))
    assert "Ana" not in turn.says()[0]


def test_closed_and_late_variants_are_said_when_they_apply(tmp_path: Path) -> None:
    page = changed(
        ENGLISH, "  text: Is there a hope", "  late: One more note.\n  closed: We are closed.\n  text: Is there a hope"
    )
    script = made(
        tmp_path, en=page, es=changed(SPANISH, "  text: ¿Hay", "  late: Otra.\n  closed: Cerrado.\n  text: ¿Hay")
    )
    assert engine.start(script, Facts(), "late").says() == ("One more note.",)
    assert engine.start(script, Facts(values={"closed": "yes"})).says() == ("We are closed.",)
    assert engine.start(script, Facts(), "nothing_known").says()[0].startswith("Is there a hope")


def test_a_step_is_passed_over_when_its_fact_is_known(tmp_path: Path) -> None:
    script = made(tmp_path, flow=changed(FLOW, "    keep: hope", "    keep: hope\n    unless: plan"))
    assert talk(script, "2", facts=PLANNED).state.end == "skipped"


def test_a_conversation_may_begin_at_an_entry(tmp_path: Path) -> None:
    script = made(tmp_path, flow=changed(FLOW, "silence: quiet\n", "silence: quiet\nentries: [words]\n"))
    assert engine.start(script, PLANNED, "words").state.step == "words"


def test_a_step_may_set_alert_and_mark_by_the_branch_taken(tmp_path: Path) -> None:
    extra = "    sets: pace\n    alert: {missed: lost}\n    task: {did: praise_them}\n    marks: {unclear: odd}\n"
    script = made(tmp_path, flow=changed(FLOW, "    keep: outcome", f"{extra}    keep: outcome"))
    missed = talk(script, "2", facts=PLANNED)
    assert kinds(missed) == [Keep, Set, Alert, Say]
    assert missed.effects[1:3] == (Set("pace", "missed"), Alert("lost"))
    assert Task("praise_them") in talk(script, "1", facts=PLANNED).effects
    odd = talk(script, "purple", "purple", facts=PLANNED)
    assert Mark("odd") in odd.effects
    assert Set not in kinds(odd)


def test_an_end_tells_staff_first_then_the_patient_then_opens_what_follows(tmp_path: Path) -> None:
    end = "kept:    {says: kept, alert: a, task: t, clears: [hope], sets: {pace: light}, opens: small}"
    turn = talk(made(tmp_path, flow=changed(FLOW, "kept:    {says: kept}", end)), "A walk")
    assert kinds(turn) == [Keep, Alert, Task, Clear, Set, Say, Close, Open]
    assert turn.effects[-1] == Open("small")


NUMBER = changed(
    changed(FLOW, "    ask: words\n    keep: hope", "    ask: number\n    range: 0-10\n    keep: mood"),
    "go: {none: skipped, otherwise: kept}",
    "go: {low: noted, unclear: skipped, otherwise: kept}",
)


@pytest.mark.parametrize(
    ("answer", "numbers", "end"),
    [
        ("2", {}, "noted"),
        ("3", {}, "kept"),
        ("five", {"mood_median": 8.0}, "noted"),
        ("6", {"mood_median": 8.0}, "kept"),
        ("1", {"mood_median": 2.0}, "kept"),
        ("1", {"mood_median": 3.0}, "noted"),
        ("0", {"mood_median": 1.0}, "noted"),
        ("0", {"mood_median": 1.0, "mood_zeros": 2.0}, "kept"),
        ("1", {"mood_median": 1.0, "mood_ratings": 2.0}, "noted"),
        ("1", {"mood_median": 1.0, "mood_ratings": 3.0}, "kept"),
        ("14", {}, None),
    ],
)
def test_a_low_number_is_low_for_this_patient(
    tmp_path: Path, answer: str, numbers: dict[str, float], end: str | None
) -> None:
    pages = {"en": ENGLISH.replace("{hope}", "{mood}"), "es": SPANISH.replace("{hope}", "{mood}")}
    script = made(tmp_path, flow=NUMBER, **pages)
    assert talk(script, answer, facts=Facts(numbers=numbers)).state.end == end


def test_the_intention_of_the_worked_example_goes_as_written() -> None:
    facts = Facts(values=DAY, echo=True)
    turn = talk(
        shipped().scripts["intention"], "feel better", "Laughing with my kids at dinner again", "hmm maybe", "2",
        "Being at the table, not just near it", facts=facts,
    )  # fmt: skip
    assert turn.state.end == "reworded"
    assert turn.state.kept["intention"].value == "Being at the table, not just near it"
    assert turn.state.texts == 6


def test_a_conversation_finishes_on_the_version_it_began(tmp_path: Path) -> None:
    old = made(tmp_path / "a")
    state = engine.start(old, Facts()).state
    stored = Script.from_json(old.to_json())
    new = made(tmp_path / "b", en=changed(ENGLISH, "We've kept your words.", "Other words."))
    assert new.version != state.version == stored.version
    assert engine.reply(stored, state, Heard("A walk"), Facts()).says() == ("We've kept your words.",)


def test_a_state_holds_whatever_was_typed(small: Script) -> None:
    state = talk(small, "half an emoji \ud83d, \u0000, \u2028 and 'quotes\"").state
    assert State.from_json(state.to_json()) == state


def test_words_in_place_of_a_choice_are_kept_under_their_own_name(tmp_path: Path) -> None:
    flow = changed(FLOW, "    keep: outcome", "    keep: outcome\n    keep_words: hope")
    script = made(tmp_path, flow=changed(flow, "unclear: noted}", "words: kept}"))
    assert talk(script, "My sister called", facts=PLANNED).effects[0] == Keep("hope", "My sister called")
    assert talk(script, "2", facts=PLANNED).effects[0] == Keep("outcome", "not this time", "missed")


def test_a_discreet_variant_is_said_on_a_screen_that_others_may_see(tmp_path: Path) -> None:
    variant = "  discreet: A note for you.\n"
    english = changed(ENGLISH, "  text: Is there a hope", f"{variant}  text: Is there a hope")
    script = made(tmp_path, en=english, es=changed(SPANISH, "  text: ¿Hay", f"{variant}  text: ¿Hay"))
    assert engine.start(script, Facts(values={"discreet": "yes"})).says() == ("A note for you.",)
