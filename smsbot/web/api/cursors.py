"""Cursors: where a page of rows ended, as an opaque word."""

import base64
import binascii
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Protocol, TypeVar

from smsbot.errors import RefusedFields
from smsbot.store.record import Place


class Placed(Protocol):
    """A row that knows its place."""

    @property
    def place(self) -> Place: ...


Row = TypeVar("Row")


def write(place: Place) -> str:
    """A place as an opaque word."""
    text = f"{place.at.astimezone(UTC).isoformat()} {place.id.hex}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read(cursor: str | None) -> Place | None:
    """The place a cursor means; RefusedFields for one that we did not write."""
    if cursor is None:
        return None
    try:
        at, row = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().split(" ")
        place = Place(datetime.fromisoformat(at), uuid.UUID(row))
    except (ValueError, binascii.Error):
        raise RefusedFields({"cursor": "Give the next_cursor of the page before, unchanged."}) from None
    if place.at.tzinfo is None:
        raise RefusedFields({"cursor": "Give the next_cursor of the page before, unchanged."})
    return place


def cut(rows: Sequence[Row], limit: int) -> tuple[Sequence[Row], Row | None]:
    """The rows of a page of which one too many was read, and the last of them if more follow."""
    return (rows[:limit], rows[limit - 1]) if len(rows) > limit else (rows, None)
