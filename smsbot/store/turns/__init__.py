"""The hot path: what one inbound text or one due touch needs to read and write, with as few statements as will do.

Statements are compiled once (store/statement.py). Rows that decisions change come as objects of the session, and are
written with the commit (store/work.py).
"""

from smsbot.store.turns.people import free_beside, lock_patient_by_id, lock_patients, lock_phone, suppressed
from smsbot.store.turns.story import MARKS, SESSIONS, SessionRow, marks, open_incident, sessions, told
from smsbot.store.turns.talks import conversations, is_pinned, open_conversations
from smsbot.store.turns.texts import (
    HELD,
    Earlier,
    add_inbound,
    answered_strangers,
    earlier,
    file_inbound,
    held,
    last_sent,
    last_texted,
    look,
    unsettled,
)
from smsbot.store.turns.words import (
    Known,
    add_answer,
    add_entry,
    add_heard,
    ahead,
    heard_lines,
    last_entry,
    latest_answers,
    numbers_since,
    said_before,
    supersede,
)

__all__ = [
    "HELD",
    "MARKS",
    "SESSIONS",
    "Earlier",
    "Known",
    "SessionRow",
    "add_answer",
    "add_entry",
    "add_heard",
    "add_inbound",
    "ahead",
    "answered_strangers",
    "conversations",
    "earlier",
    "file_inbound",
    "free_beside",
    "heard_lines",
    "held",
    "is_pinned",
    "last_entry",
    "last_sent",
    "last_texted",
    "latest_answers",
    "lock_patient_by_id",
    "lock_patients",
    "lock_phone",
    "look",
    "marks",
    "numbers_since",
    "open_conversations",
    "open_incident",
    "said_before",
    "sessions",
    "supersede",
    "suppressed",
    "told",
    "unsettled",
]
