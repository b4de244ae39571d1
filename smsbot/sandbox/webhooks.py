"""Calling the service: signed, with a fallback, and with the faults that were asked for."""

from __future__ import annotations

import threading
import uuid
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from smsbot.sandbox.errors import WEBHOOK_ERRORS
from smsbot.sandbox.faults import Fault, Faults
from smsbot.sandbox.signing import signature
from smsbot.sandbox.state import State, machine_now
from smsbot.sandbox.timers import Timers
from smsbot.sandbox.transport import Answer, Params, send

TWIML_TYPES = frozenset({"text/xml", "application/xml", "text/html", "text/plain"})
SHOWN = 4096  # characters of an answer kept for the webhook log


@dataclass(frozen=True)
class Hook:
    """One request to the service. `event`: inbound, status, voice, call-status, recording, amd or action;
    `phone` is the patient's number; `twiml`: the answer is a document."""

    event: str
    url: str
    params: Params
    phone: str | None = None
    method: str = "POST"
    fallback: str | None = None
    fallback_method: str = "POST"
    twiml: bool = False
    token: str = field(default_factory=lambda: str(uuid.uuid4()))


Then = Callable[[Answer], object]


class Webhooks:
    """Sends hooks now or later. Every answer is passed on, also those to duplicates: the carrier does not tidy up."""

    def __init__(self, token: str, state: State, timers: Timers, faults: Faults) -> None:
        self._token = token
        self._state = state
        self._timers = timers
        self._faults = faults
        self._held_lock = threading.Lock()
        self._held: list[tuple[Hook, Then]] = []
        self._turns: dict[str, deque[Hook]] = {}

    def later(self, seconds: float, hook: Hook, then: Then = lambda _answer: None) -> None:
        """Send in the background, after `seconds` and whatever a fault adds."""
        fault = self._faults.take("webhook", hook.event, hook.phone)
        if fault and fault.kind == "delay":
            seconds += float(fault.option("seconds", 1.0))
        self._timers.after(seconds, partial(self._deliver, hook, fault, then))

    def in_turn(self, key: str, hook: Hook) -> None:
        """Send in the background, after what was given earlier under the same `key` has been answered.

        So callbacks of one message keep their order by default; a delayed one lets the others pass."""
        with self._held_lock:
            waiting = self._turns.setdefault(key, deque())
            waiting.append(hook)
            first = len(waiting) == 1
        if first:
            self._timers.after(0, partial(self._take_turns, key))

    def _take_turns(self, key: str) -> None:
        while True:
            with self._held_lock:
                hook = self._turns[key][0]
            fault = self._faults.take("webhook", hook.event, hook.phone)
            if fault and fault.kind == "delay":
                seconds = float(fault.option("seconds", 1.0))
                self._timers.after(seconds, partial(self._deliver, hook, None, lambda _answer: None))
            else:
                self._deliver(hook, fault, lambda _answer: None)
            with self._held_lock:
                self._turns[key].popleft()
                if not self._turns[key]:
                    del self._turns[key]
                    return

    def now(self, hook: Hook, then: Then = lambda _answer: None) -> list[Answer]:
        """Send and wait; one answer per copy sent (none when a fault lost or held it)."""
        fault = self._faults.take("webhook", hook.event, hook.phone)
        if fault and fault.kind == "delay":
            self._timers.stopping.wait(float(fault.option("seconds", 1.0)))
        return self._deliver(hook, fault, then)

    def _deliver(self, hook: Hook, fault: Fault | None, then: Then) -> list[Answer]:
        if fault and fault.kind == "lose":
            self._log(hook, None, "lost")
            return []
        if fault and fault.kind == "reorder":
            self._hold(hook, fault, then)
            return []
        if fault and fault.kind == "duplicate":
            return self._copies(hook, fault, then)
        return [self._once(hook, then)]

    def _copies(self, hook: Hook, fault: Fault, then: Then) -> list[Answer]:
        copies = int(fault.option("copies", 2))
        same = bool(fault.option("same_token", True))
        hooks = [hook if same else replace(hook, token=str(uuid.uuid4())) for _ in range(copies)]
        together = threading.Barrier(copies)
        answers: list[Answer] = []

        def fire(copy: Hook) -> None:
            together.wait(timeout=10)
            answers.append(self._once(copy, then))

        threads = [threading.Thread(target=fire, args=(copy,)) for copy in hooks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    def _hold(self, hook: Hook, fault: Fault, then: Then) -> None:
        with self._held_lock:
            self._held.append((hook, then))
            full = len(self._held) >= int(fault.option("window", 2))
        if full:
            self.release()
        else:
            self._timers.after(float(fault.option("seconds", 2.0)), self.release)

    def release(self) -> None:
        """Send the held webhooks, the last one first."""
        with self._held_lock:
            held, self._held = self._held, []
        for hook, then in reversed(held):
            self._once(hook, then)

    def _once(self, hook: Hook, then: Then) -> Answer:
        answer = self._checked(hook, send(hook.method, hook.url, hook.params, partial(self._headers, hook)))
        self._log(hook, answer, "primary")
        if answer.code and hook.fallback:
            failed = [("ErrorCode", str(answer.code)), ("ErrorUrl", hook.url.partition("#")[0])]
            params = (*hook.params, *failed)
            again = replace(hook, url=hook.fallback, method=hook.fallback_method, params=params)
            answer = self._checked(again, send(again.method, again.url, params, partial(self._headers, again)))
            self._log(again, answer, "fallback")
        then(answer)
        return answer

    def _headers(self, hook: Hook, method: str, url: str, params: Params) -> dict[str, str]:
        return {
            "X-Twilio-Signature": signature(self._token, url, params if method == "POST" else ()),
            "I-Twilio-Idempotency-Token": hook.token,
            "User-Agent": "TwilioProxy/1.1",
            "Accept": "*/*",
        }

    def _checked(self, hook: Hook, answer: Answer) -> Answer:
        if not answer.code and hook.twiml and answer.body and answer.content_type not in TWIML_TYPES:
            answer = replace(answer, code=12300)
        if answer.code:
            sid = dict(hook.params).get("MessageSid") or dict(hook.params).get("CallSid")
            self._state.debug(
                answer.code, WEBHOOK_ERRORS[answer.code], event=hook.event, url=hook.url, sid=sid, status=answer.status
            )
        return answer

    def _log(self, hook: Hook, answer: Answer | None, how: str) -> None:
        entry: dict[str, Any] = {
            "at": machine_now().isoformat(),
            "event": hook.event,
            "how": how,
            "method": hook.method,
            "url": hook.url,
            "params": dict(hook.params),
            "token": hook.token,
            "status": answer.status if answer else None,
            "code": answer.code if answer else None,
            "attempts": answer.attempts if answer else 0,
            "content_type": answer.content_type if answer else None,
            "answer": answer.text[:SHOWN] if answer else None,
        }
        self._state.webhooks.append(entry)
        self._state.note("webhook", **{name: entry[name] for name in ("event", "how", "url", "status", "code")})
