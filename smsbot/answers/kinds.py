"""What kind of words-answer a reply is, as far as a flow may branch on it."""

import re
from typing import Literal, get_args

from smsbot.answers import vocabulary_kinds as vocabulary
from smsbot.answers import vocabulary_kinds_built as built
from smsbot.answers import vocabulary_kinds_people as people
from smsbot.answers import vocabulary_kinds_shapes as shapes
from smsbot.answers.bags import bag
from smsbot.answers.patterns import Patterns
from smsbot.answers.text import bare, trimmed

Kind = Literal["none", "nothing_yet", "fine", "unsafe_plan", "heavy", "about_someone", "unsure", "vague", "unclear"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_SOFTENERS = bag(
    """
    um uh hmm hm er well oh just really honestly sorry thanks thank you please lol haha i guess i think to be honest tbh
    pues mmm la verdad gracias creo que por favor bueno ay perdon lo siento yo oye hi hey hola
    """
)
_EMPHASIS = bag("really just honestly actually la verdad realmente")
_GREETING = re.compile(r"\b(?:good (?:morning|afternoon|evening|night)|buen[oa]s (?:dias|tardes|noches))\b")
_SMALL_TALK = re.compile(
    r"\b(?:not bad|cant complain|no me quejo|nada mal|same old(?: same old)?|not too shabby|igual que siempre)\b"
)
_DASHES = re.compile(r"\s*[-–—]{1,3}\s*")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SHORTEST_MASH = 3
_HELD = 5  # letters: "ooo" is a sound
_FEWEST_WORDS = 3  # F03: under three words is vague

_NONE = Patterns(shapes.NONE_SHAPES + built.NONE_SHAPES)
_YET = Patterns(shapes.YET_SHAPES + built.YET_SHAPES)
_UNSURE = Patterns(shapes.UNSURE_SHAPES + built.UNSURE_SHAPES)
_LONGEST_SHAPE = 9  # words; a longer reply says something
_HEAVY = Patterns(vocabulary.HEAVY + built.HEAVY)
_ABOUT_SOMEONE = Patterns(people.ABOUT_SOMEONE)
_UNSAFE_PLAN = Patterns(people.UNSAFE_PLAN + built.UNSAFE_PLAN)


def kinds(text: str) -> tuple[Kind, ...]:
    """Every kind that a words-answer is, the one to branch on first standing first; empty for ordinary words.

    none          nothing to say: "nothing", "NONE", "nada", "n/a", "-"; "no" when words were asked
    nothing_yet   none for now: "nothing yet", "todavía nada" (is also none)
    fine          "fine thanks", "todo bien"
    unsafe_plan   confronting someone who hurts them, violence as the cue, or leaving home (F16); recall first
    heavy         everything at once: "fix everything", "sanar todo mi pasado" (F03)
    about_someone a wish about what another person does: "get my ex to ..." (F03)
    unsure        "I don't know", "not sure", "no sé" (is also vague)
    vague         under three words, only a wish word or "idk", only an effect of the medicine (F03)
    unclear       nothing to read: no words, one letter, keys rolled over

    A flow takes the first of these that it names. Both languages are always understood.
    """
    whole = bare(text)
    body = tuple(whole.split())
    tests = {
        "none": _is_none(text, body),
        "nothing_yet": _is_nothing_yet(body),
        "fine": _is_fine(body),
        "unsafe_plan": _UNSAFE_PLAN.found(whole),
        "heavy": _HEAVY.found(whole),
        "about_someone": _ABOUT_SOMEONE.found(whole),
        "unsure": _is_unsure(body),
        "vague": _is_vague(body),
        "unclear": _is_unclear(text, body),
    }
    order: tuple[Kind, ...] = (
        "nothing_yet",
        "none",
        "unclear",
        "unsafe_plan",
        "heavy",
        "about_someone",
        "fine",
        "unsure",
        "vague",
    )
    return tuple(kind for kind in order if tests[kind])


def _has_shape(body: tuple[str, ...], known: Patterns) -> bool:
    """Is a short reply built like one of these?"""
    return len(body) <= _LONGEST_SHAPE and known.found(" ".join(body))


def _is_one_of(body: tuple[str, ...], known: frozenset[tuple[str, ...]]) -> bool:
    """Is the whole text, softeners aside, one of the phrases?"""
    return body in known or trimmed(body, _SOFTENERS) in known


def _is_none(text: str, body: tuple[str, ...]) -> bool:
    """ "nothing", "n/a", a dash, and every "nothing yet"."""
    if _says_none(body) or _has_shape(body, _NONE) or _has_shape(body, _YET):
        return True
    if len(body) > 1 and body[0] == "no" and body[1:] in vocabulary.NONE:
        return True
    return bool(_DASHES.fullmatch(text)) or any(
        _is_one_of(body, known) for known in (vocabulary.NONE, vocabulary.NOTHING_YET)
    )


def _says_none(body: tuple[str, ...]) -> bool:
    """Only words around a "nothing"."""
    known = vocabulary.NONE_CORE | vocabulary.NONE_AROUND
    return bool(vocabulary.NONE_CORE & set(body)) and all(word in known for word in body)


def _is_nothing_yet(body: tuple[str, ...]) -> bool:
    """ "still nothing", "nada todavía"."""
    return _is_one_of(body, vocabulary.NOTHING_YET) or (
        (_says_none(body) and bool(vocabulary.STILL & set(body))) or _has_shape(body, _YET)
    )


def _is_fine(body: tuple[str, ...]) -> bool:
    """Only words of small talk, one of them a "fine"; a greeting's own "good" does not count."""
    body = tuple(_SMALL_TALK.sub("fine", _GREETING.sub("", " ".join(body))).split())
    known = vocabulary.FINE_CORE | vocabulary.FINE_AROUND
    if body[:1] == ("feel",):
        return False  # "feel good" is a wish
    return bool(vocabulary.FINE_CORE & set(body)) and all(word in known for word in body)


def _is_unsure(body: tuple[str, ...]) -> bool:
    """Not knowing, in so many words."""
    plain = tuple(word for word in body if word not in _EMPHASIS)
    return _is_one_of(plain, vocabulary.UNSURE) or _has_shape(body, _UNSURE)


def _is_vague(body: tuple[str, ...]) -> bool:
    """F03: under three words, or only a wish word, or only an effect of the medicine."""
    if not body:
        return False
    short = len(body) < _FEWEST_WORDS and len(_CJK.findall("".join(body))) < 2 * _FEWEST_WORDS
    plain = tuple(word for word in body if word not in _EMPHASIS)
    if short or _is_one_of(plain, vocabulary.UNSURE | vocabulary.VAGUE_WHOLE):
        return True
    named = [word for word in body if word not in vocabulary.VAGUE_AROUND | _SOFTENERS]
    if all(word in vocabulary.VAGUE_CORE for word in named):
        return True
    named = [word for word in body if word not in vocabulary.DRUG_AROUND]
    return bool(named) and all(word in vocabulary.DRUG_EFFECTS for word in named)


def _is_unclear(text: str, body: tuple[str, ...]) -> bool:
    """Nothing to read: no letters or digits, one letter alone, or only rolled keys."""
    if not body:
        return not _DASHES.fullmatch(text)
    lone = len(body) == 1 and len(body[0]) == 1 and body[0].isascii() and body[0].isalpha()
    return lone or all(_is_mash(word) for word in body) or (len(body) == 1 and body[0] in vocabulary.ROLLED_THREE)


def _is_mash(word: str) -> bool:
    """Five neighbours of a keyboard row, one key held down, or five letters and more without a vowel."""
    if len(word) < _SHORTEST_MASH or not word.isascii() or not word.isalpha() or word in vocabulary.CONSONANT_WORDS:
        return False
    rolled = len(word) > _SHORTEST_MASH and any(
        word in row * 3 or word in row[::-1] * 3 for row in vocabulary.KEYBOARD_ROWS
    )
    halves = (
        len(word) >= 6
        and word[: len(word) // 2] == word[len(word) // 2 :]
        and len(set(word)) <= 4
        and _is_row(word[:3])
    )
    pieces = len(word) >= 6 and len(word) % 3 == 0 and all(_is_row(word[at : at + 3]) for at in range(0, len(word), 3))
    held = len(set(word)) == 1 and (len(word) >= _HELD or not set(word) & set("aeiouy"))
    return rolled or halves or pieces or held or (len(word) >= 5 and not set(word) & set("aeiouy"))


def _is_row(piece: str) -> bool:
    """Neighbours on one row of the keyboard."""
    return any(piece in row for row in vocabulary.KEYBOARD_ROWS)
