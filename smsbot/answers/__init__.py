"""What a reply means: pure recognizers with one fixed vocabulary, English and Spanish.

Signatures (language is a hint; both languages are always understood where that is safe; nothing raises on any str):

    number(text, low=0, high=10, language="en") -> Reading[int]
    choice(text, choices: {1: code}, labels: {code: [words]}, language="en", exact=False) -> Reading[str]
    yes_no(text, language="en") -> "yes" | "no" | None
    opt_in(text) -> bool                                     # the YES of ENR-1 (RULINGS 7)
    kinds(text) -> tuple[Kind, ...]                          # every kind of words that applies, the one to take first
    date(text, today, language="en") -> Reading[datetime.date]
    clock_time(text, earliest=09:00, latest=20:00) -> Reading[datetime.time]
    day_part(text) -> "morning" | "midday" | "afternoon" | "evening" | None
    topic(text) -> Topic | None                              # what is brought up beside any question
    command(text, language="en") -> str | None               # SKIP NONE LATER LESS ... (RULINGS 12)
    skip(text) -> bool, saltar(text) -> bool                 # CONTENT 11.8: "saltar" is for safety to allow
    reserved(label) -> str | None                            # the command an answer label would collide with
    read(Question(shape, ...), text, today, language="en") -> Reading[int | str | date]   # one of the above, by shape
    looks_like(Question(shape, ...), text, today, language="en") -> bool                  # for engine.fits
    warm()                                                   # compiles everything now, not at the first text
"""

from smsbot.answers.choices import choice
from smsbot.answers.commands import CARRIER_WORDS, COMMANDS, RESERVED, command, reserved, saltar, skip
from smsbot.answers.dates import date
from smsbot.answers.kinds import KINDS, Kind, kinds
from smsbot.answers.numbers import number
from smsbot.answers.reading import Language, Question, Reading, Shape, Why
from smsbot.answers.shapes import Answer, looks_like, read
from smsbot.answers.times import DayPart, clock_time, day_part
from smsbot.answers.topics import TOPICS, Topic, topic
from smsbot.answers.warming import warm
from smsbot.answers.yes_no import opt_in, yes_no

__all__ = [
    "CARRIER_WORDS",
    "COMMANDS",
    "KINDS",
    "RESERVED",
    "TOPICS",
    "Answer",
    "DayPart",
    "Kind",
    "Language",
    "Question",
    "Reading",
    "Shape",
    "Topic",
    "Why",
    "choice",
    "clock_time",
    "command",
    "date",
    "day_part",
    "kinds",
    "looks_like",
    "number",
    "opt_in",
    "read",
    "reserved",
    "saltar",
    "skip",
    "topic",
    "warm",
    "yes_no",
]
