"""How easy a text is to read: a school grade for English, Fernández-Huerta's ease for Spanish.

English: Flesch-Kincaid, 0.39 words per sentence + 11.8 syllables per word - 15.59; at most grade 6.
Spanish: Fernández-Huerta, 206.84 - 60 syllables per word - 1.02 words per sentence. Its band 70-80 is "fairly easy",
the sixth year of school, so a page's middle line has at least 70; no single line has under 60, where its band
"normal" ends (on the INFLESZ scale 55, where "normal" ends too).
Names in braces count as one short word and numbers as none. A text of under twelve words is not rated: the formulas
were made for pages, and one long word in a short line says little.
"""

from __future__ import annotations

import re

MOST_GRADE = 6.0
LEAST_EASE = 60.0
LEAST_PAGE_EASE = 70.0
LEAST_WORDS = 12

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
SENTENCE = re.compile(r"[.?!:;]+(?=\s|\"|$)")
ENGLISH_VOWELS = re.compile(r"[aeiouy]+")
SPANISH_STRONG = "aeoáéíóú"
SPANISH_VOWELS = re.compile(r"[aeiouáéíóúü]+")
NAME = re.compile(r"\{[a-z0-9_]+\}")
ODD_ONES = (
    dict.fromkeys(("something", "someone", "sometimes", "somewhere", "quiet", "people", "useful", "safety"), 2)
    | dict.fromkeys(("everything", "everyone", "anyone", "idea", "ideas", "reaction", "messages"), 3)
    | dict.fromkeys(("partial", "evening", "evenings", "choices", "changes", "voicemail"), 2)
)
"""Everyday words that the rule of vowel groups gets wrong."""
HIATUS = re.compile(r"(?:[^aeiou]ia|[^qg]ua|io(?!n)|[^p]eo|iu|[eoy]ing|[^aeiou]ier)")
SILENT = re.compile(r"(?:[^laeiouy]es|[^td]ed|[^aeiouyl]e|ely)$")


def english_syllables(word: str) -> int:
    """The syllables of an English word, by its vowel groups: -e, -es and -ed at the end are mostly silent."""
    word = word.lower().replace("’", "'").split("'")[0] or "a"
    if word in ODD_ONES:
        return ODD_ONES[word]
    count = len(ENGLISH_VOWELS.findall(word))
    if len(word) > 2 and SILENT.search(word):
        count -= 1
    if count < 4 and HIATUS.search(word):
        count += 1
    return max(1, count)


def spanish_syllables(word: str) -> int:
    """The syllables of a Spanish word: each strong or accented vowel, and each group of weak ones."""
    word = re.sub(r"([qg])u(?=[eiéí])", r"\1", word.lower())
    word = re.sub(r"y$", "i", word)
    total = 0
    for group in SPANISH_VOWELS.findall(word):
        total += max(1, sum(vowel in SPANISH_STRONG for vowel in group))
    return max(1, total)


def _counts(text: str, language: str) -> tuple[int, int, int]:
    """(words, sentences, syllables)."""
    plain = NAME.sub("it" if language == "en" else "eso", text)
    words = WORD.findall(plain)
    syllables = english_syllables if language == "en" else spanish_syllables
    return len(words), max(1, len(SENTENCE.findall(plain))), sum(syllables(word) for word in words)


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of an English text (0 for a very short one)."""
    words, sentences, syllables = _counts(text, "en")
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59 if words >= LEAST_WORDS else 0.0


def ease(text: str) -> float:
    """Fernández-Huerta's ease of a Spanish text (100 for a very short one)."""
    words, sentences, syllables = _counts(text, "es")
    return 206.84 - 60 * syllables / words - 1.02 * words / sentences if words >= LEAST_WORDS else 100.0
