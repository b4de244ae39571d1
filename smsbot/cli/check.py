"""smsbot check: proves flows, lines and protocols, and says every fault with its file and line."""

import json
from pathlib import Path
from typing import Annotated

import typer

from smsbot import content
from smsbot.checks import RULES, Finding
from smsbot.checks import check as run
from smsbot.cli.folders import folders


def check(
    home: Annotated[Path | None, typer.Option(help="A folder with flows/ and message_templates/.")] = None,
    rules: Annotated[bool, typer.Option("--rules", help="List what is checked, and stop.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 on warnings too.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Count the warnings, do not list them.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Prove the content: exits 1 on a fault. Warnings (what is not signed yet) are listed and do not stop it.

    A fault reads: flows/intention.yaml:14: 'elict' is not a step or an end of this flow. Did you mean 'elicit'?

    Example:  smsbot check --strict
    """
    if rules:
        _list_rules(as_json)
        return
    found = findings(*folders(home))
    faults = [one for one in found if one.severity == "fault"]
    warnings = [one for one in found if one.severity == "warning"]
    if as_json:
        typer.echo(
            json.dumps({"faults": [_plain(one) for one in faults], "warnings": [_plain(one) for one in warnings]})
        )
    else:
        for one in (*(() if quiet else warnings), *faults):
            typer.echo(f"{'warning: ' if one.severity == 'warning' else ''}{one.fault} [{one.rule}]")
        typer.echo(f"{_count(len(faults), 'fault')}, {_count(len(warnings), 'warning')}.")
    if faults or (strict and warnings):
        raise SystemExit(1)


def findings(flows: Path, templates: Path) -> list[Finding]:
    """What the rules find; content that cannot be loaded gives the loader's faults instead."""
    try:
        return run(content.load(flows, templates))
    except content.ContentFaults as error:
        return [Finding("load", "fault", fault) for fault in error.faults]


def _list_rules(as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps([{"id": rule.id, "severity": rule.severity, "about": rule.about} for rule in RULES]))
        return
    for rule in RULES:
        typer.echo(f"{rule.id:18} {rule.about}")


def _plain(one: Finding) -> dict[str, str | int]:
    return {"rule": one.rule, "file": one.fault.file, "line": one.fault.line, "message": one.fault.message}


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"
