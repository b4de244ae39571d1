"""Signs of life that are over: processes that ended on purpose, and those that nobody has heard of for a day."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col

from smsbot.models import Heartbeat
from smsbot.store.paging import PAGER


def forget(db: Session, process: str) -> None:
    """Forget one process."""
    db.execute(delete(Heartbeat).where(col(Heartbeat.process) == process))


def forget_older(db: Session, before: datetime) -> None:
    """Forget the processes that were last heard of before then (machine time); a proven pager beats once a week."""
    db.execute(delete(Heartbeat).where(col(Heartbeat.at) < before, col(Heartbeat.kind) != PAGER))
