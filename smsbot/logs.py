"""Log lines as JSON on standard error, with anything like a phone number masked before it is written."""

import logging
import re
import sys

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# Seven digits or more in a row, with the separators people use: nothing we log on purpose looks like that.
NUMBER = re.compile(r"(?<![\w-])\+?\d(?:[\s().-]{0,3}\d){6,}(?![\w-])")
QUIET = ("twilio.http_client", "urllib3", "werkzeug", "rq.worker", "alembic")


def configure(level: str, process: str) -> None:
    """Set up logging for one process; `process` names it in every line."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _named(process),
        without_trace,
        mask,
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=True),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        # Their INFO lines carry addresses with phone numbers in the query, or job arguments.
        logging.getLogger(name).setLevel(logging.WARNING)


def mask(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Replace what looks like a phone number in any text field."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = NUMBER.sub("[number]", value)
    return event


def _named(process: str) -> Processor:
    def add(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        event["process"] = process
        return event

    return add


def without_trace(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Keep a fault's kind and place, not its words or locals: they may hold what a patient wrote."""
    fault = event.pop("exc_info", None)
    if isinstance(fault, tuple) and fault[0] is not None:
        trace = fault[2]
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        event["fault"] = fault[0].__name__
        event["place"] = f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}" if trace else "?"
    return event
