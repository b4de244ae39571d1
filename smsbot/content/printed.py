"""The words of pages and papers that patients read, which belong to no conversation: which there must be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from smsbot.content.page import Page
from smsbot.tree import Faults, Node

PRINTED = "pages"
# The page of a patient's own words (CONTENT 9.13), and what they may do there (9.2).
OWN_WORDS = """
    title lead none before session then intention noticed meaning reason plan win thread helps lately note private
    kept_private not_all yours until unlock no_code code open wrong
    own_change own_words own_keep own_put_away own_bring_back own_code own_mark own_drawer own_drawer_lead
    own_changed own_same own_away own_back own_danger own_told
"""
# The comfort card to the room: its labels, its choices by the codes of the flows, and what is said of both.
COMFORT_CARD = """
    card_title card_session card_no_session card_as_of card_rule card_aloud card_initials card_last card_more
    card_comfort card_comfort_more card_touch card_talking card_unsure card_signal card_avoid card_call_first
    card_one_thing card_touch_none_at_all card_touch_hand_if_asked card_touch_ask_each_time card_talking_often
    card_talking_signal card_talking_ask_first card_unsure_sit_near card_unsure_talk_through card_unsure_ask_me
    card_unsure_wait card_not_sure card_last_time card_not_said card_private card_flagged card_spoken
"""
NEEDED = frozenset(OWN_WORDS.split() + COMFORT_CARD.split())


def words(pages: Mapping[tuple[str, str], Page]) -> dict[str, dict[str, str]]:
    """The words by language and name; empty where the content has no such pages."""
    found = {language: page.lines.lines for (language, name), page in pages.items() if name == PRINTED}
    return {language: {id: line.text for id, line in lines.items()} for language, lines in found.items()}


def check(page: Page, faults: Faults) -> None:
    """Notes what such a page lacks, and what nothing shows."""
    for at, message in _wrong(page):
        faults.add(at, message)


def _wrong(page: Page) -> Iterator[tuple[Node, str]]:
    for id in sorted(NEEDED - page.lines.lines.keys()):
        yield page.tree, f"a page that patients read needs the line '{id}'. Add it."
    for id in page.lines.lines:
        if id not in NEEDED:
            yield page.where(id), f"no page shows '{id}'. Take it out."
