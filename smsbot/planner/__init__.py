"""Decides, from facts alone, which touches a patient gets, when, and whether one that is due may go (DESIGN 5)."""

from smsbot.planner.backoff import Silence, chosen_pace, next_pace, silence
from smsbot.planner.facts import Clinic, Facts, Mark, Past, Patient, PlannedTouch, Session
from smsbot.planner.plan import plan
from smsbot.planner.preview import Move, move_preview
from smsbot.planner.verdict import Drop, Hold, Send, Verdict, left_for_staff, verdict, withdrawn
from smsbot.planner.why import sent_words

__all__ = [
    "Clinic",
    "Drop",
    "Facts",
    "Hold",
    "Mark",
    "Move",
    "Past",
    "Patient",
    "PlannedTouch",
    "Send",
    "Session",
    "Silence",
    "Verdict",
    "chosen_pace",
    "left_for_staff",
    "move_preview",
    "next_pace",
    "plan",
    "sent_words",
    "silence",
    "verdict",
    "withdrawn",
]
