"""`smsbot enroll`: a patient with their sessions, and what will happen next."""

import uuid
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from smsbot import enroll as enrolling
from smsbot.cli.common import clinic_id, day, desk, instant, show, tools
from smsbot.cli.timeline import print_touches
from smsbot.enroll import ConsentForm, Request
from smsbot.localtime import said
from smsbot.models import Patient, TouchState, TreatmentSession
from smsbot.sessions import Booking
from smsbot.store import record
from smsbot.store import sessions as session_rows
from smsbot.store.record import TouchSeen

TICKS = frozenset({"texts", "calls", "echo"})
NEXT = 5


def enroll(
    clinic: Annotated[str, typer.Option(help="A clinic's id or name.")],
    phone: Annotated[str, typer.Option(help="The patient's mobile number, such as +14155550123.")],
    birth_date: Annotated[str, typer.Option(help="Such as 1988-05-04.")],
    consent: Annotated[str, typer.Option(help="What the signed form ticks: texts, calls, echo.")],
    consent_form: Annotated[str, typer.Option(help="The version of the form, such as 2026-11.")],
    consent_at: Annotated[str, typer.Option(help="When it was signed, such as 2026-11-20T15:00:00Z.")],
    first_name: Annotated[str, typer.Option(help="The name texts use.")] = "",
    time_zone: Annotated[str, typer.Option(help="Where the patient lives, such as America/New_York.")] = "",
    zip_code: Annotated[str, typer.Option("--zip", help="Their ZIP code, to take the zone from.")] = "",
    language: Annotated[str, typer.Option(help="en or es.")] = "en",
    modality: Annotated[str, typer.Option(help="iv, im, spravato or oral.")] = "iv",
    protocol: Annotated[str, typer.Option(help="Left out, the clinic's.")] = "",
    session: Annotated[
        list[str] | None, typer.Option(help="Such as 2026-12-01T10:00:00-05:00/60; may be repeated.")
    ] = None,
    nickname: Annotated[str, typer.Option(help="On a phone that another patient has: what this one is called.")] = "",
    other_nickname: Annotated[str, typer.Option(help="And what the other is called.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Enroll a patient; they are invited by text inside their texting window.

    Example: smsbot enroll --clinic Harbor --phone +14155550123 --first-name Ana --birth-date 1988-05-04
    --time-zone America/New_York --consent texts,echo --consent-form 2026-11 --consent-at 2026-11-20T15:00:00Z
    --session 2026-12-01T10:00:00-05:00/60
    """
    asked = Request(
        phone=phone,
        first_name=first_name,
        birth_date=day(birth_date),
        time_zone=time_zone,
        postal_code=zip_code,
        language=language,
        modality=modality,
        protocol=protocol,
        consent=_form(consent, consent_form, consent_at),
        sessions=tuple(_booking(text) for text in session or ()),
        nickname=nickname,
        other_nickname=other_nickname,
    )
    found = tools()
    with desk(found.runtime(), clinic_id(found, clinic)) as here:
        patient = enrolling.enroll(here.runtime, here.db, here.keys, here.clinic, asked, here.actor, here.now)
        booked = session_rows.of_patient(here.db, here.keys, patient.id)
        touches = record.timeline(here.visit(), patient)
    if as_json:
        show({"id": patient.id, "status": patient.status, "sessions": [_as_data(row) for row in booked]})
        return
    _print(patient, list(booked), touches)


def _form(ticks: str, form: str, at: str) -> ConsentForm:
    given = {tick.strip() for tick in ticks.split(",") if tick.strip()}
    if not given <= TICKS:
        raise typer.BadParameter(f"choose from {', '.join(sorted(TICKS))}", param_hint="--consent")
    return ConsentForm("texts" in given, form, instant(at), calls="calls" in given, echo="echo" in given)


def _booking(text: str) -> Booking:
    at, _, minutes = text.partition("/")
    if minutes and not minutes.isdecimal():
        raise typer.BadParameter("give minutes after the slash, such as 2026-12-01T10:00:00-05:00/60")
    return Booking(instant(at), int(minutes) if minutes else None)


def _as_data(row: TreatmentSession) -> dict[str, str | int | uuid.UUID]:
    return {"id": row.id, "number": row.number, "starts_at": row.starts_at.isoformat(), "status": row.status}


def _print(patient: Patient, booked: list[TreatmentSession], touches: list[TouchSeen]) -> None:
    zone = ZoneInfo(patient.time_zone)
    typer.echo(f"Enrolled {patient.id}: {patient.status}, times below are {patient.time_zone}.")
    for row in booked:
        typer.echo(f"Session {row.number}: {said(row.starts_at, zone)}, {row.minutes} minutes")
    coming = [seen for seen in touches if seen.touch.state in (TouchState.PLANNED, TouchState.HELD)]
    typer.echo("What happens next:" if coming else "Nothing is planned yet.")
    print_touches(coming[:NEXT], zone)
