"""Hands duties to workers through RQ, and trusts nothing that comes back out of Redis (RULINGS 45).

Jobs carry the name of a duty and an id of ours. Whoever can write to Redis can make us do a duty that is not due, which
changes nothing; they cannot make us call anything else: not by function name, not by callback, webhook or pickle.
"""

import logging
from functools import partial
from typing import Any

import redis
from rq import Queue
from rq.job import Job
from rq.serializers import JSONSerializer

from smsbot.jobs import duties
from smsbot.runtime import Runtime

log = logging.getLogger("smsbot.jobs")

QUEUE = "smsbot"
FUNCTION = "smsbot.jobs.queueing.perform"
PENDING = "smsbot:pending:"
PENDING_S = 30
FAILURE_S = 3600


class NotOurs(Exception):
    """Something in Redis asked for a call we do not make."""


def perform(runtime: Runtime, pending: "redis.Redis", name: str, subject: str) -> None:
    """Do one duty for a job. A fault is logged by its kind and place only: RQ would keep its words in Redis."""
    if not isinstance(name, str) or not isinstance(subject, str) or name not in duties.DUTIES:
        raise NotOurs
    # Forgotten before the work begins: whatever comes due from here on makes a job of its own.
    pending.delete(_mark(name, subject))
    try:
        duties.do(runtime, name, subject)
    except Exception:  # its words could be a patient's: they go no further than this process
        log.error("a duty failed", extra={"duty": name}, exc_info=True)


class OurJob(Job):
    """A job that can only be `perform`; `runtime` is set by the worker's own subclass (see job_class)."""

    runtime: Runtime | None = None

    @property
    def func(self) -> Any:
        """`perform`, whatever Redis says, or NotOurs."""
        if self.runtime is None or self.func_name != FUNCTION or self.instance is not None:
            raise NotOurs
        return partial(perform, self.runtime, self.connection)

    @property
    def success_callback(self) -> None:
        """None: a planted callback would be imported and called."""
        return

    @property
    def failure_callback(self) -> None:
        """None, for the same reason."""
        return

    @property
    def stopped_callback(self) -> None:
        """None, for the same reason."""
        return

    def send_webhooks(self, status: Any, *, exc_string: str | None = None) -> None:
        """Nothing: a planted address would be called."""


def job_class(runtime: Runtime) -> type[OurJob]:
    """The job class of one worker process."""
    return type("BoundJob", (OurJob,), {"runtime": runtime})


def queue(connection: "redis.Redis") -> Queue:
    """The one queue there is: with two, RQ can lose a job between them."""
    return Queue(QUEUE, connection=connection, job_class=OurJob, serializer=JSONSerializer)


def enqueue(connection: "redis.Redis", name: str, subject: str = "") -> bool:
    """Ask the workers to do a duty, unless one is asked for already; False then. Raises redis.RedisError."""
    if not connection.set(_mark(name, subject), "1", nx=True, ex=PENDING_S):
        return False
    queue(connection).enqueue_call(
        FUNCTION,
        args=[name, subject],
        description="smsbot",
        timeout=duties.JOB_S,
        result_ttl=0,
        failure_ttl=FAILURE_S,
    )
    return True


def _mark(name: str, subject: str) -> str:
    return f"{PENDING}{name}:{subject}"
