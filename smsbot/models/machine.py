"""What the processes tell each other through the database."""

from datetime import datetime

from sqlmodel import SQLModel

from smsbot.models.base import key, when


class Heartbeat(SQLModel, table=True):
    """The last sign of life of a process (machine time); `alarm` says what is wrong with it, if anything."""

    process: str = key()
    kind: str
    at: datetime = when()
    alarm: str | None = None


class ClockOffset(SQLModel, table=True):
    """How far care time runs ahead of machine time; honored in sandbox mode only (RULINGS 31)."""

    __tablename__ = "clock_offset"
    id: int = key()
    seconds: float = 0.0
