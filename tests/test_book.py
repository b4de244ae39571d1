"""The document to sign holds every word, time and branch that a protocol can lead to."""

import re
import shutil
from html import unescape
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from smsbot.answers import KINDS
from smsbot.book import book
from smsbot.book.chapters import branch_words, chapter, flows_of, touches
from smsbot.cli.book import BROWSERS
from smsbot.cli.book import book as command
from smsbot.content.signing import content_hash
from smsbot.number_tests import NUMBER_TESTS
from tests.content_support import FLOW, changed, load, shipped, write

SHIPPED = shipped()
app = typer.Typer()
app.command()(command)


def plain(html: str) -> str:
    """The words of a page, without its marks."""
    bare = re.sub(r'<span class="name">(\w+)</span>', r"{\1}", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", bare)).split())


@pytest.mark.parametrize("protocol", sorted(SHIPPED.protocols))
def test_every_word_in_both_languages_is_in_the_book(protocol: str) -> None:
    told = plain(book(SHIPPED, protocol, pictures=False))
    for page in SHIPPED.pages.values():
        for _, _, words in page.lines.texts():
            assert words in told


@pytest.mark.parametrize("protocol", sorted(SHIPPED.protocols))
def test_every_touch_is_there_with_its_time(protocol: str) -> None:
    told = plain(book(SHIPPED, protocol, pictures=False))
    for rule in SHIPPED.protocols[protocol].rules:
        assert rule.due.text in told
    assert len(touches(SHIPPED, protocol)) == len(SHIPPED.protocols[protocol].rules)


def test_every_page_has_its_code_to_sign(tmp_path: Path) -> None:
    found = load(write(tmp_path))
    html = book(found, "two")
    assert content_hash(found, "en", "small") in html
    assert content_hash(found, "es", "small") in html
    assert html.count("<svg") == 1


def test_a_flow_that_another_opens_follows_it(tmp_path: Path) -> None:
    write(tmp_path, flow=changed(FLOW, "kept:    {says: kept}", "kept:    {says: kept, opens: after}"))
    for place in ("flows/{}.yaml", "message_templates/en/{}.yaml", "message_templates/es/{}.yaml"):
        text = (tmp_path / place.format("small")).read_text("utf-8")
        for name in ("after", "aaa"):
            words = text.replace("flow: small", f"flow: {name}").replace(", opens: after", "")
            (tmp_path / place.format(name)).write_text(words, "utf-8")
    assert flows_of(load(tmp_path), "two") == ("small", "after", "aaa")


def test_branches_are_told_in_both_languages() -> None:
    passages = {passage.name: passage for passage in chapter(SHIPPED, "intention", "induction").passages}
    ways = dict(passages["confirm"].ways)
    assert ways["2 change it / cambiarla"] == "reword"
    assert ways["no answer"] == "quiet"


def test_every_branch_word_is_explained() -> None:
    told = dict(branch_words())
    assert {*KINDS, *NUMBER_TESTS, "words", "otherwise"} == set(told)
    assert all(len(about) > 12 for about in told.values())


def test_words_of_content_are_text_and_never_markup(tmp_path: Path) -> None:
    english = (write(tmp_path) / "message_templates/en/small.yaml").read_text("utf-8")
    spoiled = changed(english, "Nothing more to do.", "<script>x</script>")
    assert "<script>" not in book(load(write(tmp_path, en=spoiled)), "two")


@pytest.mark.browser
@pytest.mark.skipif(not any(map(shutil.which, BROWSERS)), reason="no browser is installed here")
def test_a_pdf_is_printed_by_an_installed_browser(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["minimal", "--out", str(tmp_path / "book.pdf"), "--no-pictures"])
    assert result.exit_code == 0
    assert (tmp_path / "book.pdf").read_bytes().startswith(b"%PDF")


def test_without_a_browser_the_page_is_offered_instead(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["minimal", "--out", str(tmp_path / "book.pdf")], env={"PATH": str(tmp_path)})
    assert result.exit_code == 1
    assert "Write .html" in result.output
