"""What lines may say and branches may ask about one patient now: clinic, hours, session, and their own kept words."""

import logging
import statistics
import uuid
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Literal, cast
from zoneinfo import ZoneInfo

from sqlmodel import Session

from smsbot import calling, corrections, own_voice, own_words, render
from smsbot.engine import Facts
from smsbot.errors import VaultError
from smsbot.hours import Hours
from smsbot.models import Clinic, SessionStatus
from smsbot.scope import Scope
from smsbot.script import Script
from smsbot.store import turns
from smsbot.store.turns import SessionRow
from smsbot.vault import ClinicKeys

log = logging.getLogger("smsbot.facts")

LookUp = Callable[[Scope, uuid.UUID | None], str | None]
NO_REPEAT = 30 * 24 * 60
PERSONAL = frozenset({"first", "first_name", "session_day", "session_time", "n"})
USUAL = timedelta(days=7)
LOW = 2


def hours(clinic: Clinic) -> Hours:
    """A clinic's stated hours in its own zone."""
    return Hours(clinic.hours, clinic.holidays, ZoneInfo(clinic.time_zone))


def zone(scope: Scope) -> ZoneInfo:
    """The patient's zone, or the clinic's for a stranger."""
    return ZoneInfo(scope.patient.time_zone if scope.patient else scope.clinic.time_zone)


def today(scope: Scope) -> date:
    return scope.now.astimezone(zone(scope)).date()


def system_values(scope: Scope) -> dict[str, str]:
    """The values every line may use; what is not known is left out, so that its fallback speaks."""
    local = scope.now.astimezone(zone(scope))
    about = ("clinic", scope.now, scope.language)
    if about not in scope.shared:
        scope.shared[about] = _clinic_values(scope)
    values = scope.shared[about] | {
        "clinic": "" if scope.patient and scope.patient.discreet else scope.clinic.alias,
        "first": _first_name(scope),
        "day": render.day(local.date(), scope.language),
        "time": render.clock(local, scope.language),
    }
    return {name: value for name, value in values.items() if value}


def _clinic_values(scope: Scope) -> dict[str, str]:
    """Those that are the same for everybody at this clinic at this moment in this language."""
    clinic, language = scope.clinic, scope.language
    open_hours = hours(clinic)
    is_open = open_hours.is_open(scope.now)
    return {
        "phone": _phone(scope, open_hours, is_open=is_open),
        "desk": render.phone(clinic.phone),
        "oncall": render.phone(clinic.oncall_phone) if clinic.oncall_phone else "",
        "window": render.window(open_hours.reads_from(scope.now), open_hours, scope.now, language),
        "reopen": render.moment(open_hours.opens_next(scope.now), scope.now, language),
        "reach": _reach(clinic, is_open=is_open),
        "lead": str(clinic.settings.get("lead", "")),
        "prep": clinic.prep,
        "closed": "" if is_open else "yes",
    }


def _phone(scope: Scope, open_hours: Hours, *, is_open: bool) -> str:
    """The clinic's number while it is open, else that of its on-call person, else its own with its hours (11.16)."""
    clinic = scope.clinic
    if is_open:
        return render.phone(clinic.phone)
    if clinic.oncall_phone:
        return render.phone(clinic.oncall_phone)
    from_when = render.opening(open_hours.opens_next(scope.now), scope.now, scope.language)
    return f"{render.phone(clinic.phone)} {from_when}".strip()


def _reach(clinic: Clinic, *, is_open: bool) -> str:
    """The number that answers now; "" where none does, so that the words for urgent care stand in (CONTENT 11.4)."""
    number = clinic.phone if is_open else clinic.oncall_phone
    return render.phone(number) if number else ""


def _first_name(scope: Scope) -> str:
    patient = scope.patient
    if patient is None or patient.first_name_sealed is None:
        return ""
    try:
        return scope.sealer.open("patient", "first_name_sealed", patient.id, patient.first_name_sealed)
    except VaultError:  # a damaged name is as good as none, and must keep no crisis line back
        log.error("a name cannot be read", extra={"patient": str(patient.id)})
        return ""


def others_may_see(scope: Scope) -> bool:
    """Whether texts must stay plain: others read this phone, or nobody said who does (CONTENT 11.9, 11.15)."""
    return scope.person.shared_phone or scope.person.discreet


def session_for(scope: Scope, session_id: uuid.UUID | None) -> SessionRow | None:
    """The session a conversation is about, else the next one that is booked."""
    if session_id is not None:
        return next((session for session in scope.sessions if session.id == session_id), None)
    ahead = (item for item in scope.sessions if item.status == SessionStatus.BOOKED and item.starts_at > scope.now)
    return next(ahead, None)


def hours_since_session(scope: Scope) -> float | None:
    """Hours since the planned start of the latest attended session, for the screen's context."""
    attended = (SessionStatus.ARRIVED, SessionStatus.DONE)
    starts = [item.starts_at for item in scope.sessions if item.status in attended and item.starts_at <= scope.now]
    return (scope.now - max(starts)).total_seconds() / 3600 if starts else None


def low_lately(scope: Scope, within: timedelta) -> bool:
    """Whether the patient rated their mood 0 to 2 lately."""
    patient = scope.person
    return any(
        rating <= LOW
        for rating in turns.numbers_since(scope.db, scope.keys, scope.sealer, patient.id, "mood", scope.now - within)
    )


def session_values(session: SessionRow | None, scope: Scope) -> dict[str, str]:
    """Day, time and number of the session a conversation is about."""
    if session is None:
        return {}
    local = session.starts_at.astimezone(zone(scope))
    return {
        "session_day": render.day(local.date(), scope.language),
        "session_time": render.clock(local, scope.language),
        "n": str(session.number),
    }


def for_flow(
    scope: Scope,
    script: Script,
    *,
    session_id: uuid.UUID | None = None,
    channel: Literal["text", "voice"] | None = None,
) -> Facts:
    """The engine's facts for one turn of this script; a caller's number proves nothing, so they are told nothing."""
    patient = scope.person
    kept = turns.latest_answers(scope.db, scope.keys, scope.sealer, patient.id, _wanted(script))
    values = own_words.current(scope, script.flow, session_id, kept)
    values |= system_values(scope)
    values |= session_values(session_for(scope, session_id), scope)
    values |= {name: "yes" for name in ("discreet", "echo") if getattr(patient, name)}
    values |= {"others_may_see": "yes"} if others_may_see(scope) else {}
    values |= {"two_on_phone": "yes"} if patient.nickname_sealed else {}
    for name in script.flow.facts:
        if name in LOOKED_UP and (found := LOOKED_UP[name](scope, session_id)):
            values[name] = found
    if patient.first_name_sealed:
        values["first_name"] = values.get("first", "")
    if scope.channel == "voice" and not scope.verified:
        values = {name: value for name, value in values.items() if name not in PERSONAL}
    has_banks = bool(script.lines[scope.language].banks)
    since = _heard_since(script, scope.now)
    heard = turns.heard_lines(scope.db, scope.keys, patient.id, script.flow.name, since) if has_banks else {}
    return Facts(
        language=cast(Literal["en", "es"], scope.language),
        channel=channel or scope.channel,
        echo=patient.echo and not others_may_see(scope),
        values=values,
        numbers=_numbers(scope, script),
        heard={bank: frozenset(lines) for bank, lines in heard.items()},
        seed=scope.runtime.chance.randrange(2**31),
        today=today(scope),
    )


def ahead(db: Session, keys: ClinicKeys, script: Script, patient_ids: Sequence[uuid.UUID], now: datetime) -> None:
    """Read for many patients at once what `for_flow` will soon ask for each of them."""
    has_banks = any(page.banks for page in script.lines.values())
    since = _heard_since(script, now) if has_banks else None
    ratings = dict.fromkeys(_rated(script), now - USUAL)
    turns.ahead(db, keys, patient_ids, script.flow.name, _wanted(script), ratings, since)


def _wanted(script: Script) -> tuple[str, ...]:
    """The names of kept words that a flow may ask about or say."""
    return tuple(dict.fromkeys((*script.flow.facts, *script.quotes)))


def _rated(script: Script) -> list[str]:
    """The names under which a flow keeps numbers."""
    return sorted({step.keep for step in script.flow.steps.values() if step.ask == "number" and step.keep})


def _heard_since(script: Script, now: datetime) -> datetime:
    return now - timedelta(minutes=script.flow.no_repeat or NO_REPEAT)


def _quoted(look: LookUp) -> LookUp:
    """Only where the patient's own words may be said back to them in a text."""

    def looked(scope: Scope, session_id: uuid.UUID | None) -> str | None:
        may_quote = scope.person.echo and not others_may_see(scope) and scope.channel == "text"
        return look(scope, session_id) if may_quote else None

    return looked


LOOKED_UP: dict[str, LookUp] = {
    "call_time": lambda scope, _: calling.said_time(scope),
    "comfort_list": _quoted(own_words.comfort_list),
    "has_words": corrections.has_words,
    "last_insight": own_words.session_before,
    "last_words": _quoted(corrections.last_words),
    "look_back": _quoted(own_words.look_back),
    "low_note": _quoted(own_words.low_note),
    "own_voice": own_voice.this_morning,
    "own_voice_eve": own_voice.the_evening_before,
    "put_away": corrections.is_put_away,
    "three_intentions": _quoted(own_words.three_intentions),
}


def _numbers(scope: Scope, script: Script) -> dict[str, float]:
    """Medians and counts that number tests ask for, for every step that keeps a number."""
    found: dict[str, float] = {}
    for name in _rated(script):
        ratings = _ratings(scope, name)
        for suffix, figure in FIGURES.items():
            value = figure(ratings)
            if value is not None:
                found[f"{name}_{suffix}"] = value
    return found


def _ratings(scope: Scope, name: str) -> list[float]:
    return turns.numbers_since(scope.db, scope.keys, scope.sealer, scope.person.id, name, scope.now - USUAL)


def _median(ratings: list[float]) -> float | None:
    return statistics.median(ratings) if ratings else None


def _zeros(ratings: list[float]) -> float | None:
    return float(ratings.count(0))


def _ratings_so_far(ratings: list[float]) -> float | None:
    return float(len(ratings))


FIGURES: dict[str, Callable[[list[float]], float | None]] = {
    "median": _median,
    "zeros": _zeros,
    "ratings": _ratings_so_far,
}
