"""Flows, lines and protocols are joined at load time, and only whole content loads."""

from pathlib import Path

import pytest

from smsbot import content
from smsbot.content import printed
from smsbot.content.signing import content_hash, not_signed, standing
from smsbot.engine import Script
from tests.content_support import ENGLISH, FLOW, PROTOCOL, SPANISH, changed, faults, load, shipped, write

ROOT = Path(__file__).parent.parent


def test_the_shipped_content_loads() -> None:
    found = content.load(*content.locate(ROOT / "nowhere"))
    assert {"intention", "small_win", "mood", "welcome", "preferences"} <= set(found.scripts)
    assert set(found.system) == {"en", "es"}
    assert found.system["en"]["crs_1"].text.startswith("What you wrote")


def test_a_script_survives_json_whole(tmp_path: Path) -> None:
    script = load(write(tmp_path)).scripts["small"]
    assert Script.from_json(script.to_json()) == script
    assert Script.from_json(script.to_json()).to_json() == script.to_json()


def test_layout_and_signatures_do_not_change_the_version(tmp_path: Path) -> None:
    before = load(write(tmp_path / "a")).scripts["small"].version
    spaced = "# a note\n" + changed(ENGLISH, "kept:\n", "\n\nkept:   # another\n")
    signed = changed(spaced, 'signed: {by: "", on: ""}', "signed: {by: Dana, on: 2026-11-20, hash: x}")
    assert load(write(tmp_path / "b", en=signed)).scripts["small"].version == before


@pytest.mark.parametrize("where", ["flow", "en", "es"])
def test_any_word_or_branch_changes_the_version(tmp_path: Path, where: str) -> None:
    before = load(write(tmp_path / "a")).scripts["small"].version
    after = {
        "flow": {"flow": changed(FLOW, "missed: words", "missed: noted")},
        "en": {"en": changed(ENGLISH, "Nothing more", "Nothing else")},
        "es": {"es": changed(SPANISH, "Nada más", "Nada")},
    }[where]
    assert load(write(tmp_path / "b", **after)).scripts["small"].version != before


def test_what_patients_may_say_freely_is_a_quote(tmp_path: Path) -> None:
    script = load(write(tmp_path)).scripts["small"]
    assert script.quotes == ("hope",)
    assert script.quoted("en", 'We kept "{hope}".') == ("hope",)


PLANTED = [
    ("en", "did: [did it]", "done: [did it]", 8, "'done' is not a choice of the step 'came_up'"),
    ("en", "    did: [did it]\n", "", 7, "has no words for the choice 'did'"),
    ("en", "did: [did it]", "did: [not this time]", 9, "names two choices, 'did' and 'missed'"),
    ("en", "{hope}", "{hop}", 16, "nothing fills {hop} here. Did you mean 'hope'?"),
    ("en", "{hope}", "{Hope now}", 16, "small letters, digits and _ only, like {session_day}"),
    ("en", "flow: small", "flow: smal", 1, "says 'flow: smal', and its place says 'small'"),
    ("en", "language: en", "language: es", 1, "says 'language: es', and its place says 'en'"),
    ("en", "flow: small\n", "", 1, "a lines file needs 'flow:'"),
    ("en", "  voice: Did", "  voce: Did", 6, "the line 'came_up' has no 'voce'. Did you mean 'voice'?"),
    ("en", "  text: Nothing more to do.", "  voice: Nothing.", 14, "the line 'done' needs 'text:'"),
    ("en", "  text: Nothing more to do.", "  text: ''", 14, "there are no words here"),
    ("en", 'by: "", on', 'bye: "", on', 3, "'signed' has no 'bye'"),
    ("en", "banks:", "names:\n  pair: '{hop}'\nbanks:", 22, "nothing fills {hop} here"),
    ("es", "    p01: Te diste un momento.", "    p01: {x: y}", 23, "a line should be a text"),
    ("protocol", "flow: small", "flows: small", 6, "has no 'flows'"),
]


@pytest.mark.parametrize(("where", "old", "new", "line", "message"), PLANTED)
def test_a_planted_fault_is_told_at_its_line(
    tmp_path: Path, where: str, old: str, new: str, line: int, message: str
) -> None:
    texts = {"en": ENGLISH, "es": SPANISH, "protocol": PROTOCOL}
    place = "flows/protocols/two.yaml" if where == "protocol" else f"message_templates/{where}/small.yaml"
    found = faults(write(tmp_path, **{where: changed(texts[where], old, new)}))
    assert any(one.startswith(f"{place}:{line}: ") and message in one for one in found), found


def test_a_flow_without_lines_in_a_language_is_a_fault(tmp_path: Path) -> None:
    (write(tmp_path) / "message_templates/es/small.yaml").unlink()
    assert "has no lines in Spanish: add es/small.yaml" in faults(tmp_path)[0]


def test_lines_without_a_flow_are_a_fault(tmp_path: Path) -> None:
    lost = write(tmp_path) / "message_templates/en/lost.yaml"
    lost.write_text("flow: lost\nlanguage: en\na: Hello.\n", "utf-8")
    assert "these lines belong to no flow: there is no flows/lost.yaml" in faults(tmp_path)[0]


def test_a_file_that_is_not_utf_8_is_a_fault_at_its_line(tmp_path: Path) -> None:
    file = write(tmp_path) / "message_templates/es/small.yaml"
    file.write_bytes(file.read_text("utf-8").encode("latin-1"))
    assert "message_templates/es/small.yaml:5: this is not saved as UTF-8" in faults(tmp_path)[0]


def test_system_lines_are_read_by_language(tmp_path: Path) -> None:
    write(tmp_path)
    for language in ("en", "es"):
        page = f"flow: system\nlanguage: {language}\nhelp: Call {{phone}}.\n"
        (tmp_path / f"message_templates/{language}/system.yaml").write_text(page, "utf-8")
    assert load(tmp_path).system["es"]["help"].text == "Call {phone}."


def test_a_signature_stands_until_a_word_changes(tmp_path: Path) -> None:
    hash = content_hash(load(write(tmp_path)), "en", "small")
    signed = changed(ENGLISH, 'by: "", on: ""', f"by: Dana, on: 2026-11-20, hash: {hash}")
    assert standing(load(write(tmp_path, en=signed)), "en", "small") == "signed"
    again = load(write(tmp_path, en=changed(signed, "Nothing more", "Nothing else")))
    assert standing(again, "en", "small") == "changed"
    assert not_signed(again) == [("en", "small", "changed"), ("es", "small", "unsigned")]


def test_a_changed_branch_un_signs_both_languages(tmp_path: Path) -> None:
    before = load(write(tmp_path / "a"))
    after = load(write(tmp_path / "b", flow=changed(FLOW, "missed: words", "missed: noted")))
    assert content_hash(before, "es", "small") != content_hash(after, "es", "small")


def test_a_clinics_own_copy_comes_before_the_one_that_was_installed(tmp_path: Path) -> None:
    assert content.locate(tmp_path)[0] != tmp_path / "flows"
    write(tmp_path)
    assert content.locate(tmp_path) == (tmp_path / "flows", tmp_path / "message_templates")


def test_the_words_of_pages_are_read_and_each_one_missing_or_idle_is_a_fault(tmp_path: Path) -> None:
    write(tmp_path)
    whole = "flow: pages\nlanguage: en\n" + "".join(f"{name}: A word.\n" for name in sorted(printed.NEEDED))
    file = tmp_path / "message_templates/en/pages.yaml"
    file.write_text(whole, "utf-8")
    assert load(tmp_path).printed["en"]["title"] == "A word."
    file.write_text(whole.replace("card_title:", "card_titel:"), "utf-8")
    assert [fault.partition(": ")[2] for fault in faults(tmp_path)] == [
        "a page that patients read needs the line 'card_title'. Add it.",
        "no page shows 'card_titel'. Take it out.",
    ]


def test_what_the_shipped_pages_show_is_there_in_both_languages() -> None:
    assert {language: set(words) for language, words in shipped().printed.items()} == {
        "en": printed.NEEDED,
        "es": printed.NEEDED,
    }
