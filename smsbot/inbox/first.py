"""What outranks everything: danger, leaving, help."""

import re
from datetime import timedelta

from smsbot import alerts, answers, commands, consent, facts, talk, tasks
from smsbot.inbox import standing
from smsbot.inbox.arrival import DAY, SAFETY_RANK, Arrival, keep_entry
from smsbot.inbox.standing import TALKING, invited
from smsbot.models import PatientStatus
from smsbot.scope import CRISIS, Scope
from smsbot.store import outgoing, turns

GONE = (PatientStatus.STOPPED, PatientStatus.ENDED)
TWO_DAYS = timedelta(hours=48)
UNREAD, KEY = "unread_text", "key_does_not_open"
# The word as we print it, before whatever else is said: "STOP I want to die" is both (CONTENT.md 2.2).
LEADING_STOP = re.compile(r"\s*(?:STOP|STOPALL|UNSUBSCRIBE|ALTO)\b")
STOP_KEYWORDS = frozenset({"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "optout", "revoke"})


def screen_fault(arrival: Arrival) -> str | None:
    if arrival.screen_failed:
        tasks.open_task(arrival.scope, "screen_fault")
    return None


def unreadable(arrival: Arrival) -> str | None:
    """Somebody whose key does not open is heard as a stranger is; a person has to look into it, once."""
    scope = arrival.scope
    if scope.unreadable and not outgoing.has_open_task(scope.db, scope.keys, UNREAD, KEY, scope.unreadable):
        tasks.open_task(scope, UNREAD, reason=KEY).patient_id = scope.unreadable
    return None


def danger(arrival: Arrival) -> str | None:
    """Crisis first, in every state; an opt-out in the same text is honored right after."""
    if arrival.finding.tier is None or _answers_safety_question(arrival):
        return None
    if _is_body_worry(arrival):
        _answer_body_worry(arrival)
    else:
        alerts.answer(arrival.scope, arrival.finding)
    keep_entry(arrival.scope, arrival.text.body, flagged=True)
    if arrival.scope.patient is not None:
        _leaving_too(arrival)
    return "danger"


def _leaving_too(arrival: Arrival) -> None:
    """What else a cry says: an opt-out is honored, and where that is unclear it is asked once the danger is settled."""
    scope, opt = arrival.scope, arrival.finding.opt
    if opt == "stop" or LEADING_STOP.match(arrival.text.body):
        consent.stop(scope)
    elif opt == "ask":
        standing.remember_unclear(scope)
        tasks.open_task(scope, "stop_unclear", reason="beside a danger")
        if arrival.finding.tier == 3 and scope.person.status in TALKING:
            _ask_whether_to_stop(scope)


def _is_body_worry(arrival: Arrival) -> bool:
    return (arrival.finding.tier, arrival.finding.kind) == (3, "medical_worry")


def _answer_body_worry(arrival: Arrival) -> None:
    """A worry about the body or a relapse has words of its own (CONTENT 11.22), beside the item for staff."""
    scope = arrival.scope
    alerts.tell(scope, 3, "medical_worry", arrival.finding.rule or "medical_worry")
    line = "sub_1" if answers.topic(arrival.text.body) == "substance" else "sfx_1"
    scope.queue(scope.system(line, facts.system_values(scope)), priority=CRISIS, purpose="crisis", in_answer=True)


def _answers_safety_question(arrival: Arrival) -> bool:
    """A tier 4 finding while the check question is open is its answer, unless it is plainer than that."""
    asked = bool(arrival.open) and arrival.open[0].rank >= SAFETY_RANK
    return asked and arrival.finding.tier == 4 and talk.fits(arrival.scope, arrival.open[0], arrival.heard)


def leaving(arrival: Arrival) -> str | None:
    """STOP in any wording ends everything in this commit; one confirmation, then nothing."""
    scope, opt = arrival.scope, arrival.finding.opt
    if opt == "stop" or arrival.text.opt_out_type == "STOP":
        _stop(arrival)
        return "stop"
    if opt == "start" or arrival.text.opt_out_type == "START":
        return _start(arrival)
    if opt == "ask" and scope.patient is not None and scope.patient.status in TALKING:
        _ask_whether_to_stop(scope)
        return "stop_asked"
    return None


def _ask_whether_to_stop(scope: Scope) -> None:
    scope.person.hold_asks_until = scope.now + DAY
    talk.begin(scope, "stop_check")


def _stop(arrival: Arrival) -> None:
    scope = arrival.scope
    if scope.patient is None:
        known = turns.suppressed(scope.db, scope.keys, scope.keys.phone_index(scope.phone)) is not None
        consent.suppress(scope, "stop")
    else:
        others = scope.others or ()
        known = scope.patient.status == PatientStatus.STOPPED and all(other.status in GONE for other in others)
        if not known:
            _list_sensitive_stop(scope)
            consent.stop(scope)
    if not known and not _carrier_confirms(arrival):
        values = facts.system_values(scope) | {"clinic": scope.clinic.alias}
        scope.queue(scope.system("stp_1", values), priority=CRISIS, purpose="stop", in_answer=True)


def _carrier_confirms(arrival: Arrival) -> bool:
    """Whether the carrier has answered this STOP itself, so that ours would be a second one (RULINGS 6)."""
    if arrival.scope.runtime.settings.opt_out_mode != "twilio":
        return False
    return arrival.text.opt_out_type is not None or arrival.text.body.strip().casefold() in STOP_KEYWORDS


def _list_sensitive_stop(scope: Scope) -> None:
    """An opt-out within 48 h of a session or of a low mood is honored, and a person sees it (CONTENT.md 11.2)."""
    since = facts.hours_since_session(scope)
    if since is not None and since <= 48:
        tasks.open_task(scope, "stop_after_session")
    elif facts.low_lately(scope, TWO_DAYS):
        tasks.open_task(scope, "stop_after_low_mood")


def _start(arrival: Arrival) -> str | None:
    """START brings back whoever stopped; for the invited it is their YES (RULINGS 7)."""
    scope = arrival.scope
    if scope.patient is None:
        return None
    if scope.patient.status == PatientStatus.INVITED:
        return invited(arrival, agreed=True)
    if scope.patient.status == PatientStatus.STOPPED:
        consent.restart(scope)
        scope.queue(scope.system("enr_2", facts.system_values(scope)))
        return "start"
    return commands.run(scope, "RESUME") if scope.patient.status != PatientStatus.FROZEN else None


def help(arrival: Arrival) -> str | None:
    """HELP is answered in every state, with emergency numbers (CONTENT.md 2.2)."""
    scope = arrival.scope
    if arrival.finding.opt != "help" and arrival.text.opt_out_type != "HELP":
        return None
    if not (arrival.text.opt_out_type and scope.runtime.settings.opt_out_mode == "twilio"):
        values = facts.system_values(scope) | {"clinic": scope.clinic.alias}
        scope.queue(scope.system("hlp_1", values), priority=CRISIS, purpose="help", in_answer=True)
    return "help"
