"""What happens to a recording: fetched, sealed, verified, gone from the carrier, understood, heard by people, ended.

The row is written before the carrier is asked to record (`models.VoiceNote`, states in `store/notes.py`); its news
comes through `told`, its work is done by `work` (a duty) and by `Transcriber` (a thread of each worker).
"""

from smsbot.notes.coming import expect_media, told
from smsbot.notes.fetching import work
from smsbot.notes.keeping import destroy, destroy_all, hold, keep_for
from smsbot.notes.playing import Heard, audio_path, note_of, sound
from smsbot.notes.transcribing import Transcriber

__all__ = [
    "Heard",
    "Transcriber",
    "audio_path",
    "destroy",
    "destroy_all",
    "expect_media",
    "hold",
    "keep_for",
    "note_of",
    "sound",
    "told",
    "work",
]
