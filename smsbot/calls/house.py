"""What a clinic's line may do now: its voice settings, its hours, and the guided recordings by key."""

from typing import Any

from smsbot import calling, facts, own_voice
from smsbot.calls.state import House
from smsbot.models import Clinic
from smsbot.scope import Scope

SHORTEST_S, LONGEST_S = 60, 600
USUAL: dict[str, Any] = {"note_seconds": 180, "speech": True, "dial_988": False, "transfer": True}
"""What a clinic's line does unless `clinic.settings["voice"]` says otherwise."""
GUIDED = "guided_audio"


def settings(clinic: Clinic) -> dict[str, Any]:
    """How a clinic's line is set: note_seconds (60 to 600), speech, dial_988 and transfer."""
    own: dict[str, Any] = USUAL | clinic.settings.get("voice", {})
    return own | {"note_seconds": min(max(int(own["note_seconds"]), SHORTEST_S), LONGEST_S)}


def change(clinic: Clinic, wanted: dict[str, Any]) -> dict[str, Any]:
    """Set some of them; returns what is different now."""
    before = settings(clinic)
    clinic.settings = clinic.settings | {"voice": before | wanted}
    return {name: value for name, value in settings(clinic).items() if value != before[name]}


def of(scope: Scope, *, outbound: bool) -> House:
    """The house a call finds now."""
    own = settings(scope.clinic)
    first, second = _audios(scope)
    return House(
        open_now=facts.hours(scope.clinic).is_open(scope.now),
        transfer=bool(own["transfer"]),
        dial_988=bool(own["dial_988"]) and scope.clinic.country == "US",
        speech=bool(own["speech"]),
        own_voice=_may_hear_before(scope),
        limit=own["note_seconds"],
        fresh_note=str(scope.runtime.new_id()),
        clinic_phone=scope.clinic.phone,
        caller_id=scope.clinic.number if outbound else None,
        audios=first,
        more_audios=second,
    )


def _may_hear_before(scope: Scope) -> bool:
    """Whether a note can be heard again before a session: by whoever has a code and still gets texts."""
    return not calling.barred(scope) and own_voice.has_code(scope.person)


def _audios(scope: Scope) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """The recordings by key, on the two pages that the flow offers them on by text."""
    steps = scope.runtime.content.scripts[GUIDED].flow.steps
    pages = [tuple((str(key), code) for key, code in step.choices) for step in steps.values()]
    return pages[0], pages[1]
