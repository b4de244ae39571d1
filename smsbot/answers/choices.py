"""Which offered choice a reply names: by digit, by number word, by place or by its words."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from smsbot.answers import vocabulary_numbers as numbers_vocabulary
from smsbot.answers.bags import bag
from smsbot.answers.numbers import said
from smsbot.answers.reading import Language, Reading, settle
from smsbot.answers.text import bare, fold, one_slip, tokens, words
from smsbot.answers.times import PARTS, part_by_clock
from smsbot.answers.yes_no import yes_no

Labels = Mapping[str, Sequence[str]]
_Label = tuple[str, tuple[str, ...]]

_LONGEST_SENTENCE = 8  # a label inside a longer sentence is a coincidence, not a choice
_NEGATES = bag(
    """
    not isnt dont doesnt didnt wasnt never without no ni nunca cant neither nor hardly sin tampoco nada
    """
)
_BOTH = bag("both ambas ambos all todas todos any either cualquiera neither ninguna ninguno")
_TWO = frozenset({"las dos", "los dos", "las 2", "los 2"})
_LISTS = re.compile(r"[/\\,.]")  # between option numbers these part two choices: "1/2", "1,2"
_PAUSE = re.compile(r"[,.;:!\n(]| - ")
_BUT = frozenset({"but", "pero"})
_TOO_LONG = 1000
_COURTESY = bag(
    """
    the a an i im ive that this its it is id like please pls thanks thank you ty lol haha well um hmm maybe
    probably think guess say just feeling feel pretty one option choice was mostly really so very today el la
    los las un una lo es esta estoy me siento por favor gracias pues creo que muy hoy
    """
)

_SPREAD = {"kinda": ("kind", "of"), "sorta": ("sort", "of")} | {
    f"{verb}nt": (verb, "not") for verb in bag("did do does is was has have had could would should")
}
# Other words for what the labels say, and the small forms that Spanish loves.
_SAME_AS = (
    (re.compile(r"\b(?:a (?:little|lil|tiny|wee) bit|a (?:little|lil|tad|touch|smidge)|slightly|somewhat)\b"), "a bit"),
    (re.compile(r"\bsort of\b"), "kind of"),
    (re.compile(r"\bnever came up\b"), "did not come up"),
    (re.compile(r"\bnunca (?:surgio|llego)\b"), "no llego"),
    (re.compile(r"\bpoquit(?:it)?[oa]\b|\bpoquitin\b"), "poco"),
    (re.compile(r"\b(?:un )?tantito\b"), "un poco"),
    (re.compile(r"\b(mejor|tempran|igual|tard|noch)(?:ec|c)?it[oa]\b"), r"\1"),
    (re.compile(r"\b(tempran)\b"), r"\1o"),
    (re.compile(r"\b(tard|noch)\b"), r"\1e"),
)
_GREETING = re.compile(r"^\W*(?:good (?:morning|afternoon|evening)|buen[oa]s (?:dias|tardes|noches))\b")
_EVERYDAY = bag("good fine open kind rest change keep other bien otra nada more less")

_AROUND_A_PLACE = (numbers_vocabulary.CHOICE_FILLER | {"one"}) - {"a"}  # "a second" is no place


@dataclass(frozen=True)
class _Match:
    """A label found in a text: the words it covers."""

    code: str
    start: int
    end: int


def choice(
    text: str, choices: Mapping[int, str], labels: Labels, language: Language = "en", exact: bool = False
) -> Reading[str]:
    """The code of the one choice a reply names.

    choices maps the printed digit to a code, labels each code to words that name it. A digit wins unless the words
    beside it name another choice; two choices, "both" and "1 or 2" are ambiguous; a digit that is not offered is
    out_of_range. With `exact` (safety questions) only a bare digit or a whole label counts.
    """
    if exact:
        return _exact(text, choices, labels)
    known = _known(labels)
    text = _GREETING.sub("", fold(text))
    body = _spread(words(text))
    if whole := _whole(body, known) or _numbered(body, choices, known):
        return settle(whole)
    named = _part_of_the_day(text, choices) | _inside(text, body, known) or _fallback(
        text, body, labels, known, language
    )
    digits = _digits(text, choices, labels, language)
    chosen = {choices[digit] for digit in digits if digit in choices}
    if len(digits) == 1 and chosen and named <= chosen:
        return settle(chosen)
    if len(chosen | named) > 1 or len(digits) > 1 or (not named and _is_both(body)):
        return Reading(None, "ambiguous")
    if named:
        return settle(named)
    return Reading(None, "out_of_range" if digits and max(digits) < _TOO_LONG else "absent")


def _exact(text: str, choices: Mapping[int, str], labels: Labels) -> Reading[str]:
    """A bare digit, a whole label, or a digit with its own label ("1 I'm safe"); nothing else."""
    body = _spread(words(text))
    known = _known(labels)
    named = frozenset(code for code, label in known if label == body) or _numbered(body, choices, known)
    digit = _digit(body[0]) if len(body) == 1 else None
    if named or digit is None:
        return settle(named)
    code = choices.get(digit)
    return Reading(code, "found") if code else Reading(None, "out_of_range")


def _numbered(body: tuple[str, ...], choices: Mapping[int, str], known: list[_Label]) -> frozenset[str]:
    """A digit before its own label, as printed ("3 notice one thing")."""
    digit = _digit(body[0]) if len(body) > 1 else None
    named = _whole(body[1:], known)
    return named if digit is not None and named == {choices.get(digit)} else frozenset()


def _part_of_the_day(text: str, choices: Mapping[int, str]) -> frozenset[str]:
    """ "Around 7" where the four parts of a day are offered; a bare digit is the option that stands beside it."""
    bare_digit = text.strip(" .!").isdecimal() and int(text.strip(" .!")) in choices
    if bare_digit or not set(PARTS) <= set(choices.values()):
        return frozenset()
    part = part_by_clock(text)
    return frozenset({part}) if part else frozenset()


def _digit(word: str) -> int | None:
    """The number a word is, in figures or spelled."""
    return int(word) if word.isdecimal() and len(word) < 4 else numbers_vocabulary.SPELLED.get(word)


def _digits(text: str, choices: Mapping[int, str], labels: Labels, language: Language) -> frozenset[int]:
    """The option numbers a text names, in figures, in words or by place ("the second one", "la última")."""
    label_words = {word for names in labels.values() for name in names for word in words(name)}
    top = max(choices, default=0)
    extra = numbers_vocabulary.CHOICE_FILLER | (label_words - numbers_vocabulary.UNITS)
    numbers = said(_LISTS.sub(" , ", text), high=0, language=language, extra=extra)
    return numbers.best | _places(text, top)


def _places(text: str, top: int) -> frozenset[int]:
    """Ordinals, when nothing else is said: "give me a second" names no option."""
    found: set[int] = set()
    for piece in tokens(text):
        place = int(piece.value) if piece.kind == "ordinal" and piece.value is not None else None
        place = numbers_vocabulary.ORDINALS.get(piece.text, place)
        if piece.text in numbers_vocabulary.LAST:
            place = top
        if place is not None:
            found.add(place)
        elif piece.text == "a" or (
            piece.kind != "mark" and piece.text not in numbers_vocabulary.CHOICE_FILLER | {"one"}
        ):
            return frozenset()
    return frozenset(found)


def _known(labels: Labels) -> list[_Label]:
    """Every label as words, with its code."""
    return [(code, label) for code, names in labels.items() for name in names if (label := _label(name))]


@lru_cache(maxsize=1024)
def _label(name: str) -> tuple[str, ...]:
    """The words of a label; remembered, for a label is the clinic's text and never a patient's."""
    return _spread(words(name))


def _fallback(
    text: str, body: tuple[str, ...], labels: Labels, known: list[_Label], language: Language
) -> frozenset[str]:
    """What opens the reply before a pause, an everyday yes or no, or a slip of the thumb."""
    opening = _spread(words(_PAUSE.split(fold(text), maxsplit=1)[0]))
    return _whole(opening, known) or _by_yes_no(text, labels, language) or _misspelled(body, known)


def _is_both(body: tuple[str, ...]) -> bool:
    """ "both", "any", "las dos": a reply that takes more than one."""
    core = _core(body)
    return " ".join(body) in _TWO or (0 < len(core) <= 2 and bool(_BOTH & set(core)))


def _spread(body: tuple[str, ...]) -> tuple[str, ...]:
    """ "kinda" and "didn't" as the two words they are, "a little" as the "a bit" it is."""
    text = " ".join(part for word in body for part in _SPREAD.get(word, (word,)))
    for pattern, same in _SAME_AS:
        text = pattern.sub(same, text)
    return tuple(text.split())


def _whole(body: tuple[str, ...], known: list[_Label]) -> frozenset[str]:
    """The text is a label, or without small words one, or the beginning of exactly one choice's labels."""
    same = frozenset(code for code, label in known if label == body)
    core = _core(body)
    if same or not core or _NEGATES & (set(body) - {"no"}):
        return same
    same = frozenset(code for code, label in known if _core(label) == core) or _all_of_one(core, known)
    if same or len("".join(core)) < 3:
        return same
    begun = frozenset(code for code, label in known if _core(label)[: len(core)] == core)
    return begun if len(begun) == 1 else frozenset()


def _all_of_one(core: tuple[str, ...], known: list[_Label]) -> frozenset[str]:
    """The choice whose several one-word labels make up the whole reply ("yes keep")."""
    single = {(code, label[0]) for code, label in known if len(label) == 1}
    codes = {code for code, _ in single if all((code, word) in single for word in core)}
    return frozenset(codes) if len(codes) == 1 else frozenset()


def _core(body: Iterable[str]) -> tuple[str, ...]:
    """The words that carry meaning."""
    return tuple(word for word in body if word not in _COURTESY)


def _inside(text: str, body: tuple[str, ...], known: list[_Label]) -> frozenset[str]:
    """Labels found inside a short reply, without those under a negation or part of a longer one.

    A one-word everyday label ("kind") names nothing alone in a sentence; beside another choice it makes two.
    """
    if "?" in text or len(body) > _LONGEST_SENTENCE:
        return frozenset()
    matches = [
        _Match(code, start, start + len(label))
        for code, label in known
        for start in range(len(body) - len(label) + 1)
        if body[start : start + len(label)] == label
    ]
    outer = [match for match in matches if not any(_covers(other, match) for other in matches)]
    meant = [match for match in outer if not _is_negated(body, match)]
    strong = frozenset(match.code for match in meant if not _is_small(body[match.start : match.end]))
    but = bool(_BUT & set(body))
    weak = frozenset(match.code for match in meant if but or body[match.start : match.end][0] in _EVERYDAY)
    return strong | weak if strong else strong


def _covers(outer: _Match, inner: _Match) -> bool:
    """Is one match a proper part of another?"""
    longer = outer.end - outer.start > inner.end - inner.start
    return longer and outer.start <= inner.start and inner.end <= outer.end


def _is_negated(body: tuple[str, ...], match: _Match) -> bool:
    """A negation up to three words before the label, or right after it, turns it around ("I'm not feeling calm").

    A reply's opening "no" does not turn a label around that says no itself ("no, it did not come up").
    """
    label = body[match.start : match.end]
    first = 1 if body[0] == "no" and _NEGATES & set(label) else 0
    before = body[max(first, match.start - 3) : match.start]
    return any(word in _NEGATES for word in before) or body[match.end : match.end + 1] == ("not",)


def _is_small(label: tuple[str, ...]) -> bool:
    """Is this a one-word label like "no" or "good", which sentences use for other things?"""
    return len(label) == 1 and (len(label[0]) < 4 or yes_no(label[0]) is not None or label[0] in _EVERYDAY)


def _by_yes_no(text: str, labels: Labels, language: Language) -> frozenset[str]:
    """ "yep" for a choice that lists "yes", "👎" for one that lists "no"."""
    heard = yes_no(text, language)
    if heard is None or bare(text).isdigit():
        return frozenset()
    named = {"yes": {"yes", "si"}, "no": {"no"}}[heard]
    return frozenset(code for code, names in labels.items() if named & {bare(name) for name in names})


def _misspelled(body: tuple[str, ...], known: list[_Label]) -> frozenset[str]:
    """A single word one slip away from a single-word label that starts alike ("partley"), if only one choice has it."""
    core = _core(body)
    if len(core) != 1 or len(core[0]) < 5:
        return frozenset()
    close = {code for code, label in known if len(label) == 1 and one_slip(core[0], label[0])}
    return frozenset(close) if len(close) == 1 else frozenset()
