"""What a patient brings up beside any question: things that have a line of their own wherever they are said."""

from typing import Literal, get_args

from smsbot.answers import (
    vocabulary_topics,
    vocabulary_topics_built,
    vocabulary_topics_life,
    vocabulary_topics_wide,
)
from smsbot.answers.patterns import Patterns
from smsbot.answers.text import bare

Topic = Literal[
    "pregnancy",
    "substance",
    "running_out",
    "side_effect",
    "cost",
    "grief",
    "emergency",
    "nightmare",
    "who",
    "real",
    "records",
    "misuse",
    "angry",
    "therapist",
    "friend",
    "revelation",
    "moving_away",
    "travel",
    "time_of_day",
    "my_words",
]
TOPICS: tuple[Topic, ...] = get_args(Topic)
_VOCABULARY = vars(vocabulary_topics_life) | vars(vocabulary_topics)
_BUILT = vars(vocabulary_topics_built)
_WIDE = vars(vocabulary_topics_wide)
_SOURCES = {
    topic: (*_VOCABULARY[topic.upper()], *_BUILT.get(topic.upper(), ()), *_WIDE.get(topic.upper(), ()))
    for topic in TOPICS
}
_PATTERNS = {topic: Patterns(sources) for topic, sources in _SOURCES.items()}
_ANY = Patterns(source for sources in _SOURCES.values() for source in sources)  # few texts bring up anything


def topic(text: str) -> Topic | None:
    """The first of TOPICS that a text brings up, or None; both languages are always understood.

    pregnancy, substance, running_out, side_effect, cost    medical and money matters for people (F30, CONTENT 11.22)
    grief, emergency, nightmare                             a day on which nothing is asked (11.21)
    who, real, records, misuse, angry                       about this line and the clinic (F25, F33, F35, 11.1, 11.2)
    therapist, friend, revelation, moving_away, travel      what goes beyond the sessions (11.20, 11.23, 5.3)
    time_of_day                                             when we write (F02); MENU names these very words
    my_words                                                their own words: to change, put away, hear (9.2, 9.12)
    """
    whole = bare(text)
    if not whole or not _ANY.found(whole):
        return None
    return next((topic for topic, patterns in _PATTERNS.items() if patterns.found(whole)), None)
