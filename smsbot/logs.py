"""Log lines as JSON on standard error, with anything like a phone number masked before it is written."""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

# Seven digits or more in a row, with the separators people use: nothing we log on purpose looks like that.
NUMBER = re.compile(r"(?<![\w-])\+?\d(?:[\s().-]{0,3}\d){6,}(?![\w-])")
QUIET = ("twilio.http_client", "urllib3", "werkzeug", "rq.worker", "alembic")
# What every record has; anything else in one was given as `extra`.
ORDINARY = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


class Lines(logging.Formatter):
    """One record as one line of JSON; `process` names the process in every line."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        """What is told, at what level, what was given with it, and when. Of a fault only its kind and place."""
        event: dict[str, Any] = {"event": record.getMessage(), "level": record.levelname.lower()}
        event |= {name: value for name, value in vars(record).items() if name not in ORDINARY}
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        event |= {"timestamp": at, "process": self._process}
        if record.exc_info and record.exc_info[0] is not None:
            event |= {"fault": record.exc_info[0].__name__, "place": _place(record.exc_info[2])}
        return json.dumps({name: masked(value) for name, value in event.items()}, default=repr)


def configure(level: str, process: str) -> None:
    """Set up logging for one process; `process` names it in every line."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines(process))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        # Their INFO lines carry addresses with phone numbers in the query, or job arguments.
        logging.getLogger(name).setLevel(logging.WARNING)


def masked(value: Any) -> Any:
    """A text without what looks like a phone number; anything else as it is."""
    return NUMBER.sub("[number]", value) if isinstance(value, str) else value


def _place(trace: TracebackType | None) -> str:
    """Where a fault came from: its words and locals may hold what a patient wrote, and are not told."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}" if trace else "?"
