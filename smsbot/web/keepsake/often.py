"""How often one link may be used: a count per patient in the memory of a process, which a restart forgets."""

import uuid
from collections import deque
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)


class Often:
    """At most so many uses in any hour; only patients of real links are remembered."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._used: dict[uuid.UUID, deque[datetime]] = {}

    def __call__(self, who: uuid.UUID, at: datetime) -> bool:
        """Whether one more use is within bounds; if so, it is counted."""
        used = self._used.setdefault(who, deque(maxlen=self._most))
        if len(used) == self._most and at - used[0] < HOUR:
            return False
        used.append(at)
        return True
