"""Answers to messaging and voice webhooks, as strings; text is escaped and stripped of what XML cannot carry."""

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from smsbot.carrier.document import Addresses, Dial, Gather, Hangup, Onward, Part, Pause, Play, Record, Say

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
EMPTY = HEAD + "<Response/>"
# Polly voices may speak health data (TWILIO.md 8.2), and take 3000 single-byte characters in one Say.
VOICES = {"en": ("Polly.Joanna-Neural", "en-US"), "es": ("Polly.Lupe-Neural", "es-US")}
LONGEST_SAY = 1400

# One vertical tab makes the whole document unreadable for the carrier (error 12100), and nothing is sent.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Return `text` without code points no XML document may hold: C0 controls, lone surrogates, U+FFFE and U+FFFF."""
    return _ILLEGAL.sub("", text)


def message(text: str, status_callback: str) -> str:
    """Return the answer that sends `text` to whoever wrote; receipts go to `status_callback`, an absolute address."""
    body = escape(clean(text), {"\r": "&#13;"})
    return f"{HEAD}<Response><Message statusCallback={quoteattr(clean(status_callback))}>{body}</Message></Response>"


def spoken(text: str, language: str = "en-US") -> str:
    """Return the answer to a call that says `text` once and hangs up."""
    return f"{HEAD}<Response><Say language={quoteattr(language)}>{escape(clean(text))}</Say><Hangup/></Response>"


def call(parts: Sequence[Part], to: Addresses) -> str:
    """Return a call's document; every way on leads to `to.step`, a Gather that hears nothing too."""
    return f"{HEAD}<Response>{''.join(_part(part, to) for part in parts)}</Response>"


def _part(part: Part, to: Addresses) -> str:
    match part:
        case Say():
            return _say(part)
        case Play(url):
            return f"<Play>{escape(clean(url))}</Play>"
        case Pause(seconds):
            return f'<Pause length="{max(1, seconds)}"/>'
        case Gather():
            return _gather(part, to)
        case Record():
            return _record(part, to)
        case Dial():
            return _dial(part, to)
        case Onward():
            return _redirect(to)
        case Hangup():
            return "<Hangup/>"


def _say(part: Say) -> str:
    """One Say, or several where one would be longer than the voice takes."""
    voice, language = VOICES.get(part.language, VOICES["en"])
    head = f"<Say voice={quoteattr(voice)} language={quoteattr(language)}>"
    return "".join(f"{head}{escape(piece)}</Say>" for piece in pieces(clean(part.text)))


def pieces(text: str, longest: int = LONGEST_SAY) -> list[str]:
    """The words of a text in pieces of at most `longest` characters, cut after a sentence or between words."""
    found = []
    rest = text.strip()
    while len(rest) > longest:
        window = rest[:longest]
        cut = max(window.rfind(". "), window.rfind("? "), window.rfind("! "), window.rfind("\n")) + 1
        cut = cut or window.rfind(" ") or longest
        found.append(rest[: cut if cut > 0 else longest].strip())
        rest = rest[cut if cut > 0 else longest :].strip()
    return [*found, rest] if rest else found


def _gather(part: Gather, to: Addresses) -> str:
    """Keys, or keys and speech; empty input falls through to the Redirect behind it."""
    names = {
        "input": "dtmf speech" if part.speech else "dtmf",
        "action": to.step,
        "method": "POST",
        "numDigits": str(part.digits),
        "finishOnKey": "#",
        "timeout": str(part.timeout),
    }
    if part.speech:  # the words are screened as they were said, so nothing is starred out
        language = VOICES.get(part.language, VOICES["en"])[1]
        names |= {"language": language, "speechTimeout": "auto", "profanityFilter": "false"}
    inside = "".join(_part(sound, to) for sound in part.inside)
    return f"<Gather{_attributes(names)}>{inside}</Gather>{_redirect(to)}"


def _record(part: Record, to: Addresses) -> str:
    """An action of its own, or the carrier would ask the current address again and again."""
    names = {
        "action": to.step,
        "method": "POST",
        "timeout": str(part.silence),
        "finishOnKey": "#",
        "maxLength": str(part.limit),
        "trim": "do-not-trim",
        "recordingStatusCallback": f"{to.recordings}{part.note}",
        "recordingStatusCallbackEvent": "completed absent",
    }
    return f"<Record{_attributes(names)}/>"


def _dial(part: Dial, to: Addresses) -> str:
    names = {"action": to.step, "method": "POST", "timeout": str(part.timeout)}
    if part.caller_id:
        names["callerId"] = part.caller_id
    return f"<Dial{_attributes(names)}><Number>{escape(clean(part.number))}</Number></Dial>"


def _redirect(to: Addresses) -> str:
    return f'<Redirect method="POST">{escape(clean(to.step))}</Redirect>'


def _attributes(names: dict[str, str]) -> str:
    return "".join(f" {name}={quoteattr(clean(value))}" for name, value in names.items())
