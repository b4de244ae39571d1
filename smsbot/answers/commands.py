"""Universal replies: words that mean the same whatever is being asked, and only as the whole text."""

import re
from functools import cache

from smsbot.answers import vocabulary_commands as vocabulary
from smsbot.answers import vocabulary_requests
from smsbot.answers.bags import bag, phrases
from smsbot.answers.reading import Language
from smsbot.answers.text import bare, trimmed, words

_COURTESY = bag(vocabulary.COURTESY)


def _table(block: dict[str, str]) -> dict[tuple[str, ...], str]:
    """Phrase to command."""
    return {phrase: name for name, lines in block.items() for phrase in phrases(lines)}


_COMMANDS = _table(vocabulary.COMMANDS)
_CARRIER = _table(vocabulary.CARRIER)
_LONGEST_REQUEST = 10  # words

COMMANDS: tuple[str, ...] = tuple(vocabulary.COMMANDS)
RESERVED: frozenset[str] = frozenset(" ".join(phrase) for phrase in _COMMANDS | _CARRIER)
CARRIER_WORDS: frozenset[str] = frozenset(" ".join(phrase) for phrase in _CARRIER)


def command(text: str, language: Language = "en") -> str | None:
    """The universal reply that the whole text is (SKIP, LATER, ... of RULINGS 12), or None.

    Case, accents, punctuation, emoji and a "please" do not matter, and a whole request means the same ("can we skip
    this one"); any other word does ("I'm moving to Denver" is no MOVE). STOP, HELP and START are never returned: the
    safety screen has answered them before anything else looks.
    The Spanish words work in English conversations and the other way round; only "es" and "en" themselves mean nothing
    to somebody who already writes in that language ("es" is Spanish for "is").
    """
    body = words(text)
    if body == (language,):
        return None
    return _COMMANDS.get(body) or _COMMANDS.get(trimmed(body, _COURTESY)) or _request(trimmed(body, _COURTESY))


@cache
def _requests() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Every command with the whole requests for it; few texts are short enough to be one."""
    return tuple((name, re.compile("|".join(shapes))) for name, shapes in vocabulary_requests.REQUESTS.items())


def _request(body: tuple[str, ...]) -> str | None:
    """The command that a whole short request asks for; with two of them it is neither."""
    if not 1 < len(body) <= _LONGEST_REQUEST:
        return None
    whole = " ".join(body)
    asked = {name for name, shapes in _requests() if shapes.fullmatch(whole)}
    return asked.pop() if len(asked) == 1 else None


def skip(text: str) -> bool:
    """Is the whole text a way to say SKIP? ("saltar" is not one: see saltar.)"""
    return command(text) == "SKIP"


def saltar(text: str) -> bool:
    """Is the whole text "saltar"? It also means "jump": CONTENT 11.8 lets safety decide whether it is a skip."""
    return bare(text) == "saltar"


def reserved(label: str) -> str | None:
    """The command or carrier word that a flow's answer label would collide with ("End" -> STOP), or None."""
    body = words(label)
    return _CARRIER.get(body) or _COMMANDS.get(body)
