"""What a text may be answering: a safety question, a universal word, an open question, an old one, or nothing."""

import re
from datetime import timedelta

from smsbot import answers, commands, facts, talk, tasks
from smsbot import silence as silences
from smsbot.answers import command as universal
from smsbot.engine import Heard
from smsbot.inbox import standing
from smsbot.inbox.arrival import HOUR, SAFETY_RANK, Arrival, keep_entry
from smsbot.models import Conversation
from smsbot.scope import Scope
from smsbot.store import turns

SETTLE = timedelta(seconds=20)
SETTLE_MOST = timedelta(seconds=45)
JUST_ASKED = timedelta(seconds=10)
STOP_RANK = 90
LINK = re.compile(r"(?:https?://|www\.)\S+\Z", re.IGNORECASE)


def safety_question(arrival: Arrival) -> str | None:
    """While a safety question is open every digit is its answer (RULINGS 47)."""
    asked = next((item for item in arrival.open if item.rank >= STOP_RANK), None)
    if asked is None or not talk.fits(arrival.scope, asked, arrival.heard):
        return None
    arrival.conversation = asked
    # A digit typed before the question could be read never means "safe": restate once (CONTENT.md 11.7).
    too_soon = asked.rank >= SAFETY_RANK and arrival.scope.now - asked.opened_at < JUST_ASKED
    heard = Heard("?") if too_soon else arrival.heard
    talk.hear(arrival.scope, asked, heard, in_answer=asked.rank >= SAFETY_RANK)
    if asked.ended_as == "safe":
        standing.ask_what_was_unclear(arrival.scope, asked.opened_at)
    return "answer"


def command(arrival: Arrival) -> str | None:
    """The words that work anywhere (RULINGS 12), unless an open question offers that very word as an answer."""
    word = universal(arrival.text.body, "es" if arrival.scope.language == "es" else "en")
    if word is None or any(_offers(arrival, item) for item in arrival.open):
        return None
    return commands.run(arrival.scope, word, arrival.open)


def _offers(arrival: Arrival, conversation: Conversation) -> bool:
    """Whether these words are one of the choices that are open, as "audio" is on a low day."""
    if talk.question(arrival.scope, conversation) != "choice" or answers.skip(arrival.text.body):
        return False
    return talk.fits(arrival.scope, conversation, arrival.heard)


def silence(arrival: Arrival) -> str | None:
    """Around a session the line stays quiet: the words are kept, and one line an hour says whom to turn to."""
    scope = arrival.scope
    if not silences.is_on(scope):
        return None
    keep_entry(scope, arrival.text.body)
    if not turns.last_sent(scope.db, scope.keys, scope.person.id, ("ses_1",), scope.now - HOUR):
        scope.queue(scope.system("ses_1", facts.system_values(scope)))
    return "silence"


def wordless(arrival: Arrival) -> str | None:
    """A picture, a sticker or a bare link: the line reads words only, and an open question stays open (F34).

    A sound is kept for people to listen to, and that is what is said.
    """
    body = arrival.text.body.strip()
    if not (LINK.match(body) if body else arrival.text.media):
        return None
    keep_entry(arrival.scope, body)
    sounds = [item.content_type.startswith("audio/") for item in arrival.text.media]
    _thank(arrival.scope, "note_came" if sounds and all(sounds) else "photo")
    return "photo"


def medical(arrival: Arrival) -> str | None:
    """A medical question is never answered: it goes to people, by the clinic's hours."""
    scope = arrival.scope
    if not arrival.finding.medical:
        return None
    tasks.open_task(scope, "medical")
    keep_entry(scope, arrival.text.body)
    values = facts.system_values(scope)
    line = "cls_1" if "closed" in values and "oncall" in values else "med_1"
    scope.queue(scope.system(line, values))
    return "medical"


def open_question(arrival: Arrival) -> str | None:
    """A reply goes to the open question whose shape it fits, youngest first; words settle before they count."""
    scope = arrival.scope
    fitting = [item for item in arrival.open if talk.fits(scope, item, arrival.heard)]
    chosen = next(iter(fitting or arrival.open), None)
    if chosen is None or not arrival.text.body.strip():
        return None
    if not fitting and late_answer(arrival) is not None:
        return "late"
    arrival.conversation = chosen
    if talk.question(scope, chosen) == "words" and not answers.skip(arrival.text.body):
        _wait_to_settle(scope, chosen)
        return "settling"
    talk.hear(scope, chosen, arrival.heard)
    return "answer"


def _wait_to_settle(scope: Scope, conversation: Conversation) -> None:
    """Words may come in several texts: 20 s after the last, 45 s after the first at most (RULINGS 15)."""
    conversation.fragments_since = conversation.fragments_since or scope.now
    conversation.last_inbound_at = scope.now
    conversation.settle_at = min(scope.now + SETTLE, conversation.fragments_since + SETTLE_MOST)
    talk.schedule_due(conversation)


def late_answer(arrival: Arrival) -> str | None:
    """An answer to a question that has closed is kept against it and thanked."""
    scope = arrival.scope
    if not arrival.text.body.strip():
        return None
    for conversation in arrival.missed:
        if talk.fits(scope, conversation, arrival.heard) and talk.late(scope, conversation, arrival.heard):
            _thank(scope, "late_thanks")
            return "late"
    return None


def journal(arrival: Arrival) -> str:
    """Everything lands somewhere: kept whole, thanked once an hour at most."""
    scope = arrival.scope
    keep_entry(scope, arrival.text.body)
    _thank(scope, "fine_thanks" if "fine" in answers.kinds(arrival.text.body) else "thanks")
    return "journal"


def _thank(scope: Scope, line: str) -> None:
    thanks = ("thanks", "fine_thanks", "late_thanks", "photo", "note_came")
    if not turns.last_sent(scope.db, scope.keys, scope.person.id, thanks, scope.now - HOUR):
        scope.queue(scope.system(line, facts.system_values(scope)))
