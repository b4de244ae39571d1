"""`smsbot doctor`: compares what is with what must be, here and at the carrier, and mends what it can."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated

import typer

from smsbot import desk as desks
from smsbot import transcription
from smsbot.carrier.client import Carrier
from smsbot.carrier.errors import CarrierError, Rejected, meaning
from smsbot.cli.checkup import account, machine, pager
from smsbot.cli.checkup.account import FIX, Wanted
from smsbot.cli.checkup.finding import Finding
from smsbot.cli.common import OPERATOR, Tools, tools
from smsbot.clocks import machine_now
from smsbot.jobs.opening import carrier_for
from smsbot.models import Clinic
from smsbot.runtime import Runtime
from smsbot.store import clinics
from smsbot.tree import ContentFaults

MARKS = {"ok": "  ok  ", "fault": " FAULT", "warning": " warn ", "ask": " ask  "}


def doctor(
    fix: Annotated[bool, typer.Option("--fix", help="Point the carrier's numbers and services at us.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Compare settings, processes, numbers and messaging services with what they must be. Exits 1 on a fault.

    Example: smsbot doctor --fix
    """
    found = tools()
    findings = list(_here(found))
    carrier = carrier_for(found.settings)
    try:
        findings += _there(found, carrier, fix)
    finally:
        carrier.close()
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in findings], indent=2))
    else:
        _print(findings)
    if any(each.state == "fault" for each in findings):
        raise typer.Exit(1)


def _here(found: Tools) -> Iterator[Finding]:
    yield from machine.key_findings(found.settings.home)
    yield from machine.database_findings(found.database)
    yield from machine.redis_findings(found.settings)
    yield from machine.address_findings(found.settings)
    with found.database.read() as db:
        yield from machine.process_findings(db, found.settings, machine_now())
    yield machine.transcriber_finding(found.settings, installed=transcription.installed())
    yield machine.calling_hours_finding(machine_now().date())
    runtime, faults = _with_content(found)
    yield from faults
    with found.database.read() as db:
        for clinic in clinics.every(db):
            if clinic.disabled_at is None:
                desk = desks.at(runtime, db, clinics.keys(db, found.vault, clinic.id), OPERATOR)
                yield from pager.clinic_findings(desk, found.settings)


def _with_content(found: Tools) -> tuple[Runtime, list[Finding]]:
    """A runtime that knows the words patients get, or one without any and what is wrong with them."""
    try:
        return found.runtime(), []
    except ContentFaults as faults:
        said = f"{len(faults.faults)} faults, the first: {faults.faults[0]}"
        return found.plain_runtime(), [Finding("content", "fault", said, "run `smsbot check`")]


def _there(found: Tools, carrier: Carrier, fix: bool) -> Iterator[Finding]:
    """What the carrier says of each clinic's number and service; the first refusal of our credentials ends it."""
    wanted = Wanted(found.settings.public_base_url, found.settings.opt_out_mode == "app")
    with found.database.read() as db:
        known = [clinic for clinic in clinics.every(db) if clinic.disabled_at is None]
    for clinic in known:
        try:
            yield from _clinic(carrier, clinic, wanted, fix)
        except CarrierError as fault:
            yield _unreachable(fault)
            return
    yield account.opt_out_finding(wanted.app_opt_out)
    yield account.media_finding()


def _clinic(carrier: Carrier, clinic: Clinic, wanted: Wanted, fix: bool) -> Iterator[Finding]:
    if clinic.number:
        number = carrier.number(clinic.number)
        if number is None:
            said = f"The account does not own {clinic.number} ({clinic.name})."
            yield Finding(f"{clinic.number}", "fault", said, "buy or move the number, or change the clinic's")
            return
        if fix and any(each.mend == FIX for each in account.number_findings(number, wanted)):
            fallback = number.sms_fallback_url or wanted.sms
            number = carrier.set_webhooks(number, wanted.sms, fallback, wanted.voice, wanted.call_status)
        yield from account.number_findings(number, wanted)
    if clinic.messaging_service:
        service = carrier.service(clinic.messaging_service)
        if fix and any(each.mend == FIX for each in account.service_findings(service, wanted)):
            fallback = service.fallback_url or wanted.sms
            service = carrier.set_service_webhooks(clinic.messaging_service, wanted.sms, fallback)
        yield from account.service_findings(service, wanted)
        yield account.service_numbers_finding(carrier.numbers_of(clinic.messaging_service))


def _unreachable(fault: CarrierError) -> Finding:
    if isinstance(fault, Rejected):
        said = f"It refused us with code {fault.code}: {meaning(fault.code).words}."
        return Finding("carrier", "fault", said, "check TWILIO_ACCOUNT_SID and the API key or auth token")
    return Finding("carrier", "fault", "It could not be reached.", "check the network and TWILIO_API_BASE")


def _print(findings: list[Finding]) -> None:
    for each in findings:
        typer.echo(f"[{MARKS[each.state]}] {each.what}: {each.said}")
        if each.mend:
            typer.echo(f"         {each.mend}")
    faults = sum(each.state == "fault" for each in findings)
    typer.echo(f"\n{faults or 'No'} fault{'' if faults == 1 else 's'}.")
