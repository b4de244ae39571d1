"""A whole series in virtual time through the real modules, told by a story a clinician can read and write."""

from smsbot.simulator.lives import inhabit
from smsbot.simulator.play import Line, play
from smsbot.simulator.population import Census, populate
from smsbot.simulator.printed import printed, told
from smsbot.simulator.story import NotAStory, Story, parse

__all__ = ["Census", "Line", "NotAStory", "Story", "inhabit", "parse", "play", "populate", "printed", "told"]
