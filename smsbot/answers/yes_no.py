"""Yes or no in everyday words; what is neither, or both, stays None."""

import re
import unicodedata
from typing import Literal

from smsbot.answers import vocabulary_yes_no as vocabulary
from smsbot.answers import vocabulary_yes_no_built as built
from smsbot.answers.patterns import Patterns
from smsbot.answers.reading import Language
from smsbot.answers.text import LONGEST, Token, bare, fold, in_full, tokens, words

_LONGEST_PHRASE = 4
_LONGEST_SENTENCE = 14
_LONGEST_IDIOM = 7
_LONGEST_SHAPE = 9
_SPANISH_YES = re.compile(r"\W*s[ií]*í\b", re.IGNORECASE)  # with its accent it is never "if"
_LEADING = Patterns(vocabulary.IDIOMS_YES)
_SHAPES_NO = Patterns(vocabulary.SHAPES_NO + built.SHAPES_NO)
_SHAPES_YES = Patterns(vocabulary.SHAPES_YES + built.SHAPES_YES)
_HUM = re.compile(r"^\W*(?:(?:u+h+m*|u+m+|m+|h+m+|e+h+|e+r+m*)\b\W*)+(?!(?:h+uh|hm+|uh|mm+)\b)(?=\w)", re.IGNORECASE)
_BUT = frozenset({"but", "pero"})
_SENTENCE_ENDS = frozenset(".!?\n")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")  # "nooo", "yesss"
_OPT_IN = frozenset({"yes", "y", "1", "ok", "si"})
_POLITE = frozenset({"please", "thanks", "por favor", "gracias", "thank you", "start"})


def yes_no(text: str, language: Language = "en") -> Literal["yes", "no"] | None:
    """The yes or no of a reply, or None.

    "1" and "2" are yes and no (every line that asks offers them so). "not really" is no; "maybe", "not sure" and "no
    sé" are neither; "yes but ..." is neither. A short reply may go on ("no voicemail please"); a long one counts only
    if a pause follows its yes or no ("no, I talked to her"). The bare "si" before other words may mean "if" and then
    does not count.
    """
    text = _HUM.sub("", text)
    whole = bare(text)
    if whole in {"1", "2"}:
        return "yes" if whole == "1" else "no"
    if "?" in text and whole not in {"yes", "no", "si"}:
        return None
    idiom = len(whole.split()) <= _LONGEST_IDIOM and _LEADING.found(whole)
    if idiom and not _takes_back(whole):
        return "yes"
    clauses = _clauses(tokens(text))
    if _hedged(clauses, language):
        return None
    answers = {answer for clause in clauses if (answer := _clause(clause, language))}
    answers |= _emoji(text)
    if not answers:
        return _by_shape(whole) or _accented(text)
    if len(answers) != 1:
        return None
    return "yes" if answers == {"yes"} else "no" if answers == {"no"} else None


def _hedged(clauses: list[tuple[str, ...]], language: Language) -> bool:
    """Whether more follows that turns a yes: "sí, si es en la tarde", "great, another voicemail"."""
    more = [clause for clause in clauses[1:] if _clause(clause, language) is None and set(clause) - vocabulary.COURTESY]
    hedged = any(
        clause[0] in vocabulary.HEDGES or {"just", "no"} <= set(clause) or clause[:2] == ("no", "to") for clause in more
    )
    return hedged or (bool(more) and clauses[0] in vocabulary.FAINT)


def _takes_back(whole: str) -> bool:
    """Whether a condition or a "but" follows: then it is neither."""
    return bool(set(whole.split()) & vocabulary.CONDITIONS)


def _by_shape(whole: str) -> Literal["yes", "no"] | None:
    """A short reply that no list holds, by how it is built ("I'd rather you didn't", "that works")."""
    if len(whole.split()) > _LONGEST_SHAPE or _takes_back(whole):
        return None
    if _SHAPES_NO.found(whole):
        return "no"
    return "yes" if _SHAPES_YES.found(whole) else None


def _accented(text: str) -> Literal["yes"] | None:
    """ "Sí nadie más usa mi celular": the accent tells it from "if", so a sentence may follow without a pause."""
    rest = words(text)[1:]
    said = len(rest) < _LONGEST_SENTENCE and not set(rest) & vocabulary.TAKES_BACK
    return "yes" if said and _SPANISH_YES.match(unicodedata.normalize("NFC", text[:LONGEST])) else None


def opt_in(text: str) -> bool:
    """Is this the YES that ENR-1 asks for: YES, Y, 1, OK, SI or SÍ (RULINGS 7), perhaps with a please or thanks?"""
    whole = bare(text)
    first, _, rest = whole.partition(" ")
    return first in _OPT_IN and (not rest or rest in _POLITE)


def _emoji(text: str) -> set[str]:
    """What thumbs and ticks say."""
    shown = set(fold(text))
    return {name for name, signs in (("yes", vocabulary.YES_EMOJI), ("no", vocabulary.NO_EMOJI)) if shown & signs}


def _clauses(pieces: list[Token]) -> list[tuple[str, ...]]:
    """Words between punctuation. "but" keeps its place inside a sentence, where it takes the answer back."""
    clauses: list[list[str]] = [[]]
    ended = True
    for piece in pieces:
        if piece.kind == "mark":
            ended = piece.text in _SENTENCE_ENDS
            clauses.append([])
        elif piece.text in _BUT:
            clauses.append([] if ended else [piece.text])
        else:
            ended = False
            clauses[-1].append(in_full(_DRAWN_OUT.sub(r"\1", piece.text)))
    return [tuple(clause) for clause in clauses if clause and not _is_polite_but(clause)]


def _is_polite_but(clause: list[str]) -> bool:
    """ "but thanks" takes nothing back."""
    return clause[0] in _BUT and len(clause) > 1 and all(word in vocabulary.COURTESY for word in clause[1:])


def _clause(clause: tuple[str, ...], language: Language) -> str | None:
    """The answer of one clause: its opening phrase, if the rest is only courtesy."""
    if sentence := _sentence(clause):
        return sentence
    start = 0
    while start < len(clause):
        phrase, answer = _opening(clause[start:], language)
        if answer:
            return answer if _only_courtesy(clause[start + len(phrase) :], answer, language) else None
        if clause[start] not in vocabulary.COURTESY:
            return None
        start += 1
    return None


def _sentence(clause: tuple[str, ...]) -> str | None:
    """What a sentence opens with: "no voicemail please", "yes leave one"; "no sleep last night" only looks like it."""
    rest = set(clause[1:])
    neither = any(clause[:length] in vocabulary.NEITHER | vocabulary.YES for length in range(2, _LONGEST_PHRASE + 1))
    if neither or not 2 <= len(clause) <= _LONGEST_SENTENCE:
        return None
    goes_on = clause[1] in vocabulary.OPENS_NO.get(clause[0], ()) or clause[0] in vocabulary.OPENS_NO_FREELY
    if goes_on and not rest & vocabulary.TAKES_BACK_NO:
        return "no"
    return "yes" if clause[0] in vocabulary.OPENS_YES and not rest & vocabulary.TAKES_BACK else None


def _opening(clause: tuple[str, ...], language: Language) -> tuple[tuple[str, ...], str | None]:
    """The longest known phrase that opens the clause, with what it says ("neither" included)."""
    for length in range(min(_LONGEST_PHRASE, len(clause)), 0, -1):
        phrase = clause[:length]
        if phrase in vocabulary.NEITHER:
            return phrase, "neither"
        if phrase in vocabulary.NO:
            return phrase, "no"
        if phrase in vocabulary.YES or (phrase == vocabulary.SPANISH_YA and language == "en"):
            return phrase, "yes"
    return (), None


def _only_courtesy(rest: tuple[str, ...], answer: str, language: Language) -> bool:
    """Nothing more is said, or the same again ("yeah sure", "no no")."""
    if answer == "neither" or not rest:
        return True
    if rest[0] in vocabulary.COURTESY and _only_courtesy(rest[1:], answer, language):
        return True
    phrase, again = _opening(rest, language)
    return again == answer and _only_courtesy(rest[len(phrase) :], answer, language)
