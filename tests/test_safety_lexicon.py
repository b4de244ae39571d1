"""The data of the screen: owned, dated, of known kinds, readable; and the faults of data that is not."""

import tomllib
from pathlib import Path

import pytest

import smsbot.safety
from smsbot.safety import KINDS
from smsbot.safety.lexicon import lexicon
from smsbot.safety.matching import SPECIAL
from smsbot.safety.pattern import PatternFault, read
from smsbot.safety.weighing import MARKS, SILENT

DATA = Path(smsbot.safety.__file__).parent / "data"


def letters(name: str) -> str:
    return {"DIE": "ab", "want": "c", "to": "d", "not": "e"}[name]


def test_every_file_names_owner_version_and_source() -> None:
    for file in DATA.glob("*/*.toml"):
        table = tomllib.loads(file.read_text("utf-8"))
        assert table["owner"]
        assert table["version"]
        assert table["source"]


def test_every_rule_has_a_known_kind_and_tier_and_an_id_of_its_own() -> None:
    for language in lexicon().languages:
        names = [rule.id for rule in language.rules]
        assert len(names) == len(set(names))
        assert {rule.kind for rule in language.rules} <= KINDS | SPECIAL
        assert {rule.tier for rule in language.rules} <= {1, 2, 3, 4, SILENT}


def test_every_mark_the_code_asks_for_exists_in_every_language() -> None:
    for language in lexicon().languages:
        named = {mark for rule in language.rules for mark in rule.lower}
        assert MARKS | named <= language.marks.keys()


def test_every_kind_is_explained() -> None:
    assert all(kind in str(smsbot.safety.__doc__) for kind in KINDS)


def test_a_pattern_knows_gaps_choices_and_what_may_not_follow() -> None:
    pattern = read("want ~1 to? DIE (!want)", letters, frozenset("d"))
    assert pattern.regex.search("c.da")
    assert not pattern.regex.search("c..a")
    assert not pattern.regex.search("cac")
    assert pattern.required[0] == frozenset("c")


def test_a_pattern_that_names_a_negation_says_so() -> None:
    assert read("not want", letters, frozenset()).negates
    assert not read("want", letters, frozenset()).negates


@pytest.mark.parametrize("source", ["want (to", "want to)", "want [to", "want (to | DIE"])
def test_a_pattern_that_cannot_be_read_is_refused(source: str) -> None:
    with pytest.raises(PatternFault):
        read(source, letters, frozenset())
