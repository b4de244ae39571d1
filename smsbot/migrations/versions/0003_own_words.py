"""What patients wish for their own words: to hear them before a session, to correct them, to put them away."""

import sqlalchemy as sa
from alembic import op

from smsbot.models.base import Utc

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEPT = ("answer", "journal_entry")


def upgrade() -> None:
    op.add_column("patient", sa.Column("own_voice", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("patient", sa.Column("links_revoked", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("voice_note", sa.Column("before_at", Utc(timezone=True), nullable=True))
    for table in KEPT:
        op.add_column(table, sa.Column("original_sealed", sa.LargeBinary(), nullable=True))
        op.add_column(table, sa.Column("corrected_at", Utc(timezone=True), nullable=True))
        op.add_column(table, sa.Column("put_away_at", Utc(timezone=True), nullable=True))


def downgrade() -> None:
    for table in KEPT:
        for name in ("put_away_at", "corrected_at", "original_sealed"):
            op.drop_column(table, name)
    op.drop_column("voice_note", "before_at")
    op.drop_column("patient", "links_revoked")
    op.drop_column("patient", "own_voice")
