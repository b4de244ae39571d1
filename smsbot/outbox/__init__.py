"""What goes out: `deliver` sends what is due, `check` settles unclear sends, `receipt` files what became of one."""

from smsbot.outbox.delivery import Delivered, deliver
from smsbot.outbox.proof import check
from smsbot.outbox.receipts import receipt

__all__ = ["Delivered", "check", "deliver", "receipt"]
