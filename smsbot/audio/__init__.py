"""Guided audio: the scripts as they are written, how long they take, and the files that were made of them."""

from smsbot.audio.files import file_for, folder_of
from smsbot.audio.scripts import Part, Pause, Say, Script, load

__all__ = ["Part", "Pause", "Say", "Script", "file_for", "folder_of", "load"]
