"""What a patient brings up beside any question: things that have a line of their own wherever they are said."""

import re
from typing import Literal, get_args

from smsbot.answers import vocabulary_topics, vocabulary_topics_built, vocabulary_topics_life
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
]
TOPICS: tuple[Topic, ...] = get_args(Topic)
_VOCABULARY = vars(vocabulary_topics_life) | vars(vocabulary_topics)
_BUILT = vars(vocabulary_topics_built)
_PATTERNS = {
    topic: re.compile("|".join((*_VOCABULARY[topic.upper()], *_BUILT.get(topic.upper(), ())))) for topic in TOPICS
}


def topic(text: str) -> Topic | None:
    """The first of TOPICS that a text brings up, or None; both languages are always understood.

    pregnancy, substance, running_out, side_effect, cost    medical and money matters for people (F30, CONTENT 11.22)
    grief, emergency, nightmare                             a day on which nothing is asked (11.21)
    who, real, records, misuse, angry                       about this line and the clinic (F25, F33, F35, 11.1, 11.2)
    therapist, friend, revelation, moving_away, travel      what goes beyond the sessions (11.20, 11.23, 5.3)
    time_of_day                                             when we write (F02); MENU names these very words
    """
    whole = bare(text)
    return next((topic for topic, pattern in _PATTERNS.items() if pattern.search(whole)), None) if whole else None
