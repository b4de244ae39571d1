"""Calls: placed by a patient or by the service, answered or not, and run document by document through the webhooks."""

from __future__ import annotations

from functools import partial

from smsbot.sandbox import recordings
from smsbot.sandbox.box import Box
from smsbot.sandbox.callhooks import fetched, parsed, tell
from smsbot.sandbox.callstate import OVER, Call
from smsbot.sandbox.checks import E164
from smsbot.sandbox.state import machine_now, new_sid
from smsbot.sandbox.voice import (
    Dialed,
    Dialing,
    Ended,
    Fetch,
    Gathering,
    Given,
    Paused,
    Played,
    Pressed,
    Prompt,
    Recorded,
    Recording,
    Said,
    Silent,
    Spoke,
    run,
)
from smsbot.sandbox.webhooks import Hook

RING = 0.05  # machine seconds from accepted to ringing
MOST_DOCUMENTS = 200  # of one call: a Record without action would go on for ever
MACHINES = frozenset({"machine_start", "machine_end_beep", "machine_end_silence", "machine_end_other", "fax"})


def place(box: Box, sender: str, to: str) -> Call:
    """A patient calls one of the account's numbers; returns when the call waits for the patient or is over.

    Raises ValueError for numbers that cannot call or be called."""
    number = box.state.numbers.get(to)
    if number is None or not (E164.match(sender) or sender in ("anonymous", "unknown")):
        raise ValueError(f"{sender!r} cannot call {to!r}; the account has {', '.join(box.state.numbers)}")
    call = Call(new_sid("CA"), "inbound", sender, to, "ringing")
    box.calls[call.sid] = call
    if E164.match(sender):
        box.state.phone(sender)
    with call.lock:
        if not number.voice_url:
            box.state.debug(11200, "The number has no VoiceUrl: the call was not answered", sid=call.sid)
            _end(box, call, "failed")
            return call
        _begin(box, call, Fetch(number.voice_url, number.voice_method))
    return call


def dial(box: Box, call: Call) -> None:
    """The service calls a phone: tell it the call's progress, and let the phone do what it is set to."""
    box.calls[call.sid] = call
    box.state.phone(call.to)
    box.timers.after(RING, partial(_ring, box, call))


def _ring(box: Box, call: Call) -> None:
    with call.lock:
        if call.status in OVER:
            return
        tell(box, call, "initiated")
        _status(box, call, "ringing")
        tell(box, call, "ringing")
        wanted = box.state.phone(call.to).answers
        if wanted in OVER:
            _end(box, call, wanted)
        elif wanted != "manual":
            answer(box, call, wanted)
        else:
            limit = int(call.get("Timeout") or 60)
            box.timers.after(limit, partial(_unanswered, box, call))


def _unanswered(box: Box, call: Call) -> None:
    with call.lock:
        if call.status == "ringing":
            _end(box, call, "no-answer")


def answer(box: Box, call: Call, by: str = "human") -> None:
    """Someone or something picks up (`by`: human, machine_start, fax, unknown...), or the phone says busy, no-answer
    or failed. Raises ValueError when it is not ringing."""
    with call.lock:
        if call.status != "ringing":
            raise ValueError(f"the call is {call.status}, not ringing")
        if by in OVER:
            _end(box, call, by)
            return
        call.write("patient", "answer", by)
        call.started = machine_now()
        _status(box, call, "in-progress")
        tell(box, call, "answered")
        extra = _detected(box, call, by)
        limit = call.get("TimeLimit")
        if limit:
            box.timers.after(int(limit), partial(hang_up, box, call))
        if call.get("Url"):
            _begin(box, call, Fetch(call.get("Url"), call.get("Method") or "POST", extra))
        else:
            _document(box, call, call.get("Twiml"), None)


def _detected(box: Box, call: Call, by: str) -> tuple[tuple[str, str], ...]:
    """Answering-machine detection: what the Url request carries; with AsyncAmd the callback carries it."""
    mode = call.get("MachineDetection")
    if not mode:
        return ()
    if by in MACHINES and by != "fax":
        by = "machine_start" if mode == "Enable" else "machine_end_beep" if by == "machine_start" else by
    call.answered_by = by
    found = (("AnsweredBy", by), ("MachineDetectionDuration", "2400"))
    if call.get("AsyncAmd").lower() != "true":
        return found
    if call.get("AsyncAmdStatusCallback"):
        method = call.get("AsyncAmdStatusCallbackMethod") or "POST"
        params = [("CallSid", call.sid), ("AccountSid", box.settings.account_sid), *found]
        box.hooks.later(0, Hook("amd", call.get("AsyncAmdStatusCallback"), params, call.patient, method))
    return ()


def _begin(box: Box, call: Call, first: Fetch) -> None:
    """Fetch a document and run it from its first verb."""
    found = fetched(box, call, first)
    if found is None:
        _apologize(box, call)
        return
    document, base = found
    if call.status == "ringing":
        verb = document.verbs[0].name if document.verbs else ""
        if verb != "Reject":  # a rejected call is never answered
            call.started = machine_now()
            _status(box, call, "in-progress")
    call.machine = run(document, base)
    _step(box, call, None, first=True)


def redirect(box: Box, call: Call, url: str | None, method: str, twiml: str | None) -> None:
    """The service sends a live call elsewhere."""
    with call.lock:
        if url:
            _begin(box, call, Fetch(url, method))
        else:
            _document(box, call, twiml or "", None)


def _document(box: Box, call: Call, text: str, base: str | None) -> None:
    document = parsed(box, call, text, base)
    if document is None:
        _apologize(box, call)
        return
    call.machine = run(document, base or "")
    _step(box, call, None, first=True)


def _step(box: Box, call: Call, given: Given, first: bool = False) -> None:
    """Run the machine until it waits for the caller or the call is over."""
    machine, documents = call.machine, 0
    assert machine is not None
    prompt = next(machine) if first else machine.send(given)
    while True:
        if isinstance(prompt, Gathering | Recording | Dialing):
            call.waiting = prompt
            if isinstance(prompt, Recording) and prompt.beep:
                call.write("service", "beep", "(beep)")
            box.state.changes += 1
            return
        if isinstance(prompt, Ended):
            _end(box, call, {"completed": "completed", "failed": "failed"}.get(prompt.reason, "busy"))
            return
        if isinstance(prompt, Fetch):
            documents += 1
            found = fetched(box, call, prompt) if documents <= MOST_DOCUMENTS else None
            if found is None:
                _apologize(box, call)
                return
            prompt = machine.send(found)
            continue
        _write(call, prompt)
        if isinstance(prompt, Paused) and prompt.waits:
            box.timers.stopping.wait(prompt.seconds)
        prompt = machine.send(None)


def _write(call: Call, prompt: Prompt) -> None:
    if isinstance(prompt, Said):
        call.write("service", "say", prompt.words)
    elif isinstance(prompt, Played):
        call.write("service", "play", prompt.url or prompt.digits)
    elif isinstance(prompt, Paused):
        call.write("service", "pause", f"{prompt.seconds} s")


def give(box: Box, call: Call, given: Pressed | Spoke | Silent | Dialed) -> None:
    """What the caller does. Raises ValueError when the call waits for something else."""
    with call.lock:
        waiting = call.waiting
        _refuse_unasked(call, given)
        if isinstance(given, Pressed):
            call.write("patient", "keys", given.digits)
        elif isinstance(given, Spoke):
            call.write("patient", "speech", given.words)
        elif isinstance(given, Silent):
            call.write("patient", "silence", "(silence)")
        if isinstance(waiting, Recording):
            key = given.digits[:1] if isinstance(given, Pressed) else ""
            record(box, call, b"", "audio/wav", waiting.timeout or 1, key)
            return
        call.waiting = None
        _step(box, call, given)


def _refuse_unasked(call: Call, given: Pressed | Spoke | Silent | Dialed) -> None:
    waiting = call.waiting
    fits = {
        Pressed: isinstance(waiting, Recording) or (isinstance(waiting, Gathering) and waiting.keys),
        Spoke: isinstance(waiting, Gathering) and waiting.speech,
        Silent: isinstance(waiting, Gathering | Recording),
        Dialed: isinstance(waiting, Dialing),
    }
    if call.status in OVER or not fits[type(given)]:
        raise ValueError(f"the call is {call.status} and waits for {call.wants() or 'nothing'}")


def record(box: Box, call: Call, data: bytes, content_type: str, seconds: int, digits: str = "") -> None:
    """The caller speaks into a Record verb for `seconds` (at most its maxLength), then presses `digits` or is silent.

    `digits` = hangup: the caller hangs up while recording. Raises ValueError when nothing is being recorded."""
    with call.lock:
        waiting = call.waiting
        if call.status in OVER or not isinstance(waiting, Recording):
            raise ValueError(f"the call is {call.status} and waits for {call.wants() or 'nothing'}")
        length = max(1, min(seconds, waiting.most))
        call.spoken += length
        made = recordings.make(box, call, waiting, data, content_type, length)
        call.write("patient", "record", f"({length} s, {made.sid})")
        call.waiting = None
        base = f"https://api.twilio.com/2010-04-01/Accounts/{box.settings.account_sid}/Recordings/"
        recorded = Recorded(base + made.sid, made.sid, length, digits)
        if digits == "hangup":
            _last_words(box, call, recorded)
            return
        _step(box, call, recorded)


def _last_words(box: Box, call: Call, recorded: Recorded) -> None:
    """Hung up while recording: the action is still asked, its document is not run."""
    assert call.machine is not None
    prompt = call.machine.send(recorded)
    _end(box, call, "completed")
    if isinstance(prompt, Fetch):
        fetched(box, call, prompt)


def hang_up(box: Box, call: Call) -> None:
    """The caller (or a time limit) ends the call; harmless when it is over."""
    with call.lock:
        if call.status in OVER:
            return
        call.write("patient", "hangup", "(hung up)")
        if isinstance(call.waiting, Recording):
            record(box, call, b"", "audio/wav", 2, "hangup")
        else:
            _end(box, call, "completed" if call.started else "no-answer")


def end(box: Box, call: Call, status: str) -> None:
    """The service ends the call over REST (completed or canceled)."""
    with call.lock:
        _end(box, call, status)


def _end(box: Box, call: Call, status: str) -> None:
    call.waiting, call.machine = None, None
    call.ended = machine_now()
    _status(box, call, status)
    tell(box, call, "completed")


def _apologize(box: Box, call: Call) -> None:
    call.write("service", "say", "We are sorry. An application error has occurred. Goodbye.")
    _end(box, call, "completed" if call.started else "failed")


def _status(box: Box, call: Call, status: str) -> None:
    call.status = status
    call.updated = machine_now()
    box.state.changes += 1
    box.state.note("call", sid=call.sid, status=status)
