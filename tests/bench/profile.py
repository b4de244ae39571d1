"""Where a turn's time goes: a profile of the same turns in this process, gathered by part of the code."""

import cProfile
import pstats
from collections import Counter
from urllib.parse import parse_qsl

from smsbot.web.app import create_app
from tests.bench import ground, texts
from tests.bench.turns import DIGITS, FLOW

PLACES = (
    ("flask and werkzeug", ("/flask/", "/werkzeug/")),
    ("database driver", ("sqlite3", "psycopg")),
    ("statements", ("smsbot/store/",)),
    ("sqlalchemy", ("/sqlalchemy/", "/sqlmodel/")),
    ("safety screen", ("smsbot/safety/",)),
    ("engine and wording", ("smsbot/engine", "smsbot/wording", "smsbot/turn", "smsbot/answers", "smsbot/render")),
    ("encryption", ("smsbot/vault", "cryptography")),
    ("the rest of smsbot", ("smsbot/",)),
)


def told(patients: int = 20) -> str:
    """Shares of own time, the largest first."""
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
    return _shares(pstats.Stats(profiler))


def _shares(stats: pstats.Stats) -> str:
    spent: Counter[str] = Counter()
    for (file, _, name), (_, _, own, _, _) in stats.stats.items():  # type: ignore[attr-defined]
        where = next((place for place, marks in PLACES if any(mark in f"{file} {name}" for mark in marks)), "python")
        spent[where] += own
    whole = sum(spent.values())
    return "\n".join(f"  {place:<24}{100 * part / whole:5.1f} %" for place, part in spent.most_common())
