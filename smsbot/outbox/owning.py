"""Whose a carrier id is: whoever is told it by receipt or answer takes it, from a twin if a look-up gave it to one."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from smsbot.store import outgoing

TRIES = 3


def own(db: Session, sids: Mapping[UUID, str], machine: datetime, write: Callable[[], object]) -> None:
    """Let `write` note that these carrier ids are these messages', in a savepoint of the caller's transaction.

    A look-up elsewhere may take one of them by its words alone in this very instant. The database refuses the second;
    by then the first is committed, is seen, and gives it back.
    """
    for left in reversed(range(TRIES)):
        try:
            with db.begin_nested():
                outgoing.reclaim(db, sids, machine)
                write()
                db.flush()
            return
        except IntegrityError:
            if not left:
                raise
