"""A patient's own words stay theirs: put right, put away or brought back, on their page and by text (CONTENT 9.2).

Both versions are kept, the first and the present one. What an alert was raised by stays with the alert as it was said.
"""

import uuid

from smsbot import render, safety
from smsbot.scope import Scope
from smsbot.store import corrections
from smsbot.store.corrections import Row

# The answers that are the patient's own words, and may be said back to them.
NAMES = (
    "intention",
    "insight",
    "stayed",
    "meaning",
    "reason",
    "helped",
    "small_win",
    "thread",
    "helps",
    "early_sign",
    "lately",
    "journal",
    "cue",
    "act",
)


def newest(scope: Scope) -> Row | None:
    """Their newest words, put away or not."""
    return corrections.newest(scope.db, scope.keys, scope.person.id, NAMES)


def words(scope: Scope, row: Row) -> str:
    """What stands there now."""
    name, column = corrections.table(row)
    sealed = getattr(row, column)
    return scope.sealer.open(name, column, row.id, sealed)


def correct(scope: Scope, row: Row, wanted: str) -> bool:
    """Put their words right, the first ones kept beside; False where nothing is to change, or there is danger in it."""
    wanted = wanted.strip()
    if not wanted or wanted == words(scope, row) or safety.screen(wanted).tier is not None:
        return False
    name, column = corrections.table(row)
    if row.original_sealed is None:
        row.original_sealed = scope.sealer.seal(name, "original_sealed", row.id, words(scope, row))
    setattr(row, column, scope.sealer.seal(name, column, row.id, wanted))
    row.corrected_at = scope.now
    scope.db.add(row)
    return True


def put_away(scope: Scope, row: Row, *, away: bool) -> None:
    """Never say this back to them again, or say it again; it stays kept, and staff read it as before."""
    row.put_away_at = scope.now if away else None
    scope.db.add(row)


def correct_newest(scope: Scope, wanted: str) -> None:
    """The newest words, by text."""
    row = newest(scope)
    if row is not None:
        correct(scope, row, wanted)


def put_newest_away(scope: Scope, *, away: bool) -> None:
    """The same for putting away and bringing back."""
    row = newest(scope)
    if row is not None:
        put_away(scope, row, away=away)


# What the flow for it asks: is there anything, is it put away, and how does it go.


def has_words(scope: Scope, _: uuid.UUID | None) -> str | None:
    return "yes" if newest(scope) is not None else None


def is_put_away(scope: Scope, _: uuid.UUID | None) -> str | None:
    row = newest(scope)
    return "yes" if row is not None and row.put_away_at is not None else None


def last_words(scope: Scope, _: uuid.UUID | None) -> str | None:
    """The newest words cut for a text; None for those kept private or put away."""
    row = newest(scope)
    if row is None or row.put_away_at is not None or getattr(row, "hidden", False) or getattr(row, "private", False):
        return None
    shown = render.excerpt(words(scope, row), scope.language)
    return f'"{shown}"' if shown else None
