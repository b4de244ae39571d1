"""Turns rings into jobs: waits on the list the web processes push to, so that a reply leaves before the next tick."""

import logging
import threading

import redis

from smsbot.jobs import queueing
from smsbot.jobs.link import RedisLink
from smsbot.runtime import WAKE_LIST
from smsbot.scope import PAGE

log = logging.getLogger("smsbot.waker")

WAIT_S = 1
RETRY_S = 0.5
MOST = 1000


class Waker:
    """Each ring names a sender that has something to send, or says that somebody is to be paged; many make one job."""

    def __init__(self, link: RedisLink) -> None:
        self._link = link

    def run(self, stop: threading.Event) -> None:
        """Wait for rings until told to stop."""
        connection = self._link.connection()
        while not stop.is_set():
            try:
                rung = self._rung(connection)
                if PAGE in rung:
                    queueing.enqueue(connection, PAGE)
                for sender in rung - {PAGE}:
                    queueing.enqueue(connection, "deliver", sender)
            except redis.RedisError as fault:
                log.warning("redis is out of reach", extra={"fault": type(fault).__name__})
                stop.wait(RETRY_S)
                self._link.renew()

    def _rung(self, connection: "redis.Redis") -> set[str]:
        """Wait for a ring and take all that are there."""
        first = connection.blpop([WAKE_LIST], timeout=WAIT_S)
        if first is None:
            return set()
        more = connection.lpop(WAKE_LIST, MOST) or []
        return {bytes(each).decode("utf-8", "replace") for each in (first[1], *more)}
