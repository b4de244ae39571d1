"""`smsbot migrate`: brings the database to the newest tables."""

import typer

from smsbot.cli.common import bare_database
from smsbot.store import migrate as migrations


def migrate() -> None:
    """Bring the database to the newest tables; safe to run again, and by several at once.

    Example: DATABASE_URL=postgresql://localhost/smsbot smsbot migrate
    """
    migrations.migrate(bare_database())
    typer.echo("The database is at the newest tables.")
