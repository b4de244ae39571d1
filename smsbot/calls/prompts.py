"""What each place of a call says when it is entered or said again; a prompt is given three times at most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from smsbot.calls.state import Ask, House, Line, Move, Saying, State, Step
from smsbot.carrier.document import Hangup

MOST_TRIES = 2
BYE: tuple[Step, ...] = (Line("vox_bye"), Hangup())


def to(state: State, at: str, **more: object) -> State:
    """The state at another place, where nothing has been tried yet."""
    return replace(state, at=at, tries=0, **more)  # type: ignore[arg-type]  # checked by the fields of State


def again(state: State, house: House, last: tuple[Step, ...] = BYE, *, wrong: bool = False) -> Move:
    """The prompt once more; after the third time the call ends with `last`."""
    if state.tries >= MOST_TRIES:
        return Move(state, last)
    tried = replace(state, tries=state.tries + 1)
    return Move(tried, ((Line("vox_wrong"),) if wrong else ()) + PROMPTS[state.at](tried, house))


def asked(state: State, at: str, house: House, *before: Saying) -> Move:
    """Go to a place and give its prompt."""
    there = to(state, at)
    return Move(there, (*before, *PROMPTS[at](there, house)))


def _greeting(state: State, house: House) -> tuple[Step, ...]:
    other = "en" if state.language == "es" else "es"
    return (Ask((Line("vox_greeting"), Line("vox_other_language", other)), timeout=8),)


def _consent(state: State, house: House) -> tuple[Step, ...]:
    return (Ask((Line("vox_consent"),), timeout=8),)


def _answered(state: State, house: House) -> tuple[Step, ...]:
    return (Ask((Line("vox_called"), Line("vox_press_9")), timeout=8),)


def _menu(state: State, house: House) -> tuple[Step, ...]:
    return (Ask((Line("vox_menu"),), speech=True),)


def _keep(state: State, house: House) -> tuple[Step, ...]:
    return (Ask((Line("vox_keep"),)),)


def _before(state: State, house: House) -> tuple[Step, ...]:
    return (Ask((Line("vox_before"),)),)


def _pick(state: State, house: House) -> tuple[Step, ...]:
    return (Ask((Line("vox_pick"),), speech=True),)


def _audios(state: State, house: House) -> tuple[Step, ...]:
    return (Ask((Line("vox_audios"),)),)


def _more(state: State, house: House) -> tuple[Step, ...]:
    return (Ask((Line("vox_more_audios"),)),)


def _code(state: State, house: House) -> tuple[Step, ...]:
    return (Ask((Line("vox_pin"),), digits=4, timeout=8),)


def _crisis(state: State, house: House) -> tuple[Step, ...]:
    names = [("vox_988_key", house.dial_988), ("vox_clinic_key", house.open_now and house.transfer)]
    lines = tuple(Line(name) for name, on in names if on)
    return (Ask((*lines, Line("vox_stay")), timeout=10),)


PROMPTS: dict[str, Callable[[State, House], tuple[Step, ...]]] = {
    "greeting": _greeting,
    "consent": _consent,
    "answered": _answered,
    "menu": _menu,
    "keep": _keep,
    "before": _before,
    "pick": _pick,
    "audios": _audios,
    "more_audios": _more,
    "code": _code,
    "crisis": _crisis,
}
