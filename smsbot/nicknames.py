"""Nicknames: two patients who share one phone are told apart by them, in what they read and in what they write."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar

from smsbot import answers, render, safety
from smsbot.answers import yes_no

Key = TypeVar("Key")

SHORTEST, LONGEST = 2, 20
MOST_SEGMENTS = 2
TALKING, LATELY = timedelta(hours=1), timedelta(hours=24)
_SHAPE = re.compile(r"[^\W\d_]+(?:[ '.-]{1,2}[^\W\d_]+)*\.?\Z")
_AFTER = " \t\n:,-\u2010\u2011\u2012\u2013\u2014.;!?"
_SAYING_SO = re.compile(r"\W*(?:it'?s|this is|i'?m|i am|me|soy|es|habla)[\s,:]+", re.IGNORECASE)


def tidy(nickname: str) -> str:
    """A nickname as it is stored: one space between words, plain quotes and dashes."""
    return " ".join(render.tidy(nickname).split())


def fault(nickname: str) -> str | None:
    """What is wrong with a tidy nickname, or None: it begins texts, and must never mean anything else."""
    if not SHORTEST <= len(nickname) <= LONGEST:
        return f"A nickname has {SHORTEST} to {LONGEST} characters."
    if not _SHAPE.match(nickname) or not render.is_gsm(nickname):
        return "A nickname has letters only (plain ones, as in José or Sol), no digits or signs."
    if _means_something(nickname):
        return "This word means something when it is texted; choose another nickname."
    return None


def _means_something(nickname: str) -> bool:
    found = safety.screen(nickname)
    words = " ".join(nickname.split("-")).casefold()
    return (
        found.tier is not None
        or found.opt is not None
        or found.medical
        or answers.reserved(words) is not None
        or any(answers.command(nickname, language) or yes_no(nickname, language) for language in ("en", "es"))
        or answers.opt_in(nickname)
        or answers.topic(nickname) is not None
    )


def too_alike(one: str, other: str) -> bool:
    """Whether one nickname is the other, or its beginning: a text could then be either's."""
    first, second = (_folded(name) for name in (one, other))
    return first.startswith(second) or second.startswith(first)


def named(body: str, nicknames: Mapping[Key, str]) -> tuple[Key, str] | None:
    """Whose nickname a text begins with, and what it says after it; None when it begins with none of them.

    The nickname stands alone or before a colon, a comma, a dash or a space; capitals and accents do not matter. Alone
    it may come as a sentence ("it's Sol"); what is said is then "".
    """
    for key, nickname in nicknames.items():
        rest = _rest(body, nickname)
        if rest is not None:
            return key, rest
        telling = _SAYING_SO.match(body)
        if telling and _rest(body[telling.end() :], nickname) == "":
            return key, ""
    return None


def _rest(body: str, nickname: str) -> str | None:
    """What follows the nickname that a text begins with; "" when nothing is said there."""
    begins = _end(body.lstrip(), _folded(nickname))
    if begins is None:
        return None
    rest = body.lstrip()[begins:]
    if rest and rest[0] not in _AFTER:
        return None
    said = rest.lstrip(_AFTER)
    return said if any(character.isalnum() or ord(character) > 0xFFFF for character in said) else ""


def _end(body: str, wanted: str) -> int | None:
    """Where in a text its beginning ends that reads like `wanted`; accents that stand alone are part of it."""
    at = 0
    for place, character in enumerate(body):
        if at == len(wanted) and not unicodedata.combining(character):
            return place
        for folded in _fold(character):
            if at == len(wanted) or folded != wanted[at]:
                return None
            at += 1
    return len(body) if at == len(wanted) else None


def _folded(text: str) -> str:
    return "".join(folded for character in text for folded in _fold(character))


def _fold(character: str) -> Iterator[str]:
    bare = unicodedata.normalize("NFKD", character.casefold())
    return (part for part in bare if not unicodedata.combining(part))


def before(nickname: str, text: str) -> str:
    """A text that says whose it is. Where that would cost a third part, Spanish gives up its accents for it."""
    whole = f"{nickname}: {text}"
    if render.segments(whole) <= max(MOST_SEGMENTS, render.segments(text)):
        return whole
    plain, kept_all = render.to_gsm(whole)
    return plain if kept_all and render.segments(plain) < render.segments(whole) else whole


class Seen(NamedTuple):
    """What is known of one of the two: whether they have an open question, when they wrote and were written to."""

    asked: bool
    wrote_at: datetime | None
    texted_at: datetime | None

    @property
    def last(self) -> datetime | None:
        """Their last text, either way."""
        return max((at for at in (self.wrote_at, self.texted_at) if at is not None), default=None)


def writing(seen: Mapping[Key, Seen], now: datetime) -> Key | None:
    """Who is writing when no nickname is there, or None when that is anybody's guess.

    1. Whoever wrote within the hour, if the other has neither written nor been written to since.
    2. The one with an open question; with two open ones it is a guess.
    3. The one whom the last text of this phone within a day came from or went to.
    """
    talking = [key for key, one in seen.items() if one.wrote_at is not None and now - one.wrote_at <= TALKING]
    for key in talking:
        wrote = seen[key].wrote_at
        if wrote is not None and all((each.last or wrote) < wrote for other, each in seen.items() if other != key):
            return key
    asked = [key for key, one in seen.items() if one.asked]
    if asked:
        return asked[0] if len(asked) == 1 else None
    lately = {key: one.last for key, one in seen.items() if one.last is not None and now - one.last <= LATELY}
    return _only_latest(lately)


def likeliest(seen: Mapping[Key, Seen], now: datetime) -> Key:
    """Who has to be taken for the writer where something must be done at once: the best guess there is."""
    key = writing(seen, now)
    if key is not None:
        return key
    return max(seen, key=lambda each: (seen[each].asked, (seen[each].last or datetime.min.replace(tzinfo=now.tzinfo))))


def _only_latest(moments: Mapping[Key, datetime]) -> Key | None:
    if not moments:
        return None
    latest = max(moments.values())
    found = [key for key, at in moments.items() if at == latest]
    return found[0] if len(found) == 1 else None
