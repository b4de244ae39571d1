"""A worker process: does what RQ hands it, and sweeps by itself, so that a dead clock or Redis costs seconds only."""

import logging
import os
import socket
import threading
from typing import Any

import redis
from rq import SimpleWorker
from rq.exceptions import StopRequested
from rq.serializers import JSONSerializer

from smsbot.clock import Pulse, Ticker
from smsbot.config import Settings
from smsbot.content import Content
from smsbot.jobs import queueing
from smsbot.jobs.link import RedisLink
from smsbot.jobs.opening import opened
from smsbot.notes import Transcriber
from smsbot.runtime import Runtime

log = logging.getLogger("smsbot.worker")

WORKER_TTL_S, MAINTENANCE_S = 40, 15
SWEEP_S = 4.0
RETRY_S = 1.0


class OurWorker(SimpleWorker):
    """One long-lived process without forks; it obeys signals, and no commands from Redis."""

    max_connection_wait_time = 2.0

    def __init__(self, runtime: Runtime, connection: "redis.Redis", stop: threading.Event) -> None:
        self.stop = stop
        job_class = queueing.job_class(runtime)
        super().__init__(
            [queueing.QUEUE],
            connection=connection,
            job_class=job_class,
            serializer=JSONSerializer,
            worker_ttl=WORKER_TTL_S,
            maintenance_interval=MAINTENANCE_S,
            default_result_ttl=0,
            log_job_description=False,
        )

    def subscribe(self) -> None:
        """Do not listen for RQ's remote commands: whoever writes to Redis could stop us."""

    def request_stop(self, signum: Any, frame: Any) -> None:
        """Finish the job at hand, then end."""
        self.stop.set()
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]  # rq is only partly typed


def start(settings: Settings, content: Content | None = None) -> None:
    """Be a worker process with these settings; `content` is given where it has been read already."""
    work(opened(settings, "worker", content))


def work(runtime: Runtime, stop: threading.Event | None = None) -> None:
    """Work until told to stop by a signal. Redis may come and go: meanwhile the sweep does the work."""
    stop = stop or threading.Event()
    link = RedisLink(runtime.settings)
    process = f"worker:{socket.gethostname()}:{os.getpid()}"
    pulse = Pulse(runtime, process, "worker")
    sweeper = Ticker(runtime, None, pulse, SWEEP_S)
    thread = threading.Thread(target=sweeper.run, args=(stop,), name="sweep", daemon=True)
    thread.start()
    listening = threading.Thread(target=Transcriber(runtime).run, args=(stop,), name="listen", daemon=True)
    listening.start()
    try:
        while not stop.is_set():
            _listen(runtime, link, stop)
            stop.wait(RETRY_S)
    except StopRequested:
        pass
    finally:
        stop.set()
        thread.join(timeout=20)
        listening.join(timeout=5)
        pulse.end()


def _listen(runtime: Runtime, link: RedisLink, stop: threading.Event) -> None:
    try:
        OurWorker(runtime, link.connection(), stop).work(with_scheduler=False, logging_level=None)
    except redis.RedisError as fault:
        log.warning("redis is out of reach", extra={"fault": type(fault).__name__})
        link.renew()
