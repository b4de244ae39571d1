"""What a page call says, as TwiML: it asks twice for a key, and hangs up on machines."""

from xml.sax.saxutils import escape, quoteattr

from smsbot.carrier.twiml import HEAD, clean

# How long to wait for a key, in seconds: first, and after saying it again.
FIRST_WAIT, LAST_WAIT = 6, 10
HANG_UP = f"{HEAD}<Response><Hangup/></Response>"


def asking(words: str, action: str, bye: str) -> str:
    """Say `words` twice, each time waiting for one key, which goes to `action`; without one, say `bye` and hang up."""
    said = _say(words)
    gathers = "".join(
        f'<Gather input="dtmf" numDigits="1" timeout="{wait}" action={quoteattr(clean(action))}>{said}</Gather>'
        for wait in (FIRST_WAIT, LAST_WAIT)
    )
    return f'{HEAD}<Response><Pause length="1"/>{gathers}{_say(bye)}<Hangup/></Response>'


def saying(words: str) -> str:
    """Say `words` and hang up."""
    return f"{HEAD}<Response>{_say(words)}<Hangup/></Response>"


def _say(words: str) -> str:
    return f'<Say language="en-US">{escape(clean(words))}</Say>'
