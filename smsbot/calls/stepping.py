"""One request of a running call: loaded, decided, written down and answered, once, in one transaction."""

import uuid
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlmodel import Session

from smsbot import schedule
from smsbot import scope as scopes
from smsbot.calls import ending, people
from smsbot.calls import house as houses
from smsbot.calls.doing import Live
from smsbot.calls.events import (
    Arrived,
    Event,
    Joined,
    Keys,
    Nothing,
    Recorded,
    Spoken,
)
from smsbot.calls.machine import react
from smsbot.calls.saying import Voice
from smsbot.calls.state import (
    Ask,
    Guided,
    House,
    Line,
    State,
    Step,
)
from smsbot.carrier import twiml
from smsbot.carrier.document import Addresses, Hangup
from smsbot.carrier.inbound import VoiceRequest
from smsbot.models import Call
from smsbot.places import E164
from smsbot.runtime import Runtime
from smsbot.scope import Scope
from smsbot.store import calls, clinics

GOODBYE = twiml.call([Hangup()], Addresses())
LONGEST = timedelta(minutes=45)  # after which the carrier is asked how a call ended, if nobody told us
MOST_EVENTS = 20  # a chain of doings and events is short; a longer one is a fault of ours


@dataclass(frozen=True)
class Reply:
    """The call's document, and the senders with texts to send."""

    twiml: str
    rings: tuple[str, ...] = ()


def step(
    runtime: Runtime, db: Session, asked: VoiceRequest, call_id: uuid.UUID | None = None, number: int | None = None
) -> Reply | None:
    """Answer one request of a call, in the caller's transaction; None when the call is nobody's here.

    `number` is the document that led here, None for a call that has just come in. A request for a document that has
    been answered already changes nothing and is given the last answer again, byte for byte.
    """
    found = _placed(runtime, db, asked, call_id) if call_id is not None else _came_in(runtime, db, asked)
    if found is None:
        return None
    scope, call = found
    stored = _stored(scope, call, number)
    if stored is not None:
        return Reply(stored)
    live = Live(scope, call)
    was_over, question = call.ended_at is not None, call.details.get("conversation")
    document = _run(live, _event(asked, first=call.step == 0))
    call.answer_sealed = scope.sealer.seal("call", "answer_sealed", call.id, document)
    scope.spoken = None
    if was_over:
        ending.after(scope, call, question)
    schedule.conclude(scope)
    return Reply(document, (scope.sender,) if scope.queued else ())


def _came_in(runtime: Runtime, db: Session, asked: VoiceRequest) -> tuple[Scope, Call] | None:
    """A patient, or anybody, calls a clinic's number: their row is locked, and the call is written down once."""
    behind = clinics.behind(db, runtime.vault, asked.to)
    if behind is None:
        return None
    clinic, keys = behind
    # A hidden number is nobody's: two such callers must not be taken for one.
    phone = asked.from_ if E164.match(asked.from_) else f"hidden:{asked.sid}"
    scope = scopes.of_phone(runtime, db, keys, clinic, phone)
    call = calls.of_sid(db, keys, asked.sid)
    if call is None:
        call = _new(scope, asked.sid)
        db.add(call)
        db.flush()
    return scope, call


def _new(scope: Scope, sid: str) -> Call:
    call_id = scope.runtime.new_id()
    unknown = scope.patient is None
    return Call(
        id=call_id,
        clinic_id=scope.clinic.id,
        patient_id=scope.patient.id if scope.patient else None,
        carrier_sid=sid,
        phone_index=scope.keys.phone_index(scope.phone) if unknown else None,
        phone_sealed=scope.keys.seal("call", "phone_sealed", call_id, scope.phone) if unknown else None,
        details={"state": State(language=scope.language).to_json()},
        due_at=scope.now + LONGEST,
        attempted_at=scope.runtime.machine(),
        started_at=scope.now,
    )


def _placed(runtime: Runtime, db: Session, asked: VoiceRequest, call_id: uuid.UUID) -> tuple[Scope, Call] | None:
    """A call that we know by our own id: one of ours, or one that came in and goes on."""
    found = people.opened(runtime, db, call_id)
    if found is None or found[1].carrier_sid not in (None, asked.sid):
        return None
    scope, call = found
    if call.direction == "outbound" and call.ended_at is None:
        # The carrier asks, so it has accepted: nothing is left to find out but how the call ends.
        call.carrier_sid, call.state, call.due_at = asked.sid, "talking", scope.now + LONGEST
        call.answered_by = asked.answered_by or call.answered_by
    return found


def _stored(scope: Scope, call: Call, number: int | None) -> str | None:
    """The last answer, for a request that has been answered; a call that is over hears nothing more."""
    if call.ended_at is not None and call.answer_sealed is None:
        return GOODBYE
    if call.answer_sealed is not None and (number or 0) != call.step:
        return scope.sealer.open("call", "answer_sealed", call.id, call.answer_sealed)
    return None


def _event(asked: VoiceRequest, *, first: bool) -> Event:
    """What a request says happened."""
    if first:
        return Arrived(_answered_by(asked))
    if asked.recording_seconds is not None or asked.recording_sid is not None:
        return Recorded(asked.recording_sid, asked.recording_seconds or 0, asked.digits or "")
    if asked.dialed is not None:
        return Joined(asked.dialed in ("completed", "answered"))
    if asked.speech and asked.speech.strip():
        return Spoken(asked.speech)
    return Keys(asked.digits) if asked.digits else Nothing()


def _answered_by(asked: VoiceRequest) -> str:
    if asked.direction == "inbound":
        return ""
    by = asked.answered_by or "human"
    return "machine" if by.startswith("machine") else "fax" if by == "fax" else "human"


def _run(live: Live, event: Event) -> str:
    """React until nothing is left to react to, and write the document."""
    call, scope = live.call, live.scope
    state = _state(scope, call)
    house = houses.of(scope, outbound=state.outbound)
    says: list[Step] = []
    waiting = [event]
    scope.spoken, scope.verified, scope.language = [], state.verified, state.language
    for _ in range(MOST_EVENTS):
        if not waiting:
            break
        move = react(state, waiting.pop(0), house)
        state, scope.language = move.state, move.state.language
        says += move.says
        waiting += [back for doing in move.do if (back := live.perform(state, doing)) is not None]
        house = replace(house, fresh_note=str(scope.runtime.new_id()))
    else:
        raise RuntimeError("a call's events go round in a circle")
    return _written(live, state, says, house)


def _state(scope: Scope, call: Call) -> State:
    told = call.details.get("state")
    if told is not None:
        return State.from_json(told)
    return State(language=scope.language, outbound=True, audio=str(call.details.get("audio", "")))


def _names(step: Step) -> list[str]:
    """The system lines and recordings in a step, for the record; words of people are never in it."""
    inside = step.inside if isinstance(step, Ask) else (step,)
    return [saying.name for saying in inside if isinstance(saying, Line | Guided)]


def _written(live: Live, state: State, says: list[Step], house: House) -> str:
    call, runtime = live.call, live.scope.runtime
    call.step += 1
    names = [name for step in says for name in _names(step)]
    call.details = call.details | {"state": state.to_json(), "said": [*call.details.get("said", []), *names]}
    base = runtime.settings.public_base_url
    to = Addresses(f"{base}/webhooks/voice/{call.id}/{call.step}", f"{base}/webhooks/recording/")
    return twiml.call(Voice(live.scope, state.language, house).parts(says), to)
