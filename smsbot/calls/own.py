"""A caller's own words, behind their code: the intention, in their voice or in words, and a note kept for a session."""

import uuid
from collections.abc import Callable

from smsbot import own_voice
from smsbot.calls.events import Own
from smsbot.scope import Scope
from smsbot.store import calls


def found(scope: Scope, address: Callable[[uuid.UUID], str]) -> Own:
    """What there is to hear; `address` gives a note's. The caller has seen to the code."""
    if scope.patient is None:
        return Own()
    kept = own_voice.kept_for_before(scope)
    note = address(kept.id) if kept is not None else None
    spoken = own_voice.intention(scope)
    if spoken is not None:
        return Own(url=address(spoken.id), note=note)
    answer = calls.newest_answer(scope.db, scope.keys, scope.patient.id, own_voice.INTENTION)
    if answer is None or answer.flagged or answer.hidden or answer.put_away_at:
        return Own(note=note)
    return Own(words=scope.sealer.open("answer", "value_sealed", answer.id, answer.value_sealed), note=note)
