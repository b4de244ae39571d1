"""The `smsbot` command: one table of commands, each loaded only when it is asked for."""

import importlib
import sys
from dataclasses import dataclass
from typing import Any

import click
import typer
import typer.main

from smsbot.errors import SmsbotError
from smsbot.loading import undisturbed


@dataclass(frozen=True)
class Entry:
    """Where a command lives: its module in this package, the name in it, and its one line of help."""

    module: str
    name: str
    help: str


COMMANDS: dict[str, Entry] = {
    "setup": Entry("setup", "setup", "Make keys, database and folders in SMSBOT_HOME."),
    "doctor": Entry("doctor", "doctor", "Compare settings, number and service with what they must be; --fix mends."),
    "clinic": Entry("clinic", "app", "Add clinics and see them."),
    "staff": Entry("staff", "app", "Add portal accounts and see them."),
    "apikey": Entry("apikey", "app", "Make and revoke API keys."),
    "enroll": Entry("enroll", "enroll", "Enroll a patient with their sessions."),
    "session": Entry("session", "app", "Add, move, finish or cancel a session."),
    "code": Entry("code", "code", "Give a patient the code behind which the line plays their words."),
    "consent": Entry("consent", "app", "Hand out a patient's consent record; log an opt-out said aloud."),
    "patient": Entry("patient", "app", "Erase with a certificate, hold, put a number right, write as a person."),
    "task": Entry("task", "app", "The staff work list: take and finish."),
    "timeline": Entry("timeline", "timeline", "Every touch of a patient, sent or not, and why."),
    "check": Entry("check", "check", "Prove flows, lines and protocols; exits 1 on a fault."),
    "preview": Entry("preview", "preview", "Walk through a flow as a patient sees it."),
    "book": Entry("book", "book", "One readable document of a protocol's words and times, to sign."),
    "draw": Entry("draw", "draw", "A picture of a flow."),
    "simulate": Entry("simulate", "simulate", "Play a whole series on a virtual clock."),
    "audio": Entry("audio", "app", "Check, render or replace the guided audio for calls."),
    "transcribe": Entry("transcribe", "transcribe", "Have voice notes written down on this machine; --setup."),
    "screen": Entry("screen", "screen", "What the safety screen makes of a text."),
    "parse": Entry("parse", "parse", "What a reply means."),
    "audit": Entry("audit", "app", "Verify the audit chain."),
    "keys": Entry("keys", "app", "Rotate keys."),
    "migrate": Entry("migrate", "migrate", "Bring the database to the newest tables."),
    "web": Entry("serve", "web", "Run the web process."),
    "worker": Entry("background", "worker", "Run a worker process."),
    "clock": Entry("background", "clock", "Run the clock process."),
    "all": Entry("together", "together", "Run web, worker and clock as one, sharing memory."),
    "sandbox": Entry("box", "sandbox", "Run the carrier in a box."),
    "demo": Entry("demo", "demo", "Run everything on this machine with a demo clinic."),
}


class LazyGroup(click.Group):
    """Knows every command's name and help without importing it, so that `--help` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        # The one place where a module is loaded late (RULINGS 34).
        with undisturbed():
            found: Any = getattr(importlib.import_module(f"smsbot.cli.{entry.module}"), entry.name)
        if not isinstance(found, typer.Typer):
            app = typer.Typer(add_completion=False, rich_markup_mode=None)
            app.command(name=cmd_name)(found)
            found = app
        return _handed_over(cmd_name, typer.main.get_command(found))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])


def _handed_over(name: str, command: Any) -> click.Command:
    """Typer brings a click of its own, whose help and faults ours does not know: it runs on its own with the rest."""

    @click.argument("rest", nargs=-1, type=click.UNPROCESSED)
    def run(rest: tuple[str, ...]) -> None:
        command.main(args=list(rest), prog_name=f"smsbot {name}")

    options = {"ignore_unknown_options": True, "allow_interspersed_args": False}
    return click.command(name, context_settings=options, add_help_option=False)(run)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Scripted integration support by SMS and phone around treatment sessions.

    Example: smsbot demo
    """


def main() -> None:
    """Run a command; a known fault is one plain sentence and exit status 1 (2 for a command used wrongly)."""
    try:
        cli(prog_name="smsbot")
    except SmsbotError as error:
        click.echo(f"smsbot: {error}", err=True)
        sys.exit(1)
