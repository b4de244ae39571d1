"""What a clinic's line may do now: its voice settings, its hours, and the guided recordings by key."""

from smsbot import facts
from smsbot.calls.state import House
from smsbot.models import Clinic
from smsbot.scope import Scope

SHORTEST_S, USUAL_S, LONGEST_S = 60, 180, 600
GUIDED = "guided_audio"


def of(scope: Scope, *, outbound: bool) -> House:
    """The house a call finds now. `clinic.settings["voice"]` may set note_seconds, speech, dial_988 and transfer."""
    own = scope.clinic.settings.get("voice", {})
    first, second = _audios(scope)
    return House(
        open_now=facts.hours(scope.clinic).is_open(scope.now),
        transfer=bool(own.get("transfer", True)),
        dial_988=bool(own.get("dial_988", False)) and scope.clinic.country == "US",
        speech=bool(own.get("speech", True)),
        limit=note_seconds(scope.clinic),
        fresh_note=str(scope.runtime.new_id()),
        clinic_phone=scope.clinic.phone,
        caller_id=scope.clinic.number if outbound else None,
        audios=first,
        more_audios=second,
    )


def note_seconds(clinic: Clinic) -> int:
    """How long a voice note may be: the clinic's limit, three minutes unless told, ten at most."""
    wanted = clinic.settings.get("voice", {}).get("note_seconds", USUAL_S)
    return min(max(int(wanted), SHORTEST_S), LONGEST_S)


def _audios(scope: Scope) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """The recordings by key, on the two pages that the flow offers them on by text."""
    steps = scope.runtime.content.scripts[GUIDED].flow.steps
    pages = [tuple((str(key), code) for key, code in step.choices) for step in steps.values()]
    return pages[0], pages[1]
