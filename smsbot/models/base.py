"""What every table shares: aware UTC times, ids made in Python, JSON columns and the three columns of a due row."""

import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field


class Utc(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC; a naive one is refused, because a guessed zone sends texts at a wrong hour."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def key(**options: Any) -> Any:
    """A primary key column; the id itself is always made by the caller."""
    return Field(primary_key=True, **options)


def ref(target: str, **options: Any) -> Any:
    """A foreign key column to `table.id`, indexed unless told otherwise."""
    options.setdefault("index", True)
    return Field(foreign_key=target, **options)


def when(**options: Any) -> Any:
    """A time column in UTC."""
    return Field(sa_type=Utc, **options)


def data(**options: Any) -> Any:
    """A JSON column for small structures without patient words."""
    return Field(sa_type=JSON, **options)


Id = uuid.UUID
