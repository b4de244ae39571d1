"""What patients bring up beside any question gets its own words, and staff get what is theirs."""

from datetime import timedelta

import pytest

from smsbot.inbox.asides import ASIDES
from smsbot.models import Answer, Conversation, JournalEntry, Task
from tests.api_support import World, shipped
from tests.phone_support import Phone, joined
from tests.test_inbox import begin, rows


@pytest.fixture
def ana(world: World) -> Phone:
    return joined(world)


BROUGHT_UP = {
    "I might be pregnant": ("prg_1", "decide_before_session"),
    "I relapsed last night": ("sub_1", "distress"),
    "I've been dizzy since the session": ("sfx_1", "distress"),
    "I can't afford this": ("cst_1", "cost"),
    "are you a real person?": ("real", None),
    "please delete my data": ("dat_1", "privacy"),
    "what are you wearing": ("boundary", "line_misuse"),
    "I'm so angry at the clinic": ("ang_1", "complaint"),
    "can you tell my therapist about this": ("thr_1", None),
    "what do I tell my friends about this": ("frd_1", None),
    "I realized I need to leave my husband": ("big_1", None),
    "I'm moving to Denver next month": ("mvc_1", "moving_away"),
    "my dog died": ("grf_1", None),
    "my son is in the hospital": ("lif_1", None),
    "I had a horrible nightmare": ("ngt_1", None),
}


def test_each_topic_has_its_own_line_and_its_item_for_staff(ana: Phone) -> None:
    for words, (line, task) in BROUGHT_UP.items():
        before = len(rows(ana.world, Task))
        assert [text.line for text in ana.text(words)] == [line], words
        found = [row.kind for row in rows(ana.world, Task)[before:] if row.kind != "unclear_words"]
        assert found == ([task] if task else []), words
        ana.wait(hours=1, minutes=1)


def test_who_is_this_after_joining_is_told_and_may_leave(ana: Phone) -> None:
    assert [text.line for text in ana.text("who is this?")] == ["check"]
    assert [text.line for text in ana.text("2")] == ["wrong"]
    assert ana.text("hello") == []


def test_travel_asks_for_the_city_and_staff_set_the_zone(ana: Phone) -> None:
    assert [text.line for text in ana.text("I'm traveling next week")] == ["city"]
    assert ana.lines("Lisbon") == ["told"]
    assert "time_zone" in [row.kind for row in rows(ana.world, Task)]


def test_the_same_again_within_the_hour_is_only_kept(ana: Phone) -> None:
    assert [text.line for text in ana.text("are you a bot")] == ["real"]
    assert ana.text("is this a bot?") == []


def test_a_hard_day_lets_the_open_question_go_and_holds_the_next(ana: Phone) -> None:
    begin(ana, "reflection_two")
    assert [text.line for text in ana.text("my dog died")] == ["grf_1"]
    assert rows(ana.world, Conversation)[-1].ended_as == "let_go"
    until = ana.patient().hold_asks_until
    assert until is not None
    assert timedelta(days=2) < until - ana.world.watch.now <= timedelta(days=3)


def test_words_that_were_asked_for_are_the_answer(ana: Phone) -> None:
    begin(ana, "reflection_two")
    ana.lines("I realized I need to leave my job")
    kept = [row.name for row in rows(ana.world, Answer)]
    assert "stayed" in kept


def test_a_picture_or_a_bare_link_leaves_the_question_open(ana: Phone) -> None:
    begin(ana, "reflection_two")
    assert [text.line for text in ana.text("", media=1)] == ["photo"]
    assert ana.text("https://example.org/x") == []
    assert rows(ana.world, Conversation)[-1].state == "open"


def test_pregnancy_is_never_said_back(ana: Phone) -> None:
    ana.text("I might be pregnant")
    assert [entry.flagged for entry in rows(ana.world, JournalEntry)] == [True]


def test_hard_offers_help_first_and_staff_have_it_on_their_list(ana: Phone) -> None:
    assert "988" in ana.reply("HARD").twiml
    assert [text.line for text in ana.fresh()] == ["what"]
    assert "distress" in [row.kind for row in rows(ana.world, Task)]
    ana.wait(seconds=20)
    assert next(text.line for text in ana.text("4")).startswith("crs_2")


@pytest.mark.parametrize(("word", "line"), [("PROMPT", "prompt"), ("DISCREET", "discreet"), ("tema", "prompt")])
def test_a_word_brings_it_any_time(ana: Phone, word: str, line: str) -> None:
    assert [text.line for text in ana.text(word)] == [line]


def test_private_hides_an_answer_and_share_gives_it_back(ana: Phone) -> None:
    begin(ana, "reflection_two")
    ana.lines("a quiet room", "SKIP")
    assert [text.line for text in ana.text("PRIVATE")] == ["prv_1"]
    assert [row.hidden for row in rows(ana.world, Answer) if row.name == "stayed"] == [True]
    assert [entry.private for entry in rows(ana.world, JournalEntry)] == [True]
    assert [text.line for text in ana.text("SHARE")] == ["shared_again"]
    assert [row.hidden for row in rows(ana.world, Answer) if row.name == "stayed"] == [False]
    assert [entry.private for entry in rows(ana.world, JournalEntry)] == [False]


def test_every_aside_names_lines_and_flows_that_exist() -> None:
    content = shipped()
    for aside in ASIDES.values():
        for line in (aside.says, aside.closed):
            assert line is None or all(line in page for page in content.system.values())
        assert aside.opens is None or aside.opens in content.scripts


def test_the_time_of_day_is_changed_by_text_as_the_menu_says(ana: Phone) -> None:
    assert "TIME OF DAY" in ana.text("MENU")[0].body
    assert [text.line for text in ana.text("Time of day")] == ["when"]
    assert [text.line for text in ana.text("4")] == ["settled"]
    assert ana.patient().preferred_time == "18:30"


def test_a_disclosure_stops_the_questions_for_two_days(ana: Phone) -> None:
    begin(ana, "reflection")
    assert [text.line for text in ana.text("my uncle touched me when I was a kid")] == ["dis_1"]
    assert rows(ana.world, Conversation)[-1].ended_as == "let_go"
    until = ana.world.watch.now + timedelta(hours=48)
    assert (ana.patient().hold_asks_until, ana.patient().upbeat_hold_until) == (until, until)
    assert "say_more" not in [text.line for text in ana.text("1")]
