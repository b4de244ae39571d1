"""Times, states and codes as staff read them: a day in words, a 12-hour clock, and the zone's city where it matters."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from smsbot.localtime import city

STATUS = {
    "invited": "Invited",
    "active": "Active",
    "paused": "Paused",
    "frozen": "On hold",
    "stopped": "Opted out",
    "dormant": "Dormant",
    "ended": "Ended",
}
SESSION = {
    "booked": "Booked",
    "arrived": "Arrived",
    "done": "Done",
    "no_show": "No-show",
    "canceled": "Canceled",
}
TOUCH = {
    "planned": "Planned",
    "held": "Held",
    "sent": "Sent",
    "answered": "Answered",
    "unanswered": "No answer",
    "dropped": "Not sent",
    "canceled": "Canceled",
}
MESSAGE = {
    "ready": "waiting to go out",
    "claimed": "going out",
    "sending": "going out",
    "accepted": "with the carrier",
    "sent": "sent",
    "delivered": "delivered",
    "undelivered": "not delivered",
    "failed": "failed",
    "rejected": "refused by the carrier",
    "unknown": "unclear whether it went out",
    "dropped": "not sent",
}
TIER = {1: "Emergency", 2: "Suicidal thoughts or self-harm", 3: "Distress or medical worry", 4: "Unclear"}
OUTCOME = {
    "spoke": "Spoke and made a plan",
    "safe_by_other": "Known to be safe from someone else",
    "emergency_services": "Emergency services involved",
    "not_meant": "Was not meant that way",
    "unable_to_reach": "Unable to reach",
}
RESUME = {
    "resume": "Texts resumed",
    "gentle": "Texts resumed gently",
    "paused": "Texts kept paused",
    "end": "Program ended",
}
LOGISTICS = {"phone": "We phone about visits", "send": "Visit reminders go on"}
STEP = {
    "trying": "being tried",
    "sent": "sent",
    "delivered": "arrived",
    "answered": "picked up",
    "heard": "picked up, and will pass it on",
    "acknowledged": "taken with a key",
    "unanswered": "not answered",
    "failed": "could not be sent",
    "skipped": "not done",
}
CHANNEL = {
    "call": "Call",
    "text": "Text",
    "email": "Email",
    "main_line": "Call to the clinic's telephone",
    "patient": "Text to the patient: we are still trying",
    "truth": "Text to the patient: the clinic could not be reached",
}
CONTACT = {"oncall": "On call", "second": "Second", "lead": "Lead", "operator": "Operator"}
FACT = {
    "crisis_not_delivered": "A crisis text did not arrive: they have not read it. Phone them",
    "worse": "Paged again: a graver text came",
    "new_words": "Paged again: new words came after it had been acknowledged",
    "session_near": "Paged again: a visit is near, and nobody has said who sees to it",
    "not_named": "The text named nobody, and two patients share this phone: ask which of them wrote it",
    "nobody_came": "A whole day of paging, and nobody came. It begins again when the clinic opens",
}
MODALITY = {"iv": "IV infusion", "im": "IM injection", "spravato": "Spravato", "oral": "Oral"}
TASK = {
    "alert_unacknowledged": "Nobody has acknowledged an alert",
    "pager_test_failed": "Nobody answered the test page: check the list of contacts",
    "answer_patient": "Answer: they replied to your text",
    "arrival_form": "Give the form on arrival",
    "book_next_session": "Book the next session",
    "call": "Call the patient",
    "call_before_session": "Call before the session",
    "carrier_copy": "The carrier still has a recording: delete it there",
    "carrier_opt_out": "Opted out at the carrier",
    "carrier_setup": "The sending number is not set up at the carrier",
    "crisis_not_delivered": "Call now: a crisis text did not arrive",
    "decide_before_session": "Decide before the session",
    "day_before_question": "Answer a question before tomorrow",
    "distress": "Look in on somebody in distress",
    "end_of_series_not_helped": "Talk about what comes next: it did not help",
    "held_beside": "A wrong number on a shared phone: ask for whom, both are held",
    "invitation_declined": "Declined the invitation",
    "invitation_unanswered": "No reply to the invitation",
    "listen": "Listen to a voice note",
    "low_mood": "A low day: look in on them",
    "mark_session": "Mark the session: done or no-show",
    "maybe_opted_out": "Ask: texts are blocked, perhaps opted out",
    "medical": "Answer a medical question",
    "move_session": "Wants to move a session",
    "not_delivered": "A text did not arrive",
    "own_voice_code": "Set up a code: they want to hear their own words on the line",
    "phone_about_move": "Phone about a moved session",
    "phone_unreachable": "Check the number: it cannot be texted",
    "prep_question": "Answer a question about preparing",
    "quiet_after_first_session": "Quiet since the first session",
    "read_before_session": "Read before the session",
    "reply_loop": "Two machines are texting each other",
    "ride": "Sort out the ride home",
    "safety_question_unanswered": "Safety question unanswered",
    "screen_fault": "Read a text: the safety screen failed",
    "send_unclear": "Ask whether a text arrived",
    "set_aside": "A planned text could not be sent",
    "stop_after_low_mood": "Opted out soon after a low mood",
    "stop_after_session": "Opted out soon after a session",
    "stop_by_silence": "Opted out by silence",
    "stop_unclear": "Unclear whether they opted out",
    "text_filtered": "A text was filtered: change its words",
    "text_refused": "A text was refused by the carrier",
    "time_zone": "Check the time zone",
    "unclear_words": "Read: words that were unclear",
    "unread_text": "A text could not be read",
    "unsafe_plan": "Look at a plan that may not be safe",
    "who_wrote": "A shared phone: find out who wrote",
    "worry": "Look at a worry",
    "wrong_number": "Wrong number",
}
LANGUAGE = {"en": "English", "es": "Spanish"}
NAMES: Mapping[str, Mapping[Any, str]] = {
    "status": STATUS,
    "session": SESSION,
    "touch": TOUCH,
    "message": MESSAGE,
    "tier": TIER,
    "outcome": OUTCOME,
    "resume": RESUME,
    "logistics": LOGISTICS,
    "step": STEP,
    "channel": CHANNEL,
    "fact": FACT,
    "kind": CONTACT,
    "modality": MODALITY,
    "language": LANGUAGE,
    "task": TASK,
}
CLOCKS = re.compile(r"\b([01]?\d|2[0-3]):([0-5]\d)\b")
UNITS = ((timedelta(days=1), "day"), (timedelta(hours=1), "hour"), (timedelta(minutes=1), "minute"))


def called(code: Any, kind: str) -> str:
    """A code as people read it; one that is new is shown with its underscores taken out."""
    return NAMES[kind].get(code) or plain(str(code))


def plain(code: str) -> str:
    """A code word as a phrase: `call_before_session` is "Call before session"."""
    words = code.replace("_", " ").replace("phq9", "PHQ-9").replace("gad7", "GAD-7").strip()
    return phrase(words)


def clock(at: datetime, zone: ZoneInfo) -> str:
    """A time of day, such as 9:05 AM."""
    local = at.astimezone(zone)
    return _twelve(local.hour, f"{local.minute:02}")


def twelve(sentence: str) -> str:
    """A sentence of the planner with its times as 5:30 PM; it writes 17:30 for every reader."""
    return CLOCKS.sub(lambda found: _twelve(int(found[1]), found[2]), sentence)


def _twelve(hour: int, minutes: str) -> str:
    return f"{hour % 12 or 12}:{minutes} {'AM' if hour < 12 else 'PM'}"


def day(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """A day as today, tomorrow, yesterday, or Tue, Dec 1 (with its year when that is another one)."""
    local, today = at.astimezone(zone).date(), now.astimezone(zone).date()
    near = {0: "Today", 1: "Tomorrow", -1: "Yesterday"}.get((local - today).days)
    year = f", {local.year}" if local.year != today.year else ""
    return near or f"{local:%a}, {local:%b} {local.day}{year}"


def moment(at: datetime, zone: ZoneInfo, now: datetime) -> Markup:
    """An instant in a zone as a time element: Today, 9:05 AM."""
    full = f"{at.astimezone(zone):%A, %B} {at.astimezone(zone).day}, {at.astimezone(zone).year}, {clock(at, zone)}"
    words = f"{day(at, zone, now)}, {clock(at, zone)}"
    return Markup('<time datetime="{}" title="{}">{}</time>').format(at.isoformat(), f"{full} ({city(zone)})", words)


def since(at: datetime, now: datetime) -> str:
    """How long ago, or in how long: 5 minutes ago, in 2 days."""
    apart = abs(now - at)
    for unit, name in UNITS:
        if apart >= unit:
            count = apart // unit
            words = f"{count} {name}{'' if count == 1 else 's'}"
            return f"in {words}" if at > now else f"{words} ago"
    return "now"


def phone(number: str) -> str:
    """A US number as people write it; any other as it is."""
    if number.startswith("+1") and len(number) == 12:
        return f"({number[2:5]}) {number[5:8]}-{number[8:]}"
    return number


def phrase(words: str) -> str:
    """With a capital at its beginning."""
    return words[:1].upper() + words[1:]
