"""smsbot book: one document of a protocol's words and times, to read and to sign."""

from pathlib import Path
from typing import Annotated

import typer

from smsbot.book import book as document
from smsbot.cli.folders import loaded


def book(
    protocol: Annotated[str, typer.Argument(help="The name of a protocol, such as induction.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The HTML file to write.")] = Path("book.html"),
    pictures: Annotated[bool, typer.Option(help="Whether each flow is drawn.")] = True,
    home: Annotated[Path | None, typer.Option(help="A folder with flows/ and message_templates/.")] = None,
) -> None:
    """Write one readable document: every text in both languages side by side, times, branches, a page to sign.

    Example:  smsbot book induction --out induction.html     (a browser prints it to PDF)
    """
    found = loaded(home)
    if protocol not in found.protocols:
        typer.echo(f"There is no protocol '{protocol}'. There are: {', '.join(found.protocols)}.", err=True)
        raise SystemExit(2)
    out.write_text(document(found, protocol, pictures=pictures), encoding="utf-8")
    typer.echo(f"Wrote {out}.")
