"""Makes ready what the first text would have to wait for."""

from smsbot.answers.commands import command
from smsbot.answers.kinds import kinds
from smsbot.answers.topics import topic
from smsbot.answers.yes_no import yes_no

# Short and unlike anything, so that every vocabulary is asked.
_TEXT = "we shall see about that"


def warm() -> None:
    """Compile the patterns of all recognizers (a third of a second of work), by reading a text that is none of them."""
    topic(_TEXT)
    kinds(_TEXT)
    command(_TEXT)
    yes_no(_TEXT)
