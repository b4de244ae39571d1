"""How words, days, hours and numbers look in a text and sound in a call."""

import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsbot.hours import DAYS, Hours
from smsbot.placeholders import PLACEHOLDERS
from smsbot.render import clock, day, excerpt, is_gsm, moment, opening, phone, spoken, window, xml_safe

NEW_YORK = ZoneInfo("America/New_York")
HOURS = Hours(
    {"mon": ["09:00-17:00"], "tue": ["09:30-16:30"], "wed": ["08:00-12:00", "13:00-16:00"]}, ["2026-12-07"], NEW_YORK
)
ANY_TEXT = st.text(st.characters(), max_size=300)


def at(text: str) -> datetime:
    """A New York wall time as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK).astimezone(UTC)


@given(ANY_TEXT)
def test_no_text_makes_xml_that_cannot_be_read(text: str) -> None:
    element = ET.Element("Message")
    element.text = xml_safe(text)
    assert ET.fromstring(ET.tostring(element)).tag == "Message"


def test_xml_safety_takes_only_what_xml_forbids() -> None:
    assert xml_safe("a\x00b\x0bc\ud800d\ufffee\n<&😀\t") == "abcde\n<&😀\t"


def test_a_short_english_excerpt_is_the_words_themselves() -> None:
    assert excerpt("Laughing with my kids at dinner again", "en") == "Laughing with my kids at dinner again"


def test_a_long_english_excerpt_ends_at_a_word_within_90() -> None:
    words = "I would like to be more patient with my son when he comes home late, and to listen to him before I speak"
    shown = excerpt(words, "en")
    assert shown == "I would like to be more patient with my son when he comes home late, and to listen to..."
    assert len(shown) <= 90


def test_a_spanish_excerpt_keeps_its_accents_within_69() -> None:
    shown = excerpt("Quisiera hablarle a mi mamá con más calma cuando está enferma y no callarme después", "es")
    assert shown == "Quisiera hablarle a mi mamá con más calma cuando está enferma y no..."
    assert len(shown) <= 69


def test_an_english_excerpt_drops_accents_emoji_and_line_breaks() -> None:
    assert excerpt("my mamá’s\n\nkitchen 😀", "en") == "my mama's kitchen"


def test_inner_quotes_become_single_ones() -> None:
    assert excerpt("say “no” once", "en") == "say 'no' once"


@pytest.mark.parametrize("words", ["", "   ", "😀😀", "...", "我想要平静", "I love 妈妈 so"])
def test_words_that_cannot_be_shown_faithfully_are_not_shown(words: str) -> None:
    assert excerpt(words, "en") == ""


def test_one_endless_word_is_cut_without_breaking_a_letter() -> None:
    assert excerpt("a" * 200, "en") == "a" * 87 + "..."
    assert excerpt("x" + "👩‍👧" * 40, "es").removesuffix("...").endswith("👧")


@given(ANY_TEXT, st.sampled_from(["en", "es"]))
def test_an_excerpt_always_fits_its_line(words: str, language: str) -> None:
    shown = excerpt(words, language)
    assert "\n" not in shown
    assert '"' not in shown
    if language == "en":
        assert is_gsm(shown)
        assert len(shown) <= 90
    else:
        assert len(shown.encode("utf-16-le")) // 2 <= 69


def test_days_and_times_are_written_as_each_language_does() -> None:
    assert day(date(2026, 12, 3), "en") == "Thursday, December 3"
    assert day(date(2026, 12, 3), "es") == "jueves 3 de diciembre"
    assert [clock(time(hour), "en") for hour in (0, 9, 12, 23)] == ["12:00 am", "9:00 am", "12:00 pm", "11:00 pm"]
    assert clock(time(9, 5), "es") == "9:05"


@pytest.mark.parametrize(
    ("now", "english", "spanish"),
    [
        ("2026-11-22T15:00", "tomorrow at 9 am", "mañana a las 9"),
        ("2026-11-23T07:00", "today at 9 am", "hoy a las 9"),
        ("2026-11-23T18:00", "tomorrow at 9:30 am", "mañana 9:30"),
        ("2026-11-25T12:30", "today at 1 pm", "hoy a las 13"),
        ("2026-11-25T18:00", "Monday at 9 am", "el lunes a las 9"),
        ("2026-12-02T18:00", "Tuesday at 9:30 am", "el martes 9:30"),
    ],
)
def test_the_next_opening_is_named_as_people_would(now: str, english: str, spanish: str) -> None:
    opens = HOURS.opens_next(at(now))
    assert moment(opens, at(now), "en") == english
    assert moment(opens, at(now), "es") == spanish


def test_an_opening_a_week_away_is_named_by_its_date() -> None:
    opens = datetime(2026, 12, 3, 9, tzinfo=NEW_YORK)
    assert moment(opens, at("2026-11-22T15:00"), "en") == "December 3"
    assert moment(opens, at("2026-11-22T15:00"), "es") == "el 3 de diciembre"


@pytest.mark.parametrize(
    ("now", "english", "spanish"),
    [
        ("2026-11-22T15:00", "from tomorrow at 9 am", "desde mañana 9:00"),
        ("2026-11-23T07:00", "from 9 am", "desde las 9:00"),
        ("2026-11-25T18:00", "from Monday at 9 am", "desde el lunes 9:00"),
        ("2026-11-22T14:00", "from December 3", "desde el 3 de diciembre"),
    ],
)
def test_a_number_says_from_when_it_is_answered(now: str, english: str, spanish: str) -> None:
    opens = HOURS.opens_next(at(now)) if "December" not in english else datetime(2026, 12, 3, 9, tzinfo=NEW_YORK)
    assert opening(opens, at(now), "en") == english
    assert opening(opens, at(now), "es") == spanish


@pytest.mark.parametrize(
    ("now", "english", "spanish"),
    [
        ("2026-11-23T10:00", "today 9 am-5 pm", "hoy 9:00-17:00"),
        ("2026-11-22T10:00", "tomorrow 9 am-5 pm", "mañana 9:00-17:00"),
        ("2026-11-25T12:30", "today 1 pm-4 pm", "hoy 13:00-16:00"),
        ("2026-11-25T18:00", "Monday 9 am-5 pm", "lunes 9:00-17:00"),
        ("2026-12-02T18:00", "Tue 9:30 am-4:30 pm", "martes 9:30-16:30"),
    ],
)
def test_the_window_is_the_clinics_own_next_hours(now: str, english: str, spanish: str) -> None:
    start = HOURS.reads_from(at(now))
    assert window(start, HOURS, at(now), "en") == english
    assert window(start, HOURS, at(now), "es") == spanish


def test_no_opening_says_nothing_so_that_the_fallback_speaks() -> None:
    assert moment(None, at("2026-11-22T15:00"), "en") == ""
    assert window(None, HOURS, at("2026-11-22T15:00"), "es") == ""
    assert opening(None, at("2026-11-22T15:00"), "es") == ""


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
    st.sampled_from(DAYS),
    st.sampled_from(["09:00-17:00", "10:30-12:30", "09:30-16:45", "00:30-23:45"]),
    st.sampled_from(["en", "es"]),
    st.integers(0, 21),
)
def test_hours_never_outgrow_the_longest_value_lines_are_measured_with(
    now: datetime, weekday: str, span: str, language: str, closed: int
) -> None:
    away = [(now.date() + timedelta(days=ahead)).isoformat() for ahead in range(closed)]
    hours = Hours({weekday: [span]}, away, NEW_YORK)
    read = window(hours.reads_from(now), hours, now, language)
    assert len(read) <= len(PLACEHOLDERS["window"].longest_in(language))
    assert len(moment(hours.opens_next(now), now, language)) <= len(PLACEHOLDERS["reopen"].longest_in(language))
    number = f"(617) 555-0100 {opening(hours.opens_next(now), now, language)}"
    assert len(number) <= len(PLACEHOLDERS["phone"].longest_in(language))


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_day_of_the_year_outgrows_the_longest_value(language: str) -> None:
    days = (date(2026, 1, 1) + timedelta(days=ahead) for ahead in range(366))
    assert max(len(day(one, language)) for one in days) <= len(PLACEHOLDERS["session_day"].longest_in(language))


def test_telephone_numbers_are_shown_as_people_write_them() -> None:
    assert phone("+16175550100") == "(617) 555-0100"
    assert phone("+525555550100") == "+525555550100"


@pytest.mark.parametrize(
    ("text", "sounds"),
    [
        ("Call or text 988 any time.", "Call or text 9 8 8 any time."),
        ("Call 911.", "Call 9 1 1."),
        ("Llama al 988 y marca 2", "Llama al 9 8 8 y marca 2"),
        ("(617) 555-0100", "6 1 7, 5 5 5, 0 1 0 0"),
        ("+1 617-555-0100", "6 1 7, 5 5 5, 0 1 0 0"),
        ("800-656-4673", "8 0 0, 6 5 6, 4 6 7 3"),
        ("text 741741", "text 7 4 1 7 4 1"),
        ("at 9:30 am on December 3", "at 9:30 am on December 3"),
        ("0 to 10, in 2026", "0 to 10, in 2026"),
        ("9 8 8", "9 8 8"),
    ],
)
def test_hotlines_and_numbers_are_spoken_digit_by_digit(text: str, sounds: str) -> None:
    assert spoken(text) == sounds
    assert spoken(sounds) == sounds
