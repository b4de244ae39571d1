"""What a reply means: pure recognizers with one fixed vocabulary, English and Spanish.

Signatures (language is a hint; both languages are always understood where that is safe; nothing raises on any str):

    number(text, low=0, high=10, language="en") -> Reading[int]
    choice(text, choices: {1: code}, labels: {code: [words]}, language="en", exact=False) -> Reading[str]
    yes_no(text, language="en") -> "yes" | "no" | None
    opt_in(text) -> bool                                     # the YES of ENR-1 (RULINGS 7)
    kinds(text, language="en") -> tuple[str, ...]            # every kind of words that applies, most telling first
    date(text, today, language="en") -> Reading[datetime.date]
    clock_time(text, window, language="en") -> Reading[datetime.time]
    day_part(text) -> "morning" | "midday" | "afternoon" | "evening" | None
    command(text, language="en") -> str | None               # SKIP NONE LATER LESS ... (RULINGS 12)
    skip(text) -> bool, saltar(text) -> bool                 # CONTENT 11.8: "saltar" is for safety to allow
    reserved(label) -> str | None                            # the word a flow may not use as an answer
    looks_like(question, text, today, language="en") -> bool
    read(question, text, today, language="en") -> Reading[...]
"""

from smsbot.answers.reading import Language, Question, Reading, Shape, Why

__all__ = ["Language", "Question", "Reading", "Shape", "Why"]
