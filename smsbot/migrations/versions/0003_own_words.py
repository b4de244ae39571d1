"""Patients' own words (heard before a session, corrected, put away), and two patients who share one phone."""

import sqlalchemy as sa
from alembic import op

from smsbot.models.base import Utc

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEPT = ("answer", "journal_entry")
PHONE = ("clinic_id", "phone_index")
PLACE = (*PHONE, "phone_place")
PATIENT = sa.table("patient", sa.column("phone_index"), sa.column("phone_place"))


def upgrade() -> None:
    op.add_column("patient", sa.Column("own_voice", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("patient", sa.Column("links_revoked", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("voice_note", sa.Column("before_at", Utc(timezone=True), nullable=True))
    for table in KEPT:
        op.add_column(table, sa.Column("original_sealed", sa.LargeBinary(), nullable=True))
        op.add_column(table, sa.Column("corrected_at", Utc(timezone=True), nullable=True))
        op.add_column(table, sa.Column("put_away_at", Utc(timezone=True), nullable=True))
    op.add_column("patient", sa.Column("nickname_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("patient", sa.Column("phone_place", sa.Integer(), nullable=False, server_default="0"))
    _one_patient_for(PHONE, PLACE)


def downgrade() -> None:
    _leave_the_first()
    _one_patient_for(PLACE, PHONE)
    op.drop_column("patient", "phone_place")
    op.drop_column("patient", "nickname_sealed")
    for table in KEPT:
        for name in ("put_away_at", "corrected_at", "original_sealed"):
            op.drop_column(table, name)
    op.drop_column("voice_note", "before_at")
    op.drop_column("patient", "links_revoked")
    op.drop_column("patient", "own_voice")


def _one_patient_for(was: tuple[str, ...], now: tuple[str, ...]) -> None:
    """Replace what may be there once only. SQLite cannot drop such a rule: it gets the table made anew.

    `store.migrate` has foreign keys off meanwhile, or the rows of other tables would lose their patients.
    """
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(f"patient_{'_'.join(was)}_key", "patient", type_="unique")
        op.create_unique_constraint(f"patient_{'_'.join(now)}_key", "patient", list(now))
        return
    naming = {"uq": "uq_%(table_name)s_%(column_0_N_name)s"}
    with op.batch_alter_table("patient", recreate="always", naming_convention=naming) as table:
        table.drop_constraint(f"uq_patient_{'_'.join(was)}", type_="unique")
        table.create_unique_constraint(f"uq_patient_{'_'.join(now)}", list(now))


def _leave_the_first() -> None:
    """Before phones were shared a number found one patient: whoever came second is no longer found by it."""
    op.get_bind().execute(sa.update(PATIENT).where(PATIENT.c.phone_place > 0).values(phone_index=None))
