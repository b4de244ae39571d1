"""Decides, from facts alone, which touches a patient gets, when, and whether one that is due may go (DESIGN 5)."""

from smsbot.planner.backoff import Silence, chosen_pace, next_pace, silence
from smsbot.planner.facts import Clinic, Facts, Mark, Past, Patient, PlannedTouch, Session
from smsbot.planner.plan import plan
from smsbot.planner.preview import Move, move_preview
from smsbot.planner.verdict import Drop, Hold, Send, Verdict, verdict, withdrawn

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
    "move_preview",
    "next_pace",
    "plan",
    "silence",
    "verdict",
    "withdrawn",
]
