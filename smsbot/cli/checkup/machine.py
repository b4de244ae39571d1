"""What can be seen from here: keys, database, Redis, processes, clock, and our public address."""

import stat
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import urllib3
from sqlmodel import Session

from smsbot.cli.checkup.finding import Finding, judged
from smsbot.config import Settings
from smsbot.jobs.link import RedisLink
from smsbot.rulebook import quiet_hours
from smsbot.store import machine
from smsbot.store.db import Database
from smsbot.store.newest import is_current
from smsbot.transcription import models


def key_findings(home: Path) -> Iterator[Finding]:
    """Whether the key files are for the service alone."""
    folder = home / "keys"
    for path in sorted(folder.glob("*")) if folder.is_dir() else []:
        fine = not stat.S_IMODE(path.stat().st_mode) & 0o077
        wrong = "Others on this machine can read it."
        yield judged(f"key file {path.name}", fine, "Only its owner can read it.", wrong, f"chmod 600 {path}")


def database_findings(database: Database) -> Iterator[Finding]:
    """Whether the tables are the newest."""
    mend = "run `smsbot migrate`"
    yield judged("database", is_current(database), "At the newest tables.", "Its tables are not the newest.", mend)


def redis_findings(settings: Settings) -> Iterator[Finding]:
    """Whether Redis answers, and keeps what it is given."""
    found = RedisLink(settings).configuration()
    if found is None:
        mend = "start the service, or mend REDIS_URL; until then texts leave by the sweep, some seconds late"
        yield Finding("redis", "warning", "It does not answer.", mend)
        return
    policy = found.get("maxmemory-policy", "unknown")
    mend = "set maxmemory-policy to noeviction on that server"
    yield judged("redis", policy == "noeviction", "It answers and evicts nothing.", f"It may evict ({policy}).", mend)


def process_findings(db: Session, settings: Settings, now: datetime) -> Iterator[Finding]:
    """Whether workers and clock are alive at `now` (machine time), and what they complain of."""
    for kind in ("worker", "clock"):
        alive = machine.alive(db, (kind,), now)
        yield judged(f"{kind} process", alive, "It is alive.", "None is alive.", f"start `smsbot {kind}`", "warning")
    for beat in machine.heartbeats(db):
        if beat.alarm:
            yield Finding(f"{beat.kind} alarm", "fault", f"{beat.alarm}.", "set the machine's clock by NTP")
    if settings.movable_clock:
        ahead = machine.offset(db).total_seconds()
        yield Finding("care time", "ok", f"Sandbox: it runs {ahead:.0f} s ahead of the machine's.")


def address_findings(settings: Settings) -> Iterator[Finding]:
    """Whether the address the carrier is given leads to us."""
    parts = urlsplit(settings.public_base_url)
    fine = "_" not in (parts.hostname or "")
    mend = "use a name without underscores in PUBLIC_BASE_URL"
    yield judged("public address", fine, settings.public_base_url, "The carrier refuses names with underscores.", mend)
    try:
        answer = urllib3.request("GET", f"{settings.public_base_url}/healthz", timeout=5.0, retries=False)
        reached = answer.status == 200
    except urllib3.exceptions.HTTPError:
        reached = False
    mend = "start `smsbot web` and check name, certificate and proxy"
    yield judged("web process", reached, "It answers there.", "Nothing of ours answers there.", mend, "warning")


def transcriber_finding(settings: Settings, *, installed: bool) -> Finding:
    """Whether voice notes are written down and screened on this machine; `installed` says whether the extra is there.

    Without it nothing of a note is screened by machine: every one waits for a person who listens (RULINGS 36).
    """
    folder = models.locate(settings)
    if not installed or folder is None:
        wrong = "Voice notes are not written down here: each becomes an item for a person who listens."
        steps = [] if installed else ["pip install 'smsbot[stt]'"]
        steps += ["smsbot transcribe --setup"] if folder is None else []
        return Finding("transcriber", "warning", wrong, "; ".join(steps))
    known = models.languages(folder)
    wrong = f"Its model ({models.engine(folder)}) knows no Spanish: a person listens to each Spanish note."
    said = f"Voice notes are written down here ({models.engine(folder)})."
    return judged("transcriber", "es" in known, said, wrong, "smsbot transcribe --setup", "warning")


def calling_hours_finding(today: date) -> Finding:
    """Whether the dated table of calling hours and revocation rules is still to be relied on."""
    late = quiet_hours.overdue(today)
    mend = "then date the table in smsbot/rulebook/data/quiet_hours.toml"
    return judged("calling hours", late is None, "Looked at within their time.", late or "", mend, "warning")
