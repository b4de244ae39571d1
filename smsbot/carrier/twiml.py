"""Reply documents for messaging webhooks, as strings; text is escaped and stripped of what XML cannot carry."""

import re
from xml.sax.saxutils import escape, quoteattr

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
EMPTY = HEAD + "<Response/>"

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
