"""A number in a range, as people type it: "7/10", "a 7 I guess", "siete", "6 or 7" (which is not one number)."""

import math
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from smsbot.answers import vocabulary_numbers as vocabulary
from smsbot.answers.reading import Language, Reading, settle
from smsbot.answers.text import Token, fold, tokens

_SCALE = re.compile(
    r"\b(?:on |in )?(?:a |the )?scale (?:of|from) \w+ ?(?:to|-) ?\w+"
    r"|\b(?:en )?(?:una |la )?escala del? \w+ ?(?:al?|-) ?\w+"
    r"|\b(?:del|de) (?:0|1|cero|uno) ?(?:al?|-) ?(?:10|diez)\b|\bfrom (?:0|1|zero|one) ?(?:to|-) ?(?:10|ten)\b"
)
_TELEPHONE = re.compile(r"\b(?:\d{3}[ .-])?\d{3}[ .-]\d{4}\b")
# What is taken out before anything is read: a slip put right ("4 no wait 5"), and how the number was arrived at.
_PUT_RIGHT = re.compile(
    r"\b[\w./]+[ ,.-]*(?:no[ ,]+wait|wait[ ,]+no|oh wait|wait|scratch that|i mean|make that|no actually|actually no"
    r"|digo|no perdon|perdon no|no espera|espera|mas bien|no mejor)[ ,.-]+(?=(?:(?:a|an|un|una|its|like|more|es|"
    r"como) )*"
    r"(?:\d|" + "|".join(vocabulary.SPELLED) + r")\b)"
)
_NOT_BUT = re.compile(
    r"\b[\w./]+[ ,.;-]*\bno[ ,]+(?=(?:a |like |es |un )*(?:\d+|" + "|".join(vocabulary.SPELLED) + r")\W*$)"
)
_ARRIVED = re.compile(
    r"\bfull on\b|\bgive or take\b|(?<=out of )a possible\b|\bput me (?:down )?(?:for|at|as)\b|\bas (?:always|"
    r"usual|before|yesterday|last time|ever)\b|"
    r"\bcomo (?:siempre|ayer)\b|"
    r"\bif i (?:had|have|need|was) to (?:pick|say|guess|choose|put|give|rate)(?: (?:it|one|myself|a|the|number|on))*"
    r"|\bgo(?:ing)? with\b"
    r"|\bsi tuviera que (?:decir|escoger|elegir|dar)(?: (?:un|uno|el|numero))*"
    r"|\bat (?:the|its|my) (?:very )?(?:worst|peak|best|lowest|highest)\b|\ben (?:el|mi) peor momento\b"
)
_FAR = 8  # words that still bear on a number
_TOO_LONG = 1000  # four digits and more are a code or a phone number, not a try at a rating
_IGNORED = frozenset("'\"*#~+=_^°º@")  # marks that end no clause
_KEPT = _IGNORED | frozenset("%$€£<>≥≤")


@dataclass(frozen=True)
class Said:
    """The numbers a text offers as answers; those said "out of ten" outrank the others."""

    values: frozenset[float]
    rated: frozenset[float]

    @property
    def best(self) -> frozenset[int]:
        """Whole numbers: a half counts as the number below it."""
        return frozenset(math.floor(value) for value in self.rated or self.values)


def number(text: str, low: int = 0, high: int = 10, language: Language = "en") -> Reading[int]:
    """The whole number from low to high that a text gives as its one answer.

    A half counts as the number below ("7.5" is 7: a low mood must not be rounded away). Two different numbers
    ("6 or 7", "6-7", "6/7") are ambiguous and never guessed. Negated numbers ("not a 7"), dates, times and counts
    are no answer.
    """
    reading = settle(said(text, high, language).best)
    if reading.value is None or low <= reading.value <= high:
        return reading
    return Reading(None, "absent" if reading.value >= _TOO_LONG else "out_of_range")


def said(text: str, high: int, language: Language, extra: Collection[str] = ()) -> Said:
    """Every number that the words around it allow as an answer; `extra` words may stand around it too."""
    pieces = tokens(_plain(text))
    pieces = _halves(_signed(_compounds([_spelled(piece, language) for piece in pieces])))
    pieces, rated = _rated(pieces, high)
    fillers = vocabulary.FILLER.union(extra)
    alone = all(piece.kind == "number" or piece.text in fillers for piece in pieces if piece.kind != "mark")
    values = {value for clause in _latest(list(_clauses(pieces))) for value in _answers(clause, fillers, alone)}
    return Said(frozenset(values | _beside(pieces, values)), frozenset(rated))


def _beside(pieces: list[Token], values: set[float]) -> set[float]:
    """Numbers that stand right beside an answer, so that "7, 8 when I walk" is not seven."""
    found: set[float] = set()
    last: int | None = None
    for index, piece in enumerate(pieces):
        if piece.kind == "number" and piece.value is not None:
            after = pieces[index + 1 : index + 3]
            pair = {piece.value} if last is None else {piece.value, pieces[last].value or 0.0}
            if _refused(pieces[max(0, index - _FAR) : index], piece, after):
                last = None
                continue
            if last is not None and pair & values and _ends(after):
                found |= pair
            last = index
        elif piece.text not in vocabulary.EITHER:
            last = None
    return found


def _ends(after: list[Token]) -> bool:
    """Is a number followed by nothing that it could count?"""
    return not after or after[0].kind == "mark" or after[0].text in vocabulary.CONTINUES | vocabulary.RATED_CONTINUES


def _plain(text: str) -> str:
    """The folded text without scales, telephone numbers, slips and ways of arriving at a number."""
    return _ARRIVED.sub(" ", _NOT_BUT.sub(" ", _PUT_RIGHT.sub(" ", _TELEPHONE.sub(" ", _SCALE.sub(" ", fold(text))))))


def _latest(clauses: list[list[Token]]) -> list[list[Token]]:
    """ "A 3 this morning but a 6 now": beside a number of now, those of earlier are no answer."""
    said = [{piece.text for piece in clause} for clause in clauses]
    numbers = [any(piece.kind == "number" for piece in clause) for clause in clauses]
    if not any(there and words & vocabulary.NOW for there, words in zip(numbers, said, strict=True)):
        return clauses
    return [
        clause
        for clause, words in zip(clauses, said, strict=True)
        if words & vocabulary.NOW or not words & (vocabulary.EARLIER | {"morning", "manana"})
    ]


def _spelled(piece: Token, language: Language) -> Token:
    """A number word as a number, unless it is an everyday word of the other language ("once")."""
    value = vocabulary.SPELLED.get(piece.text)
    if piece.kind != "word" or value is None or piece.text in vocabulary.OTHER_LANGUAGE[language]:
        return piece
    return replace(piece, kind="number", value=float(value), spelled=True)


def _compounds(pieces: list[Token]) -> list[Token]:
    """ "twenty five", "sixty-seven" and "treinta y cinco" as one number, so that none of them becomes a five."""
    done: list[Token] = []
    for piece in pieces:
        tens = done[-1] if done else None
        if tens and tens.text in {"y", "-"} and len(done) > 1 and done[-2].text in vocabulary.TENS:
            tens = done[-2] if piece.spelled else tens
        if tens and tens.text in vocabulary.TENS and piece.spelled and (piece.value or 0) < 10:
            del done[done.index(tens) + 1 :]
            done[-1] = replace(tens, value=(tens.value or 0) + (piece.value or 0), end=piece.end, text="")
        else:
            done.append(piece)
    return done


def _signed(pieces: list[Token]) -> list[Token]:
    """ "-1" and "minus 2" as numbers below zero; a dash with room after it, or between two numbers, is a dash."""
    done: list[Token] = []
    for piece in pieces:
        before = done[-1] if done else None
        if before and piece.kind == "number" and _is_minus(before, piece, done[-2] if len(done) > 1 else None):
            done[-1] = replace(piece, value=-abs(piece.value or 0))
        else:
            done.append(piece)
    return done


def _is_minus(mark: Token, piece: Token, earlier: Token | None) -> bool:
    """Does the token before a number make it negative?"""
    if mark.text in {"minus", "negative", "negativo"}:
        return True
    if mark.text == "menos":
        return earlier is None or earlier.text not in {"mas", "o"}
    touches = earlier is not None and earlier.end == mark.start
    return mark.text == "-" and mark.end == piece.start and not touches


def _halves(pieces: list[Token]) -> list[Token]:
    """Takes "and a half", "1/2" and "y medio" out after a number."""
    done: list[Token] = []
    skipped = 0
    for index, piece in enumerate(pieces):
        if skipped:
            skipped -= 1
            continue
        done.append(piece)
        if piece.kind == "number":
            skipped = _half_length([after.text for after in pieces[index + 1 : index + 4]])
    return done


def _half_length(following: list[str]) -> int:
    """How many of the next tokens say "and a half"."""
    for phrase in (["and", "a", "half"], ["y", "medio"], ["y", "media"], ["half"], ["1", "/", "2"]):
        if following[: len(phrase)] == phrase:
            return len(phrase)
    return 0


def _rated(pieces: list[Token], high: int) -> tuple[list[Token], set[float]]:
    """Splits off "7/10" and "7 out of 10"; other fractions become one unreadable piece, but 6/7 stays two numbers."""
    rest: list[Token] = []
    rated: set[float] = set()
    index = 0
    while index < len(pieces):
        length, under = _denominator(pieces, index)
        piece = pieces[index]
        if not length or piece.value is None:
            rest.append(piece)
            index += 1
            continue
        index += length
        if under == high and not _refused(rest, piece, pieces[index : index + 2]):
            rated.add(piece.value)
        elif under == piece.value + 1 <= high:
            rest += [piece, replace(piece, value=under)]
        else:
            rest.append(replace(piece, kind="other"))
    return rest, rated


def _denominator(pieces: list[Token], index: int) -> tuple[int, float]:
    """How many tokens a fraction at index takes, and its lower number; (0, 0) when it is none."""
    following = pieces[index + 1 : index + 4]
    if pieces[index].kind != "number":
        return 0, 0
    for sign in (("/",), ("\\",), *vocabulary.OUT_OF):
        under = following[len(sign)] if len(following) > len(sign) else None
        if under and under.value is not None and tuple(piece.text for piece in following[: len(sign)]) == sign:
            return len(sign) + 2, under.value
    return 0, 0


def _refused(before: list[Token], number: Token, after: list[Token]) -> bool:
    """Do the neighbours of a number make it something other than the answer?"""
    if after and after[0].text in vocabulary.UNITS | {"%"}:
        return True
    if len(after) > 1 and after[0].text in vocabulary.COUNTED_AS and after[1].text in vocabulary.UNITS:
        return True
    if not before:
        return False
    last = before[-1].text
    if last in vocabulary.POINTS_AT and number.text in vocabulary.SHY:
        return True
    bare = last
    if last in vocabulary.ARTICLES and len(before) > 1:
        bare = before[-2].text  # "better than a 5"
    if last == "%" or bare in vocabulary.NEVER_AFTER or _negated(before):
        return True
    if any(piece.text in vocabulary.UNREAL for piece in before):
        return True
    earlier = before[-2].text if len(before) > 1 else ""
    if last == "at":
        return bool(earlier) and earlier not in vocabulary.PLACE_BEFORE_AT
    return (last == "of" and earlier not in vocabulary.OF_AFTER) or (
        last in {"de", "que"} and earlier in {"menos", "mas"}
    )


def _negated(before: list[Token]) -> bool:
    """ "not a", "isn't really", "no es un": a negation with nothing between but small words."""
    for piece in reversed(before):
        if piece.text in vocabulary.NEGATES:
            return True
        if piece.text not in vocabulary.NEGATION_GAP:
            return False
    return False


def _clauses(pieces: list[Token]) -> Iterator[list[Token]]:
    """The pieces between punctuation, emoji and words like "but"."""
    clause: list[Token] = []
    for piece in pieces:
        if piece.text in vocabulary.CLAUSE_WORDS or (piece.kind == "mark" and piece.text not in _KEPT):
            yield clause
            clause = []
        elif piece.text not in _IGNORED:
            clause.append(piece)
    yield clause


def _answers(clause: list[Token], fillers: frozenset[str], alone: bool) -> Iterator[float]:
    """The numbers of one clause that stand as an answer."""
    small = [piece.kind == "number" or piece.text in fillers for piece in clause]
    first = next((index for index, is_small in enumerate(small) if not is_small), len(small))
    last = next((index for index in reversed(range(len(small))) if not small[index]), -1)
    for index, piece in enumerate(clause):
        before, after = clause[max(0, index - _FAR) : index], clause[index + 1 : index + 3]
        if piece.kind != "number" or piece.value is None or (piece.text in vocabulary.SHY and not alone):
            continue
        if _refused(before, piece, after) or _slang(before, piece, after):
            continue
        leads_in = index <= first or before[-1].text in vocabulary.INTRODUCES
        if leads_in and (index > last or _goes_on(before, after)):
            yield piece.value


def _goes_on(before: list[Token], after: list[Token]) -> bool:
    """Do the words after a number leave it an answer?"""
    following = [piece.text for piece in after if piece.text not in vocabulary.POLITE]
    last = before[-1].text if before else ""
    if not following or {after[0].text, following[0]} & vocabulary.CONTINUES or last in vocabulary.ABOUT_RATING:
        return True
    return last in {"a", "an", "un"} and following[0] in vocabulary.RATED_CONTINUES


def _slang(before: list[Token], piece: Token, after: list[Token]) -> bool:
    """ "2 much", "4 u", "sorry 4 the wait": a digit typed for its sound."""
    if not after or piece.spelled or piece.value not in vocabulary.SLANG:
        return False
    thankful = bool(before) and before[-1].text in vocabulary.THANKFUL
    return after[0].text in vocabulary.SLANG[int(piece.value)] or (thankful and after[0].kind == "word")
