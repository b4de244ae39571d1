"""What the screen finds, how the words around take it back, and what the context changes."""

import pytest

from smsbot.safety import KINDS, Context, Finding, screen, version


def tier(text: str, context: Context = Context()) -> int | None:
    return screen(text, context).tier


@pytest.mark.parametrize(
    ("text", "expected", "kind"),
    [
        ("im going to kill myself tonight", 1, "suicide"),
        ("I have the pills in my hand", 1, "suicide"),
        ("i took all my pills", 1, "overdose"),
        ("my chest hurts and i cant breathe", 1, "medical_emergency"),
        ("i want to stab my boss", 1, "harm_other"),
        ("i want to die", 2, "suicide"),
        ("everyone would be better off without me", 2, "passive"),
        ("i keep cutting myself", 2, "self_harm"),
        ("the voices tell me to hurt myself", 2, "harm_command"),
        ("my husband hit me again", 2, "abuse"),
        ("my driver smells like alcohol", 2, "unsafe_ride"),
        ("988", 2, "hotline_digits"),
        ("i keep hearing voices", 3, "worry_urgent"),
        ("it burns when i pee", 3, "medical_worry"),
        ("your nurse touched me inappropriately", 3, "misconduct"),
        ("i was molested as a kid", 3, "disclosure"),
        ("my friend wants to kill herself", 3, "other_risk"),
        ("i feel completely hopeless", 3, "distress"),
        ("my brother killed himself", 4, "other_died"),
        ("saltar", 4, "unclear"),
        ("me quiero morir", 2, "suicide"),
        ("me voy a matar esta noche", 1, "suicide"),
        ("me tomé todas las pastillas", 1, "overdose"),
        ("mi esposo me pega", 2, "abuse"),
        ("no puedo más", 3, "distress"),
        ("no doy más", 3, "distress"),
    ],
)
def test_each_kind_is_found_at_its_tier(text: str, expected: int, kind: str) -> None:
    found = screen(text)
    assert (found.tier, found.kind) == (expected, kind)
    assert kind in KINDS


@pytest.mark.parametrize(
    "text",
    [
        "i am not suicidal",
        "i used to want to die years ago",
        "there is a song about wanting to die",
        "no me voy a matar",
        "my sister wants me to watch a movie about suicide",
        "when i was 16 i wanted to kill myself",
    ],
)
def test_what_is_taken_back_is_lowered_but_never_to_nothing(text: str) -> None:
    assert tier(text) in (3, 4)


def test_a_denial_that_names_a_method_stays_a_worry() -> None:
    assert tier("im not going to hang myself") == 3


def test_a_laugh_takes_one_step_only() -> None:
    assert tier("i want to kill myself lol") == 3


@pytest.mark.parametrize(
    "text",
    [
        "i dont know if i want to die",
        "i cant stop thinking about killing myself",
        "why dont i just kill myself",
        "i do not care if i die",
        "nothing will stop me from killing myself",
    ],
)
def test_a_negation_that_denies_nothing_lowers_nothing(text: str) -> None:
    assert tier(text) in (1, 2)


@pytest.mark.parametrize(
    "text",
    [
        "my phone died",
        "this playlist is to die for",
        "kill two birds with one stone",
        "see you at 4",
        "ok",
        "7",
        "pick up milk",
        "para mañana tengo una cita",
        "mi celular se murió",
        "felt warm and heavy",
        "",
        "   ",
        "👍",
    ],
)
def test_ordinary_texts_find_nothing(text: str) -> None:
    assert tier(text) is None


def test_the_finding_names_the_lexicon_and_the_mark_that_lowered_it() -> None:
    found = screen("im not suicidal")
    assert found.version == version()
    assert found.rule is not None
    assert found.rule.startswith("en.suicide_word:negated")


def test_both_languages_are_screened_in_one_text() -> None:
    assert tier("hi, thanks for asking. ya no quiero vivir") == 2


def test_a_wish_and_the_means_in_two_sentences_are_an_emergency() -> None:
    assert tier("i want to die. the gun is in my hand") == 1


def test_dying_in_a_session_is_an_image_but_wanting_to_stay_is_a_wish() -> None:
    soon_after = Context(hours_since_session=20)
    assert tier("i felt like i was dying and came back", soon_after) == 4
    assert tier("i didnt want to come back", soon_after) == 2


def test_driving_counts_only_on_the_day_of_a_session() -> None:
    assert tier("i drove home") is None
    assert screen("i drove home", Context(hours_since_session=3)).kind == "worry_urgent"


def test_a_sentence_cut_over_two_texts_is_read_whole() -> None:
    assert tier("kill myself", Context(recent=("i want to",))) == 2
    assert tier("to die", Context(recent=("i feel so bad i want",))) == 2


def test_an_earlier_wish_alone_does_not_alarm_again() -> None:
    assert tier("thanks", Context(recent=("i want to die",))) is None


def test_a_time_makes_an_earlier_wish_an_emergency() -> None:
    assert tier("tonight", Context(recent=("im going to kill myself",))) == 1


def test_doing_it_means_more_while_an_alert_is_open() -> None:
    text = "im doing it tonight"
    assert tier(text) == 4
    assert tier(text, Context(flag_open=True)) == 1


def test_ayuda_after_a_crisis_reply_is_a_finding_and_still_asks_for_help() -> None:
    assert screen("AYUDA") == Finding(None, None, "es.ayuda", "help", False, version())
    after = screen("AYUDA", Context(flagged_within_24h=True))
    assert (after.tier, after.opt) == (2, "help")


def test_saltar_is_a_skip_only_where_a_question_is_open_and_nothing_was_flagged() -> None:
    assert tier("Saltar", Context(question="words")) is None
    assert tier("saltar", Context(question="words", flagged_within_24h=True)) == 4
    assert tier("quiero saltar del puente") in (1, 2)


@pytest.mark.parametrize("text", ["988", "911!", "741741", "838255", "9-8-8", "988?"])
def test_a_bare_hotline_number_is_tier_two(text: str) -> None:
    assert screen(text).kind == "hotline_digits"


def test_a_number_inside_other_words_is_no_hotline() -> None:
    assert tier("my code is 988123") is None
    assert tier("call me at 5") is None


@pytest.mark.parametrize(
    ("text", "medical"),
    [
        ("can i have a glass of wine tonight?", True),
        ("is it normal to feel dizzy", True),
        ("how much is the next infusion", True),
        ("im pregnant", True),
        ("¿puedo manejar mañana?", True),
        ("¿es normal sentirme así?", True),
        ("what dose did i get", True),
        ("see you tomorrow", False),
        ("felt calm", False),
    ],
)
def test_medical_questions_are_marked(text: str, medical: bool) -> None:
    assert screen(text).medical is medical
