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
# What is asked for the room (CONTENT F04, F05), under the name it is kept, as the card calls it.
LINES = {
    "comfort": "For the space",
    "comfort_more": "Also",
    "touch": "Touch",
    "talking": "Talking",
    "unsure": "If they feel unsure",
    "signal": "Their signal",
    "avoid": "Words and topics to avoid",
    "call_first": "Whom to call first",
    "one_thing": "Good to know",
}
NO_TOUCH = "None"
# The choices as staff say them; the patient's own lines say "I" and "me".
CHOICES: Mapping[str, Mapping[str, str]] = {
    "touch": {
        "none_at_all": NO_TOUCH,
        "hand_if_asked": "A hand, only if they ask",
        "ask_each_time": "Ask each time",
    },
    "talking": {"often": "Check in often", "signal": "Only if they signal", "ask_first": "Ask first"},
    "unsure": {
        "sit_near": "Sit near, say little",
        "talk_through": "Talk them through it",
        "ask_me": "Just ask them",
        "wait": "Wait for their signal",
    },
}
LAST_TIME = "from last time, not confirmed"
NOT_SAID = "not said"
PRIVATE = "kept private: ask them"
# A paper lies about; what the safety screen saw is read at the desk.
FLAGGED = "flagged by the safety screen, not on this card: read it in their journal"
SPOKEN = "left as a voice note: listen to it under Voice"
NOT_SURE = re.compile(r"\W*7\W*")
ENDS = " .!"
LONGEST = 160


@dataclass(frozen=True)
class Line:
    """One line of the card: `choice` in the staff's words, `words` in the patient's, `mark` what to know about both.

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
    answers = record.answers(seat.desk.visit(), shown["patient"])
    return page(
        seat,
        "comfort_card",
        **shown,
        lines=card(answers, session.id if session else None),
        called=_called(shown["person"].first_name),
    )


def card(answers: Sequence[Kept], session_id: uuid.UUID | None) -> list[Line]:
    """The lines of the card for a session, from the answers that stand; touch is none unless it was said for it."""
    kept = {each.name: each for each in answers if each.flow in FLOWS}
    lines = {name: _line(label, kept.get(name), session_id) for name, label in LINES.items()}
    return list((lines | {"touch": _touch(lines["touch"])}).values())


def _line(label: str, kept: Kept | None, session_id: uuid.UUID | None) -> Line:
    if kept is None:
        return Line(label, mark=NOT_SAID)
    if kept.words is None:
        return Line(label, mark=PRIVATE)
    if kept.flagged and kept.code is None:
        return Line(label, mark=FLAGGED)
    if not kept.words.strip():
        return Line(label, mark=SPOKEN)
    choice, words = _said(kept.name, kept.code, " ".join(kept.words.split()))
    shown = _cut(words) if words else None
    is_now = session_id is not None and kept.session_id == session_id
    return Line(label, choice, shown, "" if is_now else LAST_TIME, cut=shown != words)


def _touch(line: Line) -> Line:
    """No touch, but where they chose it for this very session: what was said once is no leave for today."""
    if line.choice and not line.mark:
        return line
    before = line.choice if line.choice != NO_TOUCH else None
    return replace(line, choice=NO_TOUCH, before=before)


def _said(name: str, code: str | None, words: str) -> tuple[str | None, str | None]:
    """An answer as (staff's words, patient's own), either of which may say it all."""
    if name != "comfort":
        choice = CHOICES.get(name, {}).get(code or "")
        return choice, None if choice else words
    if NOT_SURE.fullmatch(words):
        return "Not sure yet", None
    if not re.search(r"\d", words):
        return None, words
    numbers = CHOSEN.fullmatch(words) if comforts_in_words(words, COMFORTS["en"]) else None
    if numbers is None:
        return None, words
    choice = said.phrase(comforts_in_words(numbers[1], COMFORTS["en"])) or None
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
