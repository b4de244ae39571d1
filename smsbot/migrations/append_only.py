"""Rows that are only ever added: the databases themselves refuse to change or delete them (RELIABILITY.md 7.1).

The audit chain shows a change after the fact; this keeps most changes from happening. Of the consent ledger everything
but the sealed evidence is fixed, because rotating a clinic's key writes that anew.
"""

from alembic import op

LEDGER = "id, clinic_id, patient_id, phone_index, kind, action, wording, channel, by, at"
REFUSAL = "these rows are only ever added to"


def guard() -> None:
    """Refuse UPDATE and DELETE (and TRUNCATE) on `audit` and `consent`."""
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
        return
    op.execute(
        "CREATE FUNCTION smsbot_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}: %', TG_TABLE_NAME; END $$"
    )
    for table, columns in (("audit", ""), ("consent", f" OF {_quoted()}")):
        made = f"CREATE TRIGGER {table}_append_only BEFORE DELETE OR UPDATE{columns} ON {table}"
        op.execute(f"{made} FOR EACH ROW EXECUTE FUNCTION smsbot_append_only()")
        emptied = f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table}"
        op.execute(f"{emptied} FOR EACH STATEMENT EXECUTE FUNCTION smsbot_append_only()")


def release() -> None:
    """Take back what `guard` made outside the tables themselves, which take their triggers along."""
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION smsbot_append_only() CASCADE")


def _guard_sqlite() -> None:
    for table, columns in (("audit", ""), ("consent", f" OF {_quoted()}")):
        for name, event in (("no_delete", "DELETE"), ("no_update", f"UPDATE{columns}")):
            made = f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table}"
            op.execute(f"{made} BEGIN SELECT RAISE(ABORT, '{REFUSAL}: {table}'); END")


def _quoted() -> str:
    return ", ".join(f'"{name}"' for name in LEDGER.split(", "))
