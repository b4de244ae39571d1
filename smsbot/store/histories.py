"""The whole history of touches: what the plan did with each, and what came of its text and its question."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from smsbot.models import Conversation, Message, MessageState, Touch, TouchState
from smsbot.store.visits import Visit

Entry = dict[str, Any]
OUTCOMES = {
    MessageState.DELIVERED: "Delivered.",
    MessageState.UNDELIVERED: "Not delivered",
    MessageState.FAILED: "Not delivered",
    MessageState.REJECTED: "Refused by the carrier",
    MessageState.UNKNOWN: "Nobody knows yet whether it arrived.",
}
FAILED = (MessageState.UNDELIVERED, MessageState.FAILED, MessageState.REJECTED)
ENDS = {
    "unanswered": "No answer came in its time.",
    "replaced": "A newer question took its place.",
    "silenced": "Closed when texts ended.",
}


def of_patient(visit: Visit, patient_id: uuid.UUID, touches: Iterable[Touch]) -> dict[uuid.UUID, list[Entry]]:
    """The entries of each touch in order, as {"at": ISO time, "what": one sentence}.

    Receipts are dated by the machine and everything else in care time, which differ only in the sandbox: there a
    receipt is dated no earlier than its text.
    """
    texts = _first_texts(visit, patient_id)
    talks = _conversations(visit, patient_id)
    return {each.id: _whole(each, texts.get(each.id), talks.get(each.id)) for each in touches}


def _first_texts(visit: Visit, patient_id: uuid.UUID) -> dict[uuid.UUID, Message]:
    wanted = select(Message).where(
        col(Message.clinic_id) == visit.keys.clinic_id,
        col(Message.patient_id) == patient_id,
        col(Message.touch_id).is_not(None),
    )
    rows = visit.db.exec(wanted.order_by(col(Message.seq).desc())).all()
    return {row.touch_id: row for row in rows if row.touch_id is not None}


def _conversations(visit: Visit, patient_id: uuid.UUID) -> dict[uuid.UUID, Conversation]:
    wanted = select(Conversation).where(
        col(Conversation.clinic_id) == visit.keys.clinic_id,
        col(Conversation.patient_id) == patient_id,
        col(Conversation.touch_id).is_not(None),
    )
    return {row.touch_id: row for row in visit.db.exec(wanted).all() if row.touch_id is not None}


def _whole(touch: Touch, text: Message | None, talk: Conversation | None) -> list[Entry]:
    found = [dict(each) for each in touch.history]
    if text is not None and (what := _outcome(text)):
        at = text.delivered_at or text.sent_at or text.accepted_at or text.created_at
        found.append(_entry(max(at, touch.sent_at or at), what))
    if touch.answered_at is not None:
        found.append(_entry(touch.answered_at, "Answered."))
    elif talk is not None and talk.closed_at is not None and touch.asks and touch.state != TouchState.ANSWERED:
        found.append(_entry(talk.closed_at, ENDS.get(talk.ended_as or "", "Its conversation is over.")))
    return found


def _outcome(text: Message) -> str | None:
    if text.state == MessageState.DROPPED:
        return text.reason or "The text was not sent."
    words = OUTCOMES.get(MessageState(text.state))
    if words is not None and text.state in FAILED:
        return f"{words} (the carrier's code is {text.error_code})." if text.error_code else f"{words}."
    return words


def _entry(at: datetime, what: str) -> Entry:
    return {"at": at.isoformat(), "what": what}
