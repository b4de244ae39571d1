"""The consent form says every point that has to be said, in both languages, with three separate ticks."""

import pytest

from smsbot.rulebook import forms

LANGUAGES = ("en", "es")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("version", forms.versions())
def test_each_version_has_its_points_and_its_separate_ticks(version: str, language: str) -> None:
    found = forms.form(version, language)
    assert found
    assert len(found.points) >= 13
    assert len({found.ticks[kind] for kind in forms.TICKS}) == 3
    for needed in ("STOP", "911", "988", "18", "10"):
        assert needed in " ".join((*found.points, *found.ticks.values()))


def test_both_languages_say_the_same_number_of_things() -> None:
    for version in forms.versions():
        english, spanish = (forms.form(version, language) for language in LANGUAGES)
        assert english
        assert spanish
        assert len(english.points) == len(spanish.points)


def test_a_form_of_the_clinics_own_is_not_made_up() -> None:
    assert forms.form("clinic-7", "en") is None
