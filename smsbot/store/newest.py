"""Whether a database has the newest tables; the program that makes them (store/migrate.py) is not loaded to say so."""

import re
from functools import cache
from pathlib import Path

from sqlalchemy import inspect, text

from smsbot.store.db import Database

FOLDER = Path(__file__).resolve().parent.parent / "migrations"
_NAMED = re.compile(r"""^(revision|down_revision) = ["'](\w+)["']$""", re.MULTILINE)


@cache
def newest() -> str:
    """The migration that no other one follows. Raises ValueError unless there is exactly one."""
    told = [dict(_NAMED.findall(file.read_text("utf-8"))) for file in (FOLDER / "versions").glob("*.py")]
    followed = {names.get("down_revision") for names in told}
    (last,) = {names["revision"] for names in told} - followed
    return str(last)


def is_current(database: Database) -> bool:
    """Whether the database is at the newest migration."""
    with database.read() as db:
        if not inspect(db.connection()).has_table("alembic_version"):
            return False
        return list(db.execute(text("SELECT version_num FROM alembic_version")).scalars()) == [newest()]
