"""What outranks any flow."""

from smsbot.safety.finding import Context, Finding
from smsbot.safety.screening import VERSION, screen

__all__ = ["VERSION", "Context", "Finding", "screen"]
