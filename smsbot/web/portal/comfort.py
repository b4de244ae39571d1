"""The comfort card to the room: what a patient chose for their space, for talk and for touch, on one page to print."""

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import flash, redirect, url_for

from smsbot.own_words import CHOSEN, COMFORTS, comforts_in_words
from smsbot.store import record
from smsbot.store.record import Kept
from smsbot.web.portal import said
from smsbot.web.portal.door import CLINICAL, Seat, allows, bp, page
from smsbot.web.portal.people import ConfirmForm, known

FLOWS = ("comfort", "communication", "communication_more")
# What is asked for the room (CONTENT F04, F05), under the name it is kept; the words are in message_templates.
NAMES = ("comfort", "comfort_more", "touch", "talking", "unsure", "signal", "avoid", "call_first", "one_thing")
NOT_SURE = re.compile(r"\W*7\W*")
ENDS = " .!"
LONGEST = 160
STAFF = "en"


@dataclass(frozen=True)
class Line:
    """One line of the card: `choice` in the card's words, `words` in the patient's, `mark` what to know about both.

    `before` is a choice of another session that does not count now; `cut` tells that there are more words.
    """

    label: str
    choice: str | None = None
    words: str | None = None
    mark: str = ""
    before: str | None = None
    cut: bool = False


@bp.route("/patients/<uuid:patient_id>/comfort-card", methods=["GET", "POST"])
@allows(*CLINICAL)
def comfort_card(seat: Seat, patient_id: uuid.UUID) -> Any:
    """The card for the session under way or the next one; the button notes that it was gone over aloud."""
    shown, form = known(seat, patient_id), ConfirmForm()
    session = shown["coming"]
    if session is not None and form.validate_on_submit():
        seat.desk.visit().note("comfort.confirmed", f"session:{session.id}")
        flash(f"Noted: confirmed aloud, by {seat.name}, at {said.clock(seat.desk.now, seat.zone)}.")
        return redirect(url_for("portal.comfort_card", patient_id=patient_id), 303)
    answers, at = record.answers(seat.desk.visit(), shown["patient"]), session.id if session else None
    printed = seat.desk.runtime.content.printed
    cards = {language: Card(language, words).lines(answers, at) for language, words in printed.items()}
    language = shown["patient"].language
    twins = cards[language] if language != STAFF and language in cards else [None] * len(NAMES)
    return page(
        seat,
        "comfort_card",
        **shown,
        lines=list(zip(cards[STAFF], twins, strict=True)),
        words=printed[STAFF],
        theirs=printed[language] if any(twins) else None,
        called=_called(shown["person"].first_name),
    )


@dataclass(frozen=True)
class Card:
    """A card in one language: `words` are the lines of message_templates/<language>/pages.yaml."""

    language: str
    words: Mapping[str, str]

    def lines(self, answers: Sequence[Kept], session_id: uuid.UUID | None) -> list[Line]:
        """The lines for a session, from the answers that stand; touch is none unless it was said for it."""
        kept = {each.name: each for each in answers if each.flow in FLOWS}
        lines = {name: self._line(self[name], kept.get(name), session_id) for name in NAMES}
        return list((lines | {"touch": self._touch(lines["touch"])}).values())

    def __getitem__(self, name: str) -> str:
        """One of the card's words."""
        return self.words[f"card_{name}"]

    def _line(self, label: str, kept: Kept | None, session_id: uuid.UUID | None) -> Line:
        if kept is None:
            return Line(label, mark=self["not_said"])
        if kept.words is None:
            return Line(label, mark=self["private"])
        if kept.flagged and kept.code is None:  # a paper lies about; what the screen saw is read at the desk
            return Line(label, mark=self["flagged"])
        if not kept.words.strip():
            return Line(label, mark=self["spoken"])
        choice, words = self._said(kept.name, kept.code, " ".join(kept.words.split()))
        shown = _cut(words) if words else None
        is_now = session_id is not None and kept.session_id == session_id
        return Line(label, choice, shown, "" if is_now else self["last_time"], cut=shown != words)

    def _touch(self, line: Line) -> Line:
        """No touch, but where they chose it for this very session: what was said once is no leave for today."""
        if line.choice and not line.mark:
            return line
        none = self["touch_none_at_all"]
        return replace(line, choice=none, before=line.choice if line.choice != none else None)

    def _said(self, name: str, code: str | None, words: str) -> tuple[str | None, str | None]:
        """An answer as (the card's words, the patient's own), either of which may say it all."""
        if name != "comfort":
            choice = self.words.get(f"card_{name}_{code}") if code else None
            return choice, None if choice else words
        if NOT_SURE.fullmatch(words):
            return self["not_sure"], None
        labels = COMFORTS[self.language]
        numbers = CHOSEN.fullmatch(words) if re.search(r"\d", words) and comforts_in_words(words, labels) else None
        if numbers is None:
            return None, words
        choice = said.phrase(comforts_in_words(numbers[1], labels)) or None
        return choice, words if numbers[2].strip(ENDS) or not choice else None


def _cut(words: str) -> str:
    """As much as there is room for on one page, to the end of a word."""
    if len(words) <= LONGEST:
        return words
    return words[:LONGEST].rpartition(" ")[0] or words[:LONGEST]


def _called(first_name: str | None) -> str:
    """A first name, and of any further name the initial alone: papers in a room are read by others."""
    first, *others = (first_name or "").split() or ["No name given"]
    return f"{first} {others[0][0]}." if others else first
