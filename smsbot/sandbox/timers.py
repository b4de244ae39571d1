"""Things the carrier does a little later: a thread watches a heap, a pool does the work."""

from __future__ import annotations

import heapq
import itertools
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

Work = Callable[[], object]
log = logging.getLogger("smsbot.sandbox")


class Timers:
    """Delays are machine seconds. Work that raises is logged and forgotten."""

    def __init__(self, threads: int) -> None:
        self._changed = threading.Condition()
        self._heap: list[tuple[float, int, Work]] = []
        self._order = itertools.count()
        self._running = 0
        self._stopped = False
        self.stopping = threading.Event()
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="sandbox")
        threading.Thread(target=self._watch, name="sandbox-timers", daemon=True).start()

    def after(self, seconds: float, work: Work) -> None:
        """Run `work` in the pool when `seconds` have passed; equal times keep their order."""
        with self._changed:
            heapq.heappush(self._heap, (time.monotonic() + max(0.0, seconds), next(self._order), work))
            self._changed.notify_all()

    def promise(self, work: Work) -> Work:
        """`work` to be run once, soon, by somebody else; until then the carrier is not idle."""
        with self._changed:
            self._running += 1
        due = [work]

        def keep() -> None:
            with self._changed:
                mine = due.pop() if due else None
            if mine:
                self._run(mine)

        return keep

    def clear(self) -> None:
        """Forget what has not begun."""
        with self._changed:
            self._heap.clear()
            self._changed.notify_all()

    def idle(self, horizon: float) -> bool:
        """True when nothing runs and nothing is due within `horizon` seconds."""
        with self._changed:
            return self._quiet(horizon)

    def wait_idle(self, timeout: float, horizon: float) -> bool:
        """Wait until idle; False when `timeout` seconds were not enough."""
        with self._changed:
            return self._changed.wait_for(lambda: self._quiet(horizon), timeout)

    def stop(self) -> None:
        """End the watching thread and wake everything that waits on `stopping`."""
        self.stopping.set()
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _quiet(self, horizon: float) -> bool:
        return not self._running and not (self._heap and self._heap[0][0] <= time.monotonic() + horizon)

    def _watch(self) -> None:
        while True:
            with self._changed:
                if self._stopped:
                    return
                wait = self._heap[0][0] - time.monotonic() if self._heap else None
                if wait is None or wait > 0:
                    self._changed.wait(wait)
                    continue
                work = heapq.heappop(self._heap)[2]
                self._running += 1
            self._pool.submit(self._run, work)

    def _run(self, work: Work) -> None:
        try:
            work()
        except Exception:  # one failing webhook must not end the carrier
            log.exception("sandbox work failed")
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify_all()
