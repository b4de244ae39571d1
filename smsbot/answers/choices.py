"""Which offered choice a reply names: by digit, by number word, by place or by its words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from smsbot.answers import vocabulary_numbers as numbers_vocabulary
from smsbot.answers.bags import bag
from smsbot.answers.numbers import said
from smsbot.answers.reading import Language, Reading, settle
from smsbot.answers.text import bare, tokens, words
from smsbot.answers.yes_no import yes_no

Labels = Mapping[str, Sequence[str]]

_LONGEST_SENTENCE = 8  # a label inside a longer sentence is a coincidence, not a choice
_NEGATES = bag(
    """
    not isnt dont doesnt didnt wasnt never without no ni nunca cant neither nor hardly sin tampoco
    """
)
_BOTH = bag("both ambas ambos all todas todos any either cualquiera neither ninguna ninguno")
_COURTESY = bag(
    """
    the a an i im ive its it is id like please pls thanks thank you ty lol haha well um hmm maybe probably think
    guess say just feeling feel pretty one option choice was mostly really so
    very today el la los las un una lo es esta estoy me siento por favor gracias pues creo que muy hoy
    """
)

_SPREAD = {"kinda": ("kind", "of"), "sorta": ("sort", "of"), "gonna": ("going", "to")}
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
    named = _labeled(text, labels, language)
    digits = _digits(text, choices, labels, language)
    known = {choices[digit] for digit in digits if digit in choices}
    if known and len(digits) == 1 and not named - known:
        return settle(known)
    if len(known | named) > 1 or len(digits) > 1:
        return Reading(None, "ambiguous")
    if named:
        return settle(named)
    if _BOTH & set(words(text)) and len(words(text)) <= _LONGEST_SENTENCE:
        return Reading(None, "ambiguous")
    return Reading(None, "out_of_range" if digits and max(digits) < 1000 else "absent")


def _exact(text: str, choices: Mapping[int, str], labels: Labels) -> Reading[str]:
    """A bare digit or a whole label, nothing around it but punctuation."""
    whole = bare(text)
    if whole.isdigit() and len(whole) < 4:
        code = choices.get(int(whole))
        return Reading(code, "found") if code else Reading(None, "out_of_range")
    return settle({code for code, names in labels.items() if whole and whole in map(bare, names)})


def _digits(text: str, choices: Mapping[int, str], labels: Labels, language: Language) -> frozenset[int]:
    """The option numbers a text names, in figures, in words or by place ("the second one", "la última")."""
    label_words = {word for names in labels.values() for name in names for word in words(name)}
    top = max(choices, default=0)
    extra = numbers_vocabulary.CHOICE_FILLER | (label_words - numbers_vocabulary.UNITS)
    numbers = said(text, high=0, language=language, extra=extra)
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


def _labeled(text: str, labels: Labels, language: Language) -> frozenset[str]:
    """The codes whose words the text uses, the strictest way of matching first."""
    body = _spread(words(text))
    if not body:
        return _by_yes_no(text, labels, language)
    known = [(code, label) for code, names in labels.items() for name in names if (label := _spread(words(name)))]
    for codes in (
        {code for code, label in known if label == body},
        _whole(body, known),
        _inside(text, body, known),
    ):
        if codes:
            return frozenset(codes)
    return _by_yes_no(text, labels, language) or _misspelled(body, known)


def _spread(body: tuple[str, ...]) -> tuple[str, ...]:
    """ "kinda" and "sorta" as the two words they are."""
    return tuple(part for word in body for part in _SPREAD.get(word, (word,)))


def _whole(body: tuple[str, ...], known: list[tuple[str, tuple[str, ...]]]) -> set[str]:
    """The text without small words is a label without small words, or the beginning of exactly one choice's labels."""
    core = _core(body)
    if not core or _NEGATES & (set(body) - {"no"}):
        return set()
    same = {code for code, label in known if _core(label) == core}
    if same or len("".join(core)) < 3:
        return same
    begun = {code for code, label in known if _core(label)[: len(core)] == core}
    return begun if len(begun) == 1 else set()


def _core(body: Iterable[str]) -> tuple[str, ...]:
    """The words that carry meaning."""
    return tuple(word for word in body if word not in _COURTESY)


def _inside(text: str, body: tuple[str, ...], known: list[tuple[str, tuple[str, ...]]]) -> set[str]:
    """Labels found inside a short reply, longest first, without those under a negation or part of a longer one."""
    if "?" in text or len(body) > _LONGEST_SENTENCE:
        return set()
    matches = [
        _Match(code, start, start + len(label))
        for code, label in known
        for start in range(len(body) - len(label) + 1)
        if body[start : start + len(label)] == label
    ]
    outer = [match for match in matches if not any(_covers(other, match) for other in matches)]
    return {match.code for match in outer if not _is_negated(body, match) and not _is_small(body, match)}


def _covers(outer: _Match, inner: _Match) -> bool:
    """Is one match a proper part of another?"""
    longer = outer.end - outer.start > inner.end - inner.start
    return longer and outer.start <= inner.start and inner.end <= outer.end


def _is_negated(body: tuple[str, ...], match: _Match) -> bool:
    """A negation up to three words before the label turns it around ("I'm not feeling calm")."""
    return any(word in _NEGATES for word in body[max(0, match.start - 3) : match.start])


def _is_small(body: tuple[str, ...], match: _Match) -> bool:
    """A one-word label like "no" or "good" counts only where it opens the reply: elsewhere it is part of a sentence."""
    label = body[match.start : match.end]
    everyday = len(label) == 1 and (len(label[0]) < 4 or yes_no(label[0]) is not None or label[0] in _EVERYDAY)
    return everyday and match.start > 0 and not set(body[: match.start]) <= _COURTESY


def _by_yes_no(text: str, labels: Labels, language: Language) -> frozenset[str]:
    """ "yep" for a choice that lists "yes", "👎" for one that lists "no"."""
    heard = yes_no(text, language)
    if heard is None or bare(text).isdigit():
        return frozenset()
    named = {"yes": {"yes", "si"}, "no": {"no"}}[heard]
    return frozenset(code for code, names in labels.items() if named & {bare(name) for name in names})


def _misspelled(body: tuple[str, ...], known: list[tuple[str, tuple[str, ...]]]) -> frozenset[str]:
    """A single word one slip away from a single-word label that starts alike ("partley"), if only one choice has it."""
    core = _core(body)
    if len(core) != 1 or len(core[0]) < 5:
        return frozenset()
    close = {code for code, label in known if len(label) == 1 and _one_slip(core[0], label[0])}
    return frozenset(close) if len(close) == 1 else frozenset()


def _one_slip(typed: str, meant: str) -> bool:
    """One letter more, fewer, other, or two swapped, after the same first letter."""
    if typed[0] != meant[0] or len(meant) < 5 or abs(len(typed) - len(meant)) > 1:
        return False
    shared = _shared(typed, meant)
    a, b = typed[shared:], meant[shared:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[:2][::-1] and a[2:] == b[2:])


def _shared(a: str, b: str) -> int:
    """How many first letters two words share."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
