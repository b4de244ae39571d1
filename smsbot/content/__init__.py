"""All flows, lines and protocols, read once: faults are reported together, or everything is fit to use."""

from smsbot.content.load import Content, load, locate
from smsbot.content.page import Page
from smsbot.tree import ContentFaults, Fault

__all__ = ["Content", "ContentFaults", "Fault", "Page", "load", "locate"]
