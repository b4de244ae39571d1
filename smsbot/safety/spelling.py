"""Reads a disguised or mistyped word as the key word it stands for, and leaves ordinary words alone."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType

_LEET = {
    "0": "o",
    "1": "il",
    "3": "e",
    "4": "a",
    "5": "s",
    "7": "t",
    "8": "b",
    "9": "g",
    "@": "a",
    "$": "s",
    "!": "i",
    "|": "il",
}
_LEET_MARKS = frozenset(_LEET)
_HAS_LETTER = re.compile(r"[a-z]")
_DOUBLE = re.compile(r"(.)\1+")
_NUMBER_UNIT = re.compile(r"(\d+)([a-z]+)")
_SHORT = frozenset(["i", "a", "to", "my", "it", "me", "no", "ya", "yo", "de", "im", "is", "am"])
_CORE = re.compile(
    r"kill|die|dead|suicid|life|live|hurt|myself|end|cut|want|wanna|dont|stop"
    r"|morir|matar|vivi|vida|muer|quiero|puedo"
)
_LONGEST = 16
_SHORTEST_JOINED = 4
_MOST_TYPOS = 3
_MOST_PAIRS = 2
_MOST_LETTERS = 240


def squeeze(word: str) -> str:
    """Collapse repeated letters: "killll" and "kill" both give "kil"."""
    return _DOUBLE.sub(r"\1", word)


def _deletes(word: str) -> Iterator[str]:
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _near(one: str, two: str) -> bool:
    """True if one insertion, deletion, substitution or swap of neighbors turns one word into the other."""
    if len(one) > len(two):
        one, two = two, one
    place = next((at for at, letter in enumerate(one) if letter != two[at]), len(one))
    if len(one) < len(two):
        return len(two) - len(one) == 1 and one[place:] == two[place + 1 :]
    rest, other = one[place:], two[place:]
    return rest[1:] == other[1:] or (rest[2:] == other[2:] and rest[:2] == other[1::-1])


@dataclass(frozen=True)
class Speller:
    """What the repair of words knows: every known word, and which of them may be recognized behind a mistake."""

    known: frozenset[str]
    lexicon: frozenset[str]
    keys: frozenset[str]
    squeezed: dict[str, str]
    near: dict[str, str]
    """The words, with spaces between, that each form is one letter away from."""
    masked: dict[tuple[int, str], str]
    confused: Mapping[str, str]
    sure: frozenset[str]
    """Known words that are not taken for another as well."""

    @classmethod
    def build(
        cls, words: Iterable[str], ordinary: Iterable[str], confused: Mapping[str, str] = MappingProxyType({})
    ) -> "Speller":
        """Index the lexicon's words once. `ordinary` words look like key words and are not corrected.

        `confused` ones are words, and often another word mistyped ("i ned help"): they have both readings.
        """
        lexicon = frozenset(words)
        common = frozenset(ordinary)
        keys = frozenset(word for word in lexicon if len(word) >= 3 and word.isalpha())
        squeezed: dict[str, str] = {}
        near: dict[str, list[str]] = defaultdict(list)
        masked: dict[tuple[int, str], list[str]] = defaultdict(list)
        for word in sorted(keys):
            squeezed.setdefault(squeeze(word), word)
            masked[len(word), word[0]].append(word)
            if len(word) >= 4:
                for form in {word, *_deletes(word)}:
                    near[form].append(word)
        return cls(
            known=lexicon | common,
            lexicon=lexicon,
            keys=keys,
            squeezed=squeezed,
            near={form: " ".join(found) for form, found in near.items()},
            masked={shape: " ".join(found) for shape, found in masked.items()},
            confused=confused,
            sure=(lexicon | common) - confused.keys(),
        )

    def repair(self, token: str, reading: int = 0) -> list[str]:
        """Return the words a raw token stands for; an unknown token comes back as it is.

        A mistyped token may be near several words ("skeep"), or two words in one: `reading` 0, 1, 2... chooses.
        """
        if token in self.confused:
            return [self.confused[token] if reading else token]
        if token in self.known:
            return [token]
        if token.isalpha():
            return self._letters(token, reading)
        if not _HAS_LETTER.search(token):
            return [token]
        return self._symbols(token)

    def readings(self, token: str) -> int:
        """How many ways there are to read a token."""
        if token in self.confused:
            return 2
        if token in self.known or not token.isalpha() or not 3 <= len(token) <= _LONGEST:
            return 1
        return max(1, len(self._options(token)))

    def _letters(self, token: str, reading: int = 0) -> list[str]:
        single = self.squeezed.get(squeeze(token))
        if single and _stretched(token, single):
            return [single]
        if options := self._options(token):
            return options[min(reading, len(options) - 1)]
        if len(token) >= 6 and _CORE.search(token) and (split := self.split(token)):
            return split
        return [token]

    def _options(self, token: str) -> list[list[str]]:
        """What a token may stand for, the likeliest first: mistyped words, and words without the space between."""
        typos = [[word] for word in self._typos(token)] if 3 <= len(token) <= _LONGEST else []
        pairs = self._pairs(token) if len(token) >= _SHORTEST_JOINED else []
        return [*typos[:1], *pairs[:1], *typos[1:], *pairs[1:]]

    def _typos(self, token: str) -> list[str]:
        """The words one mistake away from a token."""
        forms = [self.near[form] for form in (token, *_deletes(token)) if form in self.near]
        words = dict.fromkeys(word for words in forms for word in words.split(" ") if _near(token, word))
        return list(words)[:_MOST_TYPOS]

    def _symbols(self, token: str) -> list[str]:
        if "'" in token:
            return self._apostrophe(token)
        if "*" in token or "#" in token:
            word = self._unmask(token)
            return [word] if word else re.split(r"[*#!|@$]+", token)
        dose = _NUMBER_UNIT.fullmatch(token)
        if dose and dose[2] in self.known:
            return [dose[1], dose[2]]
        for plain in _plain_spellings(token):
            if plain in self.known:
                return [plain]
            repaired = self._letters(plain) if plain.isalpha() else [plain]
            if repaired != [plain]:
                return repaired
        return [part for part in re.split(r"[!|@$]+", token) if part]

    def _apostrophe(self, token: str) -> list[str]:
        head, _, tail = token.rpartition("'")
        head = head.replace("'", "")
        if tail in ("ll", "d", "re", "ve", "m") and head in self.known:
            return [head, {"ll": "will", "d": "would", "re": "are", "ve": "have", "m": "am"}[tail]]
        joined = head + tail
        if tail == "s" and head in self.keys and joined not in self.lexicon:
            return [head]  # "suicide's on my mind"
        if joined in self.known:
            return [joined]
        if tail == "s":
            return self.repair(head)
        return self.repair(joined)

    def _unmask(self, token: str) -> str | None:
        """Read "su*cide" or "k**l": a key word of the same length with the same visible letters."""
        if len(_HAS_LETTER.findall(token)) < 2:
            return None
        shape = re.sub(r"[^a-z]", "[a-z]", token)
        found = re.search(rf"\b{shape}\b", self.masked.get((len(token), token[0]), ""))
        return found[0] if found else None

    def _pairs(self, token: str) -> list[list[str]]:
        """The two words a token may be without the space between them: those of the lexicon first, then longer ones."""
        cuts = range(min(len(token) - 1, _LONGEST), 0, -1)
        pairs = [[token[:at], token[at:]] for at in cuts if token[:at] in self.known and token[at:] in self.known]
        named = [pair for pair in pairs if self._plain(pair)]
        return sorted(named, key=lambda pair: -len(self.lexicon.intersection(pair)))[:_MOST_PAIRS]

    def _plain(self, pair: list[str]) -> bool:
        """True if a pair is worth reading: with a key word, and beside it no scrap that means nothing ("hoo die")."""
        if self.keys.isdisjoint(pair):
            return _SHORT.issuperset(pair)
        return all(word in self.lexicon or len(word) >= _SHORTEST_JOINED for word in pair)

    def split(self, letters: str) -> list[str] | None:
        """Cut letters written without spaces into known words, or None if they are not such words throughout."""
        if len(letters) > _MOST_LETTERS:
            return None
        fewest = [0] + [_MOST_LETTERS] * len(letters)
        last = [0] * (len(letters) + 1)
        for start in range(len(letters)):
            if fewest[start] == _MOST_LETTERS:
                continue
            for end in range(start + 1, min(start + _LONGEST, len(letters)) + 1):
                word = letters[start:end]
                if fewest[start] + 1 < fewest[end] and (word in self.keys or word in _SHORT):
                    fewest[end], last[end] = fewest[start] + 1, start
        if fewest[-1] == _MOST_LETTERS:
            return None
        words, end = [], len(letters)
        while end:
            words.append(letters[last[end] : end])
            end = last[end]
        return words[::-1]


def _stretched(token: str, word: str) -> bool:
    """True if the token is the word with letters repeated ("diiie"), not one that squeezes alike ("of", "off")."""
    return len(token) > len(word) or (squeeze(word) != word and len(token) >= 4)


def _plain_spellings(token: str) -> Iterator[str]:
    """Yield what a token with look-alike digits and signs may spell, at most sixteen readings."""
    choices = [_LEET.get(letter, letter) for letter in token]
    if sum(len(choice) > 1 for choice in choices) > 4:
        choices = [choice[0] for choice in choices]
    for letters in product(*choices):
        yield "".join(letters)
