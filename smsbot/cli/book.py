"""smsbot book: one document of a protocol's words and times, to read and to sign."""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from smsbot.book import book as document
from smsbot.cli.folders import loaded

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PRINTS_WITHIN = 120
"""Seconds a browser may take over it."""


def book(
    protocol: Annotated[str, typer.Argument(help="The name of a protocol, such as induction.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The file to write: .html, or .pdf.")] = Path("book.html"),
    pictures: Annotated[bool, typer.Option(help="Whether each flow is drawn.")] = True,
    home: Annotated[Path | None, typer.Option(help="A folder with flows/ and message_templates/.")] = None,
) -> None:
    """Write one readable document: every text in both languages side by side, times, branches, a page to sign.

    Example:  smsbot book induction --out induction.html
              smsbot book induction --out induction.pdf     (printed by an installed Chromium, Chrome or Edge)
    """
    found = loaded(home)
    if protocol not in found.protocols:
        typer.echo(f"There is no protocol '{protocol}'. There are: {', '.join(found.protocols)}.", err=True)
        raise SystemExit(2)
    page = document(found, protocol, pictures=pictures)
    if out.suffix.lower() == ".pdf":
        _print(page, out.resolve())
    else:
        out.write_text(page, encoding="utf-8")
    typer.echo(f"Wrote {out}.")


def _print(page: str, out: Path) -> None:
    """Print the page with a browser that is installed; without one, say how else to get a PDF."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        typer.echo("A PDF is printed by Chromium, Chrome or Edge, and none is here. Write .html instead.", err=True)
        raise SystemExit(1)
    with TemporaryDirectory() as folder:
        source = Path(folder) / "book.html"
        source.write_text(page, encoding="utf-8")
        # No sandbox: the page is our own and loads nothing, and containers have no user for one.
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        command += [f"--user-data-dir={folder}/profile", f"--print-to-pdf={out}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=PRINTS_WITHIN)
