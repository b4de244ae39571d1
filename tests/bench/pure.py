"""The pure parts, by CPU: a turn of the engine, the safety screen, the planner and the simulator."""

import random
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from smsbot import content, engine, planner, plans, safety
from smsbot import scope as scopes
from smsbot.engine import Facts, Heard
from smsbot.simulator import populate
from smsbot.store import clinics
from tests.bench import ground
from tests.bench.measure import Figure
from tests.bench.texts import WORDS

PART = "pure parts (CPU)"
LONG, LONGEST = 1_600, 10_000
DAYS, PEOPLE = 45, 20


def measured() -> list[Figure]:
    """P8, and a plan."""
    loaded = content.load(*content.locate(ground.ROOT))
    days = PEOPLE * DAYS / _seconds(lambda: populate(loaded.protocols["induction"], range(PEOPLE), DAYS, 1), 1)
    long = sorted(_seconds(lambda text=text: safety.screen(text), 1) for text in _long_texts(200))  # type: ignore[misc]
    slow = long[int(0.99 * len(long))]
    return [
        Figure(PART, "engine turn", 1e6 * _engine(loaded), "us", 50.0, "less", "P8"),
        Figure(PART, "screen of a short text", 1e6 * _seconds(lambda: safety.screen(WORDS), 500), "us"),
        Figure(PART, f"screen of {LONG:,} characters, p99", 1000 * slow, "ms", 2.0, "less", "P8"),
        Figure(PART, f"screen of the worst {LONGEST:,} bytes", 1000 * _worst(), "ms", 50.0, "less", "P8"),
        Figure(PART, "a patient's plan", 1000 * _plan(), "ms"),
        Figure(PART, "simulator", days, "days/s", 1000.0, "more", "P8"),
    ]


def _seconds(work: Callable[[], object], times: int) -> float:
    """CPU seconds of one call, after one that does not count."""
    work()
    began = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - began) / times


def _engine(loaded: content.Content) -> float:
    script = loaded.scripts["gad7"]
    facts = Facts(language="en", today=date(2026, 11, 22))
    first = engine.reply(script, engine.start(script, facts).state, Heard("1"), facts).state
    return _seconds(lambda: engine.reply(script, first, Heard("2"), facts), 2000)


def _long_texts(count: int) -> list[str]:
    """Everyday words in any order, 1,600 characters of them."""
    chance = random.Random(1)
    words = (WORDS + " no sé what to do with my mother today and I can not sleep, 988 or home? ayer fue mejor").split()
    return [" ".join(chance.choices(words, k=LONG))[:LONG] for _ in range(count)]


def _worst() -> float:
    """The slowest of texts made to be slow: one letter, spaced letters, look-alikes, near-misses of the lexicon."""
    made = ("a", "k i l l ", "i want to ", "ki11 my", "no " * 3 + "want ", "\u0301", "\u200b", "🙂", "!?", "i'll be d")
    return max(_seconds(lambda text=text: safety.screen(text), 1) for text in (_filled(each) for each in made))  # type: ignore[misc]


def _filled(piece: str) -> str:
    whole = piece * LONGEST
    return whole.encode()[:LONGEST].decode(errors="ignore")


def _plan() -> float:
    with ground.standing("sqlite") as found:
        phone, runtime = found.enroll(0), found.runtime
        with runtime.database.write() as db:
            keys = clinics.keys(db, runtime.vault, found.clinic.id)
            scope = scopes.of_phone(runtime, db, keys, clinics.get(db, found.clinic.id), phone)
            facts, now = plans.facts_of(scope), datetime.now(UTC) + timedelta(days=1)
            return _seconds(lambda: planner.plan(plans.protocol_of(scope), facts, now), 50)
