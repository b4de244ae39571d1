"""One carrier id belongs to one message at most: the database itself refuses what two look-ups could do at once."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MESSAGE = sa.table("message", sa.column("id", sa.Uuid()), sa.column("carrier_sid"), sa.column("created_at"))
RECEIPT = sa.table("status_event", sa.column("message_id", sa.Uuid()), sa.column("carrier_sid"))


def upgrade() -> None:
    _give_back()
    op.drop_index("ix_message_sid", table_name="message")
    op.create_index("ix_message_sid", "message", ["carrier_sid"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_message_sid", table_name="message")
    op.create_index("ix_message_sid", "message", ["carrier_sid"], unique=False)


def _give_back() -> None:
    """Of messages with the same id, the one that a receipt names keeps it, else the oldest.

    The others go without: what became of them is history, and nothing is looked up or sent again because of it.
    """
    db = op.get_bind()
    shared = sa.select(MESSAGE.c.carrier_sid).where(MESSAGE.c.carrier_sid.is_not(None)).group_by(MESSAGE.c.carrier_sid)
    for sid in db.execute(shared.having(sa.func.count() > 1)).scalars().all():
        named = sa.exists().where(RECEIPT.c.message_id == MESSAGE.c.id, RECEIPT.c.carrier_sid == sid)
        holders = sa.select(MESSAGE.c.id).where(MESSAGE.c.carrier_sid == sid)
        _, *others = db.execute(holders.order_by(~named, MESSAGE.c.created_at)).scalars().all()
        db.execute(sa.update(MESSAGE).where(MESSAGE.c.id.in_(others)).values(carrier_sid=None))
