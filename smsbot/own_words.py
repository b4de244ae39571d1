"""Which of a patient's own words count now: of this session, this series, the session before, the last three."""

import re
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from smsbot import render
from smsbot.flow import Flow
from smsbot.models import SessionStatus
from smsbot.scope import Scope
from smsbot.store import turns
from smsbot.store.turns import Known, SessionRow

BEFORE_A_SERIES = timedelta(days=21)
ATTENDED = (SessionStatus.ARRIVED, SessionStatus.DONE)
THEN = {"en": ", then ", "es": ", luego "}
SHOWN = {"en": 55, "es": 38}
# Their note for a low day: the names it is kept under, and how each part of it is said.
NOTE = {
    "en": {"early_sign": 'what you\'d notice first: "{}"', "helps": 'what helps: "{}"'},
    "es": {"early_sign": 'qué notarías primero: "{}"', "helps": 'qué ayuda: "{}"'},
}
# The comfort menu's numbers; the one after the last is "not sure".
COMFORTS = {
    "en": ("dim light", "music", "quiet", "warm blanket", "eye mask", "something from home"),
    "es": ("luz baja", "música", "silencio", "manta", "antifaz", "algo de casa"),
}
# Numbers of the menu in a row, then words of their own.
CHOSEN = re.compile(r"([1-7](?:[\s,.;&+]|\b(?:and|y)\b|[1-7])*)(\D*)", re.IGNORECASE)
AND = {"en": ", and ", "es": ", y "}
SHOWN_OF_NOTE = {"en": 45, "es": 33}  # each part, where there are two


def current(scope: Scope, flow: Flow, session_id: uuid.UUID | None, kept: Mapping[str, Known]) -> dict[str, str]:
    """What was kept and may be said as of now: an old session's words are never presented as today's."""
    began = _series_began(scope, session_id) if flow.of_series else None
    return {
        name: known.words
        for name, known in kept.items()
        if not known.closed
        and not (name in flow.of_session and (session_id is None or known.session_id != session_id))
        and not (name in flow.of_series and began is not None and known.at < began)
    }


def session_before(scope: Scope, session_id: uuid.UUID | None) -> str | None:
    """The newest insight of an earlier session, to ask whether the two connect (CONTENT F11)."""
    said = turns.said_before(scope.db, scope.keys, scope.sealer, scope.person.id, "insight")
    began = _series_began(scope, session_id)
    earlier = [one for one in said if one.session_id not in (None, session_id) and (began is None or one.at >= began)]
    return earlier[-1].words if session_id and earlier and not earlier[-1].closed else None


def three_intentions(scope: Scope, session_id: uuid.UUID | None) -> str | None:
    """The intentions held at the last three sessions, in a row, each cut to a line; None with fewer than two."""
    sessions = [one for one in _series(scope, session_id) if one.status in ATTENDED and one.starts_at <= scope.now]
    said = turns.said_before(scope.db, scope.keys, scope.sealer, scope.person.id, "intention")
    held = [_held_at(said, session.starts_at) for session in sessions[-3:]]
    shown = [render.excerpt(one.words, scope.language, SHOWN[scope.language]) for one in held if one and not one.closed]
    rows = [words for words in dict.fromkeys(shown) if words]
    return THEN[scope.language].join(f'"{words}"' for words in rows) if len(rows) > 1 else None


def look_back(scope: Scope, session_id: uuid.UUID | None) -> str | None:
    """Up to three insights of this series, the newest last, each cut to a line (CONTENT F24); None without any."""
    said = turns.said_before(scope.db, scope.keys, scope.sealer, scope.person.id, "insight")
    began = _series_began(scope, session_id)
    open_now = [one for one in said if not one.closed and (began is None or one.at >= began)]
    shown = [render.excerpt(one.words, scope.language, SHOWN[scope.language]) for one in open_now]
    rows = [words for words in dict.fromkeys(shown) if words][-3:]
    return THEN[scope.language].join(f'"{words}"' for words in rows) or None


def low_note(scope: Scope, session_id: uuid.UUID | None) -> str | None:
    """Their own note at the end of a series, for a low day: the sign they would notice, what helps (CONTENT F24)."""
    parts = NOTE[scope.language]
    kept = turns.latest_answers(scope.db, scope.keys, scope.sealer, scope.person.id, tuple(parts))
    said = {name: kept[name].words for name in parts if name in kept and not kept[name].closed}
    room = SHOWN_OF_NOTE[scope.language] if len(said) > 1 else None
    shown = {name: render.excerpt(words, scope.language, room) for name, words in said.items()}
    return AND[scope.language].join(parts[name].format(words) for name, words in shown.items() if words) or None


def comfort_list(scope: Scope, session_id: uuid.UUID | None) -> str | None:
    """What they chose for the room at this session, in words (CONTENT F04: said again the day before)."""
    kept = turns.latest_answers(scope.db, scope.keys, scope.sealer, scope.person.id, ("comfort",))
    chosen = kept.get("comfort")
    if chosen is None or chosen.closed or session_id is None or chosen.session_id != session_id:
        return None
    words = render.excerpt(comforts_in_words(chosen.words, COMFORTS[scope.language]), scope.language)
    return f'"{words}"' if words else None


def comforts_in_words(said: str, labels: tuple[str, ...]) -> str:
    """Numbers of the comfort menu as their labels, with the words added after them; "" where a number is unclear."""
    if not re.search(r"\d", said):
        return said
    found = CHOSEN.fullmatch(said.strip())
    if found is None or (found[2] and found[1].rstrip()[-1].isdigit()):  # "2 blankets" are not number 2
        return ""
    numbers = [int(digit) for digit in dict.fromkeys(re.findall(r"\d", found[1]))]
    return ", ".join([labels[number - 1] for number in numbers if number <= len(labels)] + [found[2]] * bool(found[2]))


def _held_at(said: list[Known], at: datetime) -> Known | None:
    held = [one for one in said if one.at <= at and (one.until is None or one.until > at)]
    return held[-1] if held else None


def _series(scope: Scope, session_id: uuid.UUID | None) -> list[SessionRow]:
    """The sessions of the series a conversation is about, else of the latest one, by start."""
    about = next((one for one in scope.sessions if one.id == session_id), None)
    if about is None:
        about = max(scope.sessions, key=lambda one: one.starts_at, default=None)
    return [one for one in scope.sessions if about is not None and one.series_id == about.series_id]


def _series_began(scope: Scope, session_id: uuid.UUID | None) -> datetime | None:
    """When words begin to belong to the series: three weeks before its first session."""
    series = _series(scope, session_id)
    return series[0].starts_at - BEFORE_A_SERIES if series else None
