"""What is logged of an unforeseen fault: its kind and place, never its words, which may hold a patient's."""

import logging

from flask import request

log = logging.getLogger("smsbot.web")


def note(error: Exception) -> None:
    """Log a fault by its type, the line it came from and the route."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}" if trace else "?"
    log.error("unforeseen fault", extra={"fault": type(error).__name__, "place": place, "route": request.endpoint})
