"""Rules about single texts: how they read, what they must not say, what they may ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

from smsbot import answers, render
from smsbot.checks import wordlists
from smsbot.checks.base import SYSTEM, Problem, Text, place
from smsbot.checks.readability import LEAST_EASE, LEAST_PAGE_EASE, LEAST_WORDS, MOST_GRADE, WORD, ease, grade
from smsbot.content import Content
from smsbot.content.printed import PRINTED
from smsbot.lines import PLACEHOLDER
from smsbot.script import Script

QUESTION = re.compile(r"\?")
LINK = re.compile(r"https?:|www\.|\b[a-z0-9-]+\.(?:com|org|net|io|gov|edu|co|ly|us|me|app|health)\b", re.IGNORECASE)
SHOUTED = re.compile(r"\b[A-ZÁÉÍÓÚÑ]{2,}\b")
SALTAR = re.compile(r"\bsaltar\b", re.IGNORECASE)
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f]")
ROBOT_VOICE = re.compile(r"\b(?:reply|text back|responde (?:\d|un|con|sí)|envía un texto)\b", re.IGNORECASE)
HOURS = re.compile(r"\b(?:in (?:its|their) hours|en su horario)\b|\{(?:window|reopen)\}", re.IGNORECASE)
RUN_OF_DIGITS = re.compile(r"(?<![\d{])\d{3,}(?!\d)")
MEASURES = "F20"
HEARD_FIRST = 90


def one_question(text: Text) -> str | None:
    """A text asks at most one question (a Spanish pair of marks counts once)."""
    count = len(QUESTION.findall(text.words))
    return f"{count} questions in one text; ask one thing at a time." if count > 1 else None


def bank_asks_nothing(text: Text) -> str | None:
    """A bank's line asks nothing: the question comes after it."""
    return "a line of a bank asks nothing." if text.variant == "bank" and "?" in text.words else None


def statement_asks_nothing(text: Text) -> str | None:
    """A flow that only states something asks nothing, because no answer is waited for."""
    flow = text.script.flow if text.script else None
    if flow and flow.kind == "statement" and "?" in text.words:
        return "a statement asks nothing: make it 'kind: ask' with a step, or drop the question."
    return None


def calm_marks(text: Text) -> str | None:
    """No exclamation mark and no emoji anywhere."""
    if "!" in text.words or "¡" in text.words:
        return "no exclamation marks."
    return "no emoji." if EMOJI.search(text.words) else None


def no_links(text: Text) -> str | None:
    """No link and no web address: carriers block them, and the line asks for trust."""
    found = LINK.search(text.words)
    return f"'{found[0]}' looks like a link." if found else None


def discreet(text: Text) -> str | None:
    """No drug, dose, diagnosis or kind of visit is named, where others may read it (PHQ-9 and GAD-7 excepted)."""
    if text.script and MEASURES in text.script.flow.catalog.split():
        return None
    for _, pattern, why in wordlists.BLOCKED:
        if found := pattern.search(PLACEHOLDER.sub("", text.words)):
            return f"'{found[0]}' {why}."
    return None


def tone(text: Text) -> str | None:
    """Nothing orders, presses, blames, praises, predicts or promises what nobody can keep (CONTENT 4.1 and 11.16)."""
    lists = {"en": wordlists.TONE_ENGLISH, "es": wordlists.TONE_SPANISH}
    return _listed(text.words, lists.get(text.language, ()))


def neutral_spanish(text: Text) -> str | None:
    """Spanish says tú, is regionally neutral and gives no gender (CONTENT 11.25; published items excepted)."""
    if text.language != "es" or (text.script and MEASURES in text.script.flow.catalog.split()):
        return None
    return _listed(text.words, wordlists.REGIONAL_SPANISH)


def no_saltar(text: Text) -> str | None:
    """SALTAR means "jump": the skip word that is printed is PASO (CONTENT 11.8)."""
    return "print PASO, never SALTAR." if SALTAR.search(text.words) else None


def reserved_prompts(text: Text) -> str | None:
    """No text asks for a word that the carrier takes; STOP, HELP and START stand in consent and safety texts only."""
    for word in SHOUTED.findall(text.words):
        if word in wordlists.RESERVED and not (word in wordlists.PRINTED_IN_CONSENT and text.consent_or_safety):
            return f"'{word}' is taken by the carrier and would unsubscribe or confuse; use another word."
    return None


def reserved_choices(content: Content) -> Iterator[Problem]:
    """No choice is named by a word that is heard before any flow: the carrier's, and LESS, PAUSE, CALL and their kin.

    A safety or stop question (rank 90 and more) is asked first, so only the carrier's words are closed to it.
    """
    for (_, flow), page in content.pages.items():
        script = content.scripts.get(flow)
        for id, line in page.lines.lines.items():
            for code, label in [(code, label) for code, labels in line.labels.items() for label in labels]:
                if (word := _taken(label, script)) is not None:
                    at = place(page.tree, id, "choices", code)
                    yield at, f"'{label}' is taken by {word} before any flow hears it; use another word."


def _taken(label: str, script: Script | None) -> str | None:
    word = answers.reserved(label)
    first = script is not None and script.flow.rank >= HEARD_FIRST
    if word in (None, "NONE") or _enrolls(script) or (first and word not in wordlists.RESERVED):
        return None
    return word


def yes_only_at_enrollment(text: Text) -> str | None:
    """Only the enrollment line asks for YES (RULINGS 7): elsewhere the carrier would take it as an opt-in."""
    asks = {"YES", "SÍ", "SI"} & set(SHOUTED.findall(text.words))
    if not asks or text.script is None:
        return None
    return (
        None if _enrolls(text.script) else f"'{asks.pop()}' may be asked for in the enrollment line only; use a number."
    )


def easy(text: Text) -> str | None:
    """English reads at grade 6 or lower; Spanish has an ease of 60 or more (see checks/readability.py)."""
    if text.script and MEASURES in text.script.flow.catalog.split():
        return None
    if text.language == "en" and (level := grade(text.words)) > MOST_GRADE:
        return f"this reads at grade {level:.1f}; the most is 6. Shorter sentences, shorter words."
    if text.language == "es" and (level := ease(text.words)) < LEAST_EASE:
        return f"this has a reading ease of {level:.0f}; the least is 60. Shorter sentences, shorter words."
    return None


def speakable(text: Text) -> str | None:
    """A voice line can be read aloud: it says "press", not "reply", and no number of three digits runs together."""
    if not text.spoken:
        return None
    if found := ROBOT_VOICE.search(text.words):
        return f"'{found[0]}' is for texts; on the phone say 'press' or 'say'."
    if found := RUN_OF_DIGITS.search(render.spoken(text.words)):
        return f"'{found[0]}' would be read as one number; write its digits apart, like '{' '.join(found[0])}'."
    return None


def hours_beside_number(text: Text) -> str | None:
    """The clinic's own number {desk} stands beside its hours; {phone} brings its own, or is the one that answers now.

    CONTENT 11.16.
    """
    says_hours = HOURS.search(text.words) is not None
    if "{desk}" in text.words and not says_hours:
        return "{desk} may not answer now: say its hours ('in its hours', {window}, {reopen}), or use {phone}."
    if "{phone}" in text.words and re.search(r"\bin (?:its|their) hours|en su horario", text.words, re.IGNORECASE):
        return "{phone} is the number that answers now, whoever that is: beside 'in its hours' use {desk}."
    return None


def pages_have_words(content: Content) -> Iterator[Problem]:
    """Beside the lines of the line itself there are words for the pages and papers that patients read."""
    for (language, flow), page in content.pages.items():
        if flow == SYSTEM and (language, PRINTED) not in content.pages:
            yield page.tree, f"there are no words for printed pages: add {language}/{PRINTED}.yaml."


def page_ease(texts: list[Text]) -> float | None:
    """The middle ease of a Spanish page, over texts long enough to rate; None when there is none."""
    rated = [ease(text.words) for text in texts if len(WORD.findall(text.words)) >= LEAST_WORDS]
    return median(rated) if rated else None


def hard_page(texts: list[Text]) -> str | None:
    """The middle line of a Spanish page has a reading ease of 70 or more, the sixth year of school."""
    level = page_ease(texts)
    if level is None or level >= LEAST_PAGE_EASE:
        return None
    return f"the middle line of this page has a reading ease of {level:.0f}; the least is 70."


def _enrolls(script: Script | None) -> bool:
    """Whether a flow is the enrollment: one of its ends joins the patient."""
    return script is not None and any(("consent", "joined") in end.sets for end in script.flow.ends.values())


def _listed(words: str, phrases: tuple[tuple[str, str], ...]) -> str | None:
    low = words.casefold().replace("’", "'")
    for phrase, why in phrases:
        if found := re.search(rf"(?<!\bno )(?<!\bnada )(?<!\bnothing )\b(?:{phrase})\b", low):
            return f"'{found[0]}': {why}."
    return None
