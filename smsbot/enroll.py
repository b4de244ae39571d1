"""Enrolling a patient: all the form says is checked at once, then stored, agreed, booked, audited and planned."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from smsbot import housemates, series, sessions
from smsbot.content import Content
from smsbot.desk import Desk
from smsbot.errors import Conflict, RefusedFields
from smsbot.housemates import Pair
from smsbot.localtime import local_day
from smsbot.models import Clinic, License, Patient, Suppression
from smsbot.places import Unfit, likely_zone, patient_phone, zone, zone_of_postal_code
from smsbot.rulebook import hotlines
from smsbot.runtime import Runtime
from smsbot.sessions import VISIT_MINUTES, Booking
from smsbot.store import patients
from smsbot.store.patients import Agreement, Person
from smsbot.vault import ClinicKeys

ADULT, OLDEST = 18, 120
LONGEST_NAME = 40
LONGEST_FORM = 40
MOST_SESSIONS = 40
LEEWAY = timedelta(minutes=5)


@dataclass(frozen=True)
class ConsentForm:
    """What the signed form says: `form` is its wording's version, `at` when it was signed (aware)."""

    texts: bool
    form: str
    at: datetime
    calls: bool = False
    echo: bool = False


@dataclass(frozen=True)
class Request:
    """One enrollment as asked for; `phone` and `time_zone` as typed, `protocol` empty for the clinic's own.

    `nickname` is for a phone that another patient of the clinic has already, `other_nickname` is theirs, where
    they have none yet.
    """

    phone: str
    birth_date: date
    consent: ConsentForm
    first_name: str = ""
    time_zone: str = ""
    postal_code: str = ""
    language: str = "en"
    modality: str = "iv"
    protocol: str = ""
    sessions: tuple[Booking, ...] = ()
    nickname: str = ""
    other_nickname: str = ""


@dataclass(frozen=True)
class _Checked:
    """What the checks have made of a request."""

    phone: str
    zone: str
    protocol: str


def enroll(
    runtime: Runtime, db: Session, keys: ClinicKeys, clinic: Clinic, request: Request, actor: str, now: datetime
) -> Patient:
    """Enroll a patient in the caller's transaction.

    1. Check every field and raise RefusedFields with all faults, named as the API spells them.
    2. Conflict for a number the clinic already has (unless two patients share it, each with a nickname: sharing), one
       that opted out (unless the form was signed later), or a license that is full or over.
    3. Store patient, consent lines, series and sessions, one audit row, and plan the touches: the invitation first.
    """
    desk = Desk(runtime, db, keys, clinic, actor, now)
    checked = _check(desk, request)
    mark = patients.suppression(db, keys, keys.phone_index(checked.phone))
    known = housemates.find(desk, checked.phone, mark)
    pair = housemates.pair(desk, known, request.nickname, request.other_nickname)
    _refuse_opted_out(mark, request.consent)
    _refuse_unlicensed(desk)
    _refuse_unready(desk)
    patient = _store(desk, request, checked, pair)
    if mark is not None and patient.phone_index is not None:
        patients.lift(db, keys, patient.phone_index, now)
    agree(desk, patient, request.consent)
    sessions.book(desk, patient, series.open_series(desk, patient), request.sessions)
    details = {"sessions": len(request.sessions), "form": request.consent.form}
    desk.visit().note("patient.enroll", f"patient:{patient.id}", **details)
    desk.replan(patient)
    return patient


def agree(desk: Desk, patient: Patient, form: ConsentForm) -> None:
    """Write the form's three separate ticks into the consent ledger."""
    for kind, given in (("texts", form.texts), ("calls", form.calls), ("echo", form.echo)):
        line = Agreement(kind, "granted" if given else "declined", form.form, "form")
        row_id = desk.runtime.new_id()
        patients.agree(desk.db, desk.keys, patient, line, row_id=row_id, by=desk.actor, at=form.at.astimezone(UTC))


def _store(desk: Desk, request: Request, checked: _Checked, pair: Pair | None) -> Patient:
    patient = Patient(
        id=desk.runtime.new_id(),
        clinic_id=desk.keys.clinic_id,
        language=request.language,
        time_zone=checked.zone,
        modality=request.modality,
        protocol=checked.protocol,
        echo=request.consent.echo,
        calls=request.consent.calls,
        phone_place=pair.place if pair else 0,
        created_at=desk.now,
    )
    name = " ".join(request.first_name.split())
    patients.add(desk.db, desk.keys, patient, Person(checked.phone, name, request.birth_date))
    if pair is not None:
        housemates.settle(desk, patient, pair)
    return patient


def _check(desk: Desk, request: Request) -> _Checked:
    """Every fault of a request at once, by field."""
    faults: dict[str, str] = {}
    phone = _phone(desk, request, faults)
    place = _zone(request, phone, faults)
    protocol = request.protocol or desk.clinic.protocol
    faults |= choice_faults(desk.runtime.content, request.language, request.modality, protocol)
    faults |= name_faults(request.first_name)
    faults |= _age_faults(request.birth_date, local_day(desk.now, ZoneInfo(desk.clinic.time_zone)))
    faults |= {f"consent.{name}": fault for name, fault in form_faults(request.consent, desk.now).items()}
    faults |= _session_faults(desk, request, ZoneInfo(place or desk.clinic.time_zone))
    if faults:
        raise RefusedFields(faults)
    return _Checked(phone, place, protocol)


def _phone(desk: Desk, request: Request, faults: dict[str, str]) -> str:
    try:
        phone = patient_phone(request.phone)
    except Unfit as unfit:
        faults["phone"] = str(unfit)
        return ""
    if phone in (desk.clinic.number, desk.clinic.phone, desk.clinic.oncall_phone):
        faults["phone"] = "This is the clinic's own number."
    return phone


def _zone(request: Request, phone: str, faults: dict[str, str]) -> str:
    by_code = bool(request.postal_code) and not request.time_zone
    try:
        if not by_code and not request.time_zone:
            raise Unfit("Give the zone the patient lives in, such as America/New_York, or their ZIP code.")
        return zone_of_postal_code(request.postal_code) if by_code else zone(request.time_zone)
    except Unfit as unfit:
        faults["postal_code" if by_code else "time_zone"] = f"{unfit}{_zone_hint(phone)}"
        return ""


def _zone_hint(phone: str) -> str:
    likely = likely_zone(phone) if phone else None
    return f" The area code was given out in {likely}: ask where the patient lives." if likely else ""


def choice_faults(content: Content, language: str, modality: str, protocol: str) -> dict[str, str]:
    """What is wrong with choices that depend on the content."""
    known: dict[str, tuple[str, Collection[str]]] = {
        "language": (language, content.system),
        "modality": (modality, VISIT_MINUTES),
        "protocol": (protocol, content.protocols),
    }
    return {
        field: f"There is no such {field}; choose one of {', '.join(sorted(choices))}."
        for field, (value, choices) in known.items()
        if value not in choices
    }


def name_faults(name: str) -> dict[str, str]:
    """A first name is optional, short, and made of letters with what belongs between them."""
    if len(name) > LONGEST_NAME:
        return {"first_name": f"At most {LONGEST_NAME} characters: it has to fit into a text."}
    if name and not (any(letter.isalpha() for letter in name) and name.isprintable()):
        return {"first_name": "This is not a name."}
    return {}


def _age_faults(born: date, today: date) -> dict[str, str]:
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    if born > today or age > OLDEST:
        return {"birth_date": "Check the birth date."}
    if age < ADULT:
        return {"birth_date": "Only adults (18 or older) can be enrolled."}
    return {}


def form_faults(form: ConsentForm, now: datetime) -> dict[str, str]:
    """What is wrong with a consent form: texts not ticked, no wording version, or signed in the future."""
    faults = {}
    if not form.texts:
        faults["texts"] = "Nobody is texted without their written agreement to texts."
    if not form.form.strip() or len(form.form) > LONGEST_FORM or not form.form.isprintable():
        faults["form"] = "Give the version of the consent form, such as 2026-11."
    if form.at.tzinfo is None:
        faults["at"] = "Give the time with its offset from UTC, such as 2026-11-20T15:00:00Z."
    elif form.at > now + LEEWAY:
        faults["at"] = "A form cannot have been signed in the future."
    return faults


def _session_faults(desk: Desk, request: Request, place: ZoneInfo) -> dict[str, str]:
    if len(request.sessions) > MOST_SESSIONS:
        return {"sessions": f"At most {MOST_SESSIONS} sessions at once."}
    found = sessions.faults_of(desk, place, request.sessions, (), request.modality)
    return {f"sessions.{name}": fault for name, fault in found.items()}


def _refuse_opted_out(mark: Suppression | None, form: ConsentForm) -> None:
    """A do-not-text mark stands unless this form was signed after it (RULINGS 7)."""
    if mark is not None and form.at <= mark.at:
        raise Conflict(
            "This number asked not to be texted (or was reported as wrong) after this form was signed: "
            "a form signed since then is needed.",
            field="consent.at",
        )


def _refuse_unlicensed(desk: Desk) -> None:
    """A full or ended license refuses new enrollments, and touches nothing that is running."""
    today = local_day(desk.now, ZoneInfo(desk.clinic.time_zone))
    owned = patients.licenses(desk.db, desk.keys)
    running = [each for each in owned if each.starts_on <= today and (each.ends_on is None or today <= each.ends_on)]
    if owned and not running:
        raise Conflict(f"{_license_dates(owned[-1])} Nobody new can be enrolled; running series go on.")
    seats = [each.seats for each in running]
    limit = sum(number for number in seats if number is not None) if None not in seats and seats else None
    if limit is not None and patients.seats_taken(desk.db, desk.keys) >= limit:
        raise Conflict(f"All {limit} seats of the license are taken. End a patient's program or add seats.")


def _refuse_unready(desk: Desk) -> None:
    """Nobody is texted where a crisis line would name the wrong numbers (CONTENT.md 3.1)."""
    found = hotlines.faults(desk.clinic.country, desk.runtime.content.system)
    if found:
        raise Conflict(f"The crisis lines are not fit for this clinic's country: {found[0]}")


def _license_dates(last: License) -> str:
    if last.ends_on is not None:
        return f"The license ended on {last.ends_on.isoformat()}."
    return f"The license starts on {last.starts_on.isoformat()}."
