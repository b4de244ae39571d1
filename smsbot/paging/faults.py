"""What became of telling those who run the service that something was set aside (the page itself: raising.fault)."""

import logging
from datetime import datetime

from smsbot import ladder, raising
from smsbot.models import Alert
from smsbot.paging import weekly
from smsbot.scope import Scope

log = logging.getLogger("smsbot.paging")


def conclude(scope: Scope, page: Alert) -> None:
    """Half an hour is over: what was set aside since the last page is told now; else note what came of it."""
    began = page.paged_at or page.opened_at
    if any(datetime.fromisoformat(each["at"]) > began for each in page.told):
        raising.again(scope, page, raising.MORE_FAULTS)
        return
    if not weekly.close(scope, page) & ladder.ACCEPTED:
        log.error("nobody could be told of a fault of the service", extra={"alert": str(page.id)})
