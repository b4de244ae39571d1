"""Sends what one sender has due: claim, arm, ask the carrier from many threads, record each answer.

A crash costs at most what is in flight. A message that was only claimed has surely not been sent and is claimed again
when its lease ends; one that was `sending` is looked up (see proof.py) and never simply sent again.
"""

import logging
import time
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from smsbot.carrier.answers import Accepted
from smsbot.carrier.errors import CarrierError, NotAccepted
from smsbot.outbox.arming import Armed, arm, claim
from smsbot.outbox.outcome import record
from smsbot.runtime import Runtime
from smsbot.store import lastlook
from smsbot.store.outgoing import Claimed

log = logging.getLogger("smsbot.outbox")

LONGEST_S = 60.0
# After the first answer of a round, wait this long for others: one commit then serves several.
GATHER_S = 0.02


@dataclass(frozen=True)
class Delivered:
    """How many requests were made, and how many messages were claimed in all."""

    asked: int
    claimed: int


def deliver(runtime: Runtime, sender: str, longest_s: float = LONGEST_S) -> Delivered:
    """Drain what `sender` may send now; returns when nothing more is due or after `longest_s` seconds.

    1. Claim a batch in order of class, deadline and age, within the sender's rate; commit.
    2. Take as many as the threads can soon send, look at each person again, write `sending`; commit.
    3. Ask the carrier, each message once, unless its person has left since.
    4. Write down the answers that have come; commit; repeat.
    """
    with ThreadPoolExecutor(runtime.settings.send_threads, thread_name_prefix="send") as threads:
        return _Drain(runtime, sender, threads, time.monotonic() + longest_s).run()


@dataclass
class _Drain:
    """One run of deliver: what is claimed and what is in flight."""

    runtime: Runtime
    sender: str
    threads: ThreadPoolExecutor
    until: float
    claimed: deque[Claimed] = field(default_factory=deque)
    flying: dict[Future[Accepted | CarrierError], Armed] = field(default_factory=dict)
    asked: int = 0
    total: int = 0
    dry: bool = False

    def run(self) -> Delivered:
        try:
            return self._run()
        except Exception:  # such as a database that is away: what the carrier is answering is still worth a try
            while self.flying:
                self._land()
            raise

    def _run(self) -> Delivered:
        while True:
            if not self.claimed and not self.dry:
                self._claim()
            self._launch()
            if not self.flying and not self.claimed:
                if self.dry:
                    return Delivered(self.asked, self.total)
                continue
            self._land()

    def _claim(self) -> None:
        if time.monotonic() >= self.until:
            self.dry = True
            return
        found = claim(self.runtime, self.sender)
        self.claimed.extend(found)
        self.total += len(found)
        # Fewer than were asked for: the rest waits for tokens or for an older message, which the next tick sees to.
        self.dry = not found
        if found:
            self.runtime.reached("outbox.claimed")

    def _launch(self) -> None:
        # Half as many again as there are threads, so that none is idle while answers are written down.
        free = self.runtime.settings.send_threads * 3 // 2 - len(self.flying)
        if not self.claimed or free <= 0:
            return
        armed = arm(self.runtime, [self.claimed.popleft() for _ in range(min(free, len(self.claimed)))])
        self.runtime.reached("outbox.sending")
        for each in armed:
            self.flying[self.threads.submit(self._ask, each)] = each
        self.asked += len(armed)

    def _ask(self, message: Armed) -> Accepted | CarrierError:
        callback = f"{self.runtime.settings.public_base_url}/webhooks/status/{message.id}"
        outcome: Accepted | CarrierError
        try:
            if self._is_barred(message):
                return NotAccepted(retryable=True)  # surely not sent: the next look at it drops it, and says why
        except Exception as fault:  # whatever it is, nobody is texted without that look; nothing has been asked yet
            log.warning("the last look failed", extra={"row": str(message.id), "fault": type(fault).__name__})
            return NotAccepted(retryable=True)
        try:
            outcome = self.runtime.carrier.send(message.to, message.sender, message.body, callback, message.validity_s)
        except CarrierError as fault:
            outcome = fault
        self.runtime.reached("outbox.sent")
        return outcome

    def _is_barred(self, message: Armed) -> bool:
        with self.runtime.database.read() as db:
            return lastlook.barred(db, message.id, message.fence, self.runtime.machine())

    def _land(self) -> None:
        """Wait for the first answer, and write down all that are there by then."""
        if not self.flying:
            return
        done, others = wait(self.flying, return_when=FIRST_COMPLETED)
        if others:
            done |= wait(others, timeout=GATHER_S).done
        record(self.runtime, [(self.flying.pop(each), each.result()) for each in done])
        self.runtime.reached("outbox.recorded")
