"""Work is handed out once, done by whoever is there, and Redis is believed about nothing."""

import json
import signal
import threading
import uuid
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import redis
from rq import Callback, Queue
from rq.job import Job
from rq.serializers import JSONSerializer

from smsbot import embedded
from smsbot.jobs import duties, queueing
from smsbot.jobs.link import RedisLink
from smsbot.jobs.working import OurWorker
from smsbot.runtime import WAKE_LIST
from smsbot.waker import Waker
from tests.api_support import ANA
from tests.outbox_support import Post, posting
from tests.sandbox_support import NUMBER, Sandbox


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    """One sandbox for all tests of this file."""
    with Sandbox() as found:
        yield found


@pytest.fixture
def post(tmp_path: Path, box: Sandbox) -> Iterator[Post]:
    with posting(tmp_path, box) as found:
        yield found
        embedded.stop(tmp_path)


@pytest.fixture
def store(post: Post) -> Iterator["redis.Redis"]:
    """The embedded Redis of the post's home."""
    with redis.Redis.from_url(embedded.ensure(post.runtime.settings.home)) as connection:
        yield connection


def burst(post: Post, store: "redis.Redis") -> None:
    """Run a worker until the queue is empty."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    worker = OurWorker(post.runtime, store, threading.Event())
    worker.work(burst=True, logging_level="CRITICAL")
    for number, handler in before.items():
        signal.signal(number, handler)


def plant(store: "redis.Redis", data: list[Any], **fields: str) -> str:
    """Write a job straight into Redis, as somebody with access to it could."""
    job_id = uuid.uuid4().hex
    values = {
        "status": "queued",
        "origin": queueing.QUEUE,
        "data": zlib.compress(json.dumps(data).encode()),
        "created_at": "2026-11-22T08:00:00.000000Z",
        "enqueued_at": "2026-11-22T08:00:00.000000Z",
        "timeout": "30",
        **fields,
    }
    store.hset(f"rq:job:{job_id}", mapping=values)
    store.rpush(f"rq:queue:{queueing.QUEUE}", job_id)
    return job_id


def test_what_is_due_is_found_handed_on_and_done(post: Post, store: "redis.Redis"):
    message = post.queue("Hello")
    assert ("deliver", NUMBER) in duties.find(post.runtime)
    assert queueing.enqueue(store, "deliver", NUMBER)
    burst(post, store)
    assert post.state(message) == "accepted"
    assert ("deliver", NUMBER) not in duties.find(post.runtime)


def test_two_wishes_for_the_same_duty_make_one_job(store: "redis.Redis"):
    assert queueing.enqueue(store, "deliver", NUMBER)
    assert not queueing.enqueue(store, "deliver", NUMBER)
    assert queueing.enqueue(store, "check")
    assert queueing.queue(store).count == 2


def test_a_wish_during_the_work_makes_a_job_of_its_own(post: Post, store: "redis.Redis"):
    made: list[bool] = []
    asked = replace(post.runtime, reached=lambda _: made.append(queueing.enqueue(store, "deliver", NUMBER)))
    post.queue("Hello")
    queueing.enqueue(store, "deliver", NUMBER)
    burst(replace(post, runtime=asked), store)
    assert made[0]


def test_redis_holds_ids_only(post: Post, store: "redis.Redis"):
    post.queue("Words of a patient")
    queueing.enqueue(store, "deliver", NUMBER)
    burst(post, store)
    post.queue("More words")
    queueing.enqueue(store, "deliver", NUMBER)
    held = b" ".join(store.dump(key) or b"" for key in store.scan_iter())
    job = Job.fetch(store.lrange(f"rq:queue:{queueing.QUEUE}", 0, -1)[0].decode(), store, JSONSerializer)
    assert (job.args, job.description) == (["deliver", NUMBER], "smsbot")
    assert ANA.encode() not in held
    assert b"words" not in held.lower()


def test_a_done_job_leaves_nothing_behind(post: Post, store: "redis.Redis"):
    queueing.enqueue(store, "check")
    burst(post, store)
    assert store.keys("rq:job:*") == []
    assert store.keys(f"{queueing.PENDING}*") == []


@pytest.mark.parametrize(
    "data",
    [
        ["os.system", None, ["touch {mark}"], {}],
        ["subprocess.call", None, [["touch", "{mark}"]], {}],
        ["builtins.exec", None, ["open('{mark}', 'w')"], {}],
        ["system", "os", ["touch {mark}"], {}],
        [queueing.FUNCTION, "os", ["touch {mark}"], {}],
        [queueing.FUNCTION, None, ["os.system", "touch {mark}"], {}],
        [queueing.FUNCTION, None, [["deliver"], {}], {}],
    ],
)
def test_a_planted_call_is_not_made(post: Post, store: "redis.Redis", tmp_path: Path, data: list[Any]):
    mark = tmp_path / "mark"
    job = plant(store, json.loads(json.dumps(data).replace("{mark}", str(mark))))
    burst(post, store)
    assert store.hget(f"rq:job:{job}", "status") == b"failed"
    assert not mark.exists()


@pytest.mark.parametrize("field", ["success_callback_name", "failure_callback_name", "stopped_callback_name"])
@pytest.mark.parametrize("name", ["check", "nonsense"])
def test_a_planted_callback_is_not_run(post: Post, store: "redis.Redis", field: str, name: str):
    called.clear()
    job = plant(store, [queueing.FUNCTION, None, [name, ""], {}], **{field: "tests.test_jobs.note_call"})
    burst(post, store)
    assert store.hget(f"rq:job:{job}", "status") in (None, b"failed")  # done and forgotten, or refused
    assert called == []


called: list[Any] = []


def note_call(*details: Any) -> None:
    """What a planted callback would run."""
    called.append(details)


def test_the_planted_callback_would_run_in_an_ordinary_worker(store: "redis.Redis"):
    called.clear()
    Queue("plain", connection=store, serializer=JSONSerializer, is_async=False).enqueue(
        len, [1], on_success=Callback("tests.test_jobs.note_call")
    )
    assert len(called) == 1


def test_a_planted_webhook_is_not_called(post: Post, store: "redis.Redis"):
    asked = post.box.base + "/planted"
    job = plant(store, [queueing.FUNCTION, None, ["nonsense", ""], {}])
    store.hset(f"rq:job:{job}", "webhooks", json.dumps([{"url": asked, "statuses": ["failed"], "method": "POST"}]))
    burst(post, store)
    assert store.hget(f"rq:job:{job}", "status") == b"failed"
    assert queueing.job_class(post.runtime)("x", store).send_webhooks("failed") is None


def test_a_planted_pickle_is_not_opened(post: Post, store: "redis.Redis", tmp_path: Path):
    mark = tmp_path / "mark"
    payload = f"cos\nsystem\n(S'touch {mark}'\ntR.".encode()
    job = plant(store, [])
    store.hset(f"rq:job:{job}", "data", zlib.compress(payload))
    burst(post, store)
    assert not mark.exists()


def test_a_fault_keeps_its_words_out_of_redis(post: Post, store: "redis.Redis"):
    class Broken:
        def find(self, *_: object) -> None:
            raise RuntimeError("words of a patient")

        send = find

    post.queue("Hello")
    queueing.enqueue(store, "deliver", NUMBER)
    burst(replace(post, runtime=replace(post.runtime, carrier=Broken())), store)
    assert b"words of a patient" not in b" ".join(store.dump(key) or b"" for key in store.scan_iter())


def test_a_ring_becomes_one_job_at_once(post: Post, store: "redis.Redis"):
    for _ in range(5):
        store.rpush(WAKE_LIST, NUMBER)
    stop = threading.Event()
    waker = threading.Thread(target=Waker(RedisLink(post.runtime.settings)).run, args=(stop,))
    waker.start()
    post.box.wait_for(lambda: queueing.queue(store).count, timeout=5)
    stop.set()
    waker.join()
    assert (queueing.queue(store).count, store.llen(WAKE_LIST)) == (1, 0)
