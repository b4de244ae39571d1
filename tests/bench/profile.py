"""Where the time of a turn and of a released touch goes: profiles in this process, gathered by part of the code.

The largest share is the next bottleneck.
"""

import cProfile
import pstats
from collections import Counter
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from smsbot import schedule
from smsbot.jobs.duties import BATCH
from smsbot.web.app import create_app
from tests.bench import crowd, ground, texts
from tests.bench.turns import DIGITS, FLOW

PLACES = (
    ("flask and werkzeug", ("/flask/", "/werkzeug/")),
    ("database driver", ("sqlite3", "psycopg")),
    ("statements", ("smsbot/store/",)),
    ("sqlalchemy", ("/sqlalchemy/", "/sqlmodel/")),
    ("safety screen", ("smsbot/safety/",)),
    ("planner", ("smsbot/planner", "smsbot/plans", "smsbot/localtime")),
    ("engine and wording", ("smsbot/engine", "smsbot/wording", "smsbot/turn", "smsbot/answers", "smsbot/render")),
    ("encryption", ("smsbot/vault", "cryptography")),
    ("the rest of smsbot", ("smsbot/",)),
)


def turn(patients: int = 20) -> str:
    """Shares of an inbound turn's own time, the largest first."""
    with ground.standing("sqlite") as found:
        phones = ground.joined(found, patients)
        half = patients // 2
        ground.ask(found, phones[:half], FLOW)
        client = create_app(found.runtime).test_client()
        base = found.env["PUBLIC_BASE_URL"]
        made = texts.rounds(base, phones[:half], phones[half:], DIGITS)
        profiler = cProfile.Profile()
        for number, each in enumerate(made):
            head, _, body = each.partition(b"\r\n\r\n")
            fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
            if number > len(made) // 4:
                profiler.enable()
            answer = client.post("/webhooks/sms", base_url=base, data=body, headers=fields)
            profiler.disable()
            assert answer.status_code == 200, dict(parse_qsl(body.decode()))
    return _shares("an inbound turn", profiler)


def touch(count: int = 300) -> str:
    """The same of a due touch that is released."""
    with ground.standing("sqlite") as found:
        found.enroll(0)
        crowd.copied(found, count, "intention", datetime.now(UTC))
        schedule.release(found.runtime, BATCH)
        profiler = cProfile.Profile()
        profiler.enable()
        while schedule.release(found.runtime, BATCH)[0]:
            pass
        profiler.disable()
    return _shares("a released touch", profiler)


def _shares(what: str, profiler: cProfile.Profile) -> str:
    spent: Counter[str] = Counter()
    for (file, _, name), (_, _, own, _, _) in pstats.Stats(profiler).stats.items():  # type: ignore[attr-defined]
        where = next((place for place, marks in PLACES if any(mark in f"{file} {name}" for mark in marks)), "python")
        spent[where] += own
    whole = sum(spent.values())
    told = [f"  {place:<24}{100 * part / whole:5.1f} %" for place, part in spent.most_common()]
    return "\n".join(
        [f"What limits {what} (share of its time); the next bottleneck is {spent.most_common(1)[0][0]}", *told]
    )
