"""Enrollment checks everything at once, then stores, agrees, books, audits and plans in one transaction."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from smsbot import sessions, standing
from smsbot.errors import Conflict, RefusedFields
from smsbot.models import AuditEntry, Consent, License, Patient, Suppression, Task, Touch, TreatmentSession
from smsbot.sessions import Booking
from smsbot.store import patients
from tests.api_support import ANA, BEN, NOW, World, consent_form


def faults(world: World, **changes: Any) -> dict[str, str]:
    with pytest.raises(RefusedFields) as caught:
        world.enroll(**changes)
    return caught.value.faults


def rows(world: World, model: Any) -> list[Any]:
    with world.runtime.database.read() as db:
        return list(db.exec(select(model)).all())


def license_for(world: World, **values: Any) -> None:
    with world.desk() as desk:
        fields = {"plan": "year", "starts_on": date(2026, 1, 1)} | values
        desk.db.add(License(id=world.runtime.new_id(), clinic_id=world.harbor, **fields))


def test_a_patient_is_invited_with_sessions_and_a_plan(world: World) -> None:
    ana = world.enroll()
    assert ana.status == "invited"
    assert [row.number for row in rows(world, TreatmentSession)] == [1]
    assert "welcome" in {touch.flow for touch in rows(world, Touch) if touch.patient_id == ana.id}


def test_who_they_are_is_sealed_and_found_by_phone(world: World) -> None:
    ana = world.enroll()
    with world.desk() as desk:
        (found,) = patients.by_phone(desk.db, desk.keys, ANA)
        assert patients.person(desk.keys, found) == patients.Person(ANA, "Ana", date(1988, 5, 4))
    columns = ana.model_dump().values()
    for plain in (b"Ana", ANA.encode(), b"1988-05-04"):
        assert not any(isinstance(value, bytes) and plain in value for value in columns)


def test_each_tick_of_the_form_is_a_line_of_the_ledger(world: World) -> None:
    world.enroll(consent=consent_form(calls=False))
    lines = {row.kind: (row.action, row.wording, row.by) for row in rows(world, Consent)}
    assert lines == {
        "texts": ("granted", "2026-11", "staff:dana"),
        "calls": ("declined", "2026-11", "staff:dana"),
        "echo": ("granted", "2026-11", "staff:dana"),
    }


def test_the_ticks_hold_for_the_patient(world: World) -> None:
    ana = world.enroll(consent=consent_form(calls=False, echo=False))
    assert (ana.calls, ana.echo) == (False, False)


def test_one_audit_row_says_who_enrolled_whom(world: World) -> None:
    ana = world.enroll()
    entry = rows(world, AuditEntry)[0]
    assert (entry.actor, entry.action, entry.subject) == ("staff:dana", "patient.enroll", f"patient:{ana.id}")


def test_every_fault_is_told_at_once_by_field(world: World) -> None:
    told = faults(
        world,
        phone="x",
        birth_date=date(2012, 1, 1),
        time_zone="EST",
        language="fr",
        modality="tea",
        protocol="none",
        first_name="4",
        consent=consent_form(texts=False, form=" ", at=NOW + timedelta(days=1)),
        sessions=(Booking(NOW - timedelta(hours=1), 60),),
    )
    assert set(told) == {
        "phone",
        "birth_date",
        "time_zone",
        "language",
        "modality",
        "protocol",
        "first_name",
        "consent.texts",
        "consent.form",
        "consent.at",
        "sessions.0.starts_at",
    }


def test_a_refused_enrollment_leaves_nothing(world: World) -> None:
    faults(world, phone="x")
    assert rows(world, Patient) == rows(world, Consent) == rows(world, AuditEntry) == []


@pytest.mark.parametrize(
    ("born", "fit"),
    [
        (date(2008, 11, 22), True),
        (date(2008, 11, 23), False),
        (date(2026, 12, 1), False),
        (date(1880, 1, 1), False),
    ],
    ids=["18 today", "18 tomorrow", "not born", "146 years"],
)
def test_only_adults_are_enrolled(world: World, born: date, fit: bool) -> None:
    if fit:
        world.enroll(birth_date=born)
    else:
        assert set(faults(world, birth_date=born)) == {"birth_date"}


def test_the_birthday_counts_in_the_clinics_zone(world: World) -> None:
    world.watch.to(datetime(2026, 11, 23, 3, 0, tzinfo=UTC))  # still the 22nd in New York
    assert set(faults(world, birth_date=date(2008, 11, 23))) == {"birth_date"}


def test_a_zip_code_stands_in_for_the_zone(world: World) -> None:
    assert world.enroll(time_zone="", postal_code="94110").time_zone == "America/Los_Angeles"


def test_without_a_zone_the_area_code_is_only_a_hint(world: World) -> None:
    told = faults(world, time_zone="")["time_zone"]
    assert "America/Los_Angeles" in told
    assert "ask where" in told


def test_the_clinics_own_number_is_not_a_patients(world: World) -> None:
    assert "clinic's own" in faults(world, phone="+16175550100")["phone"]


@pytest.mark.parametrize("name", ["A" * 41, "\n", "Ana\u202e", "\ud800a", "123"])
def test_what_is_not_a_name_is_refused(world: World, name: str) -> None:
    assert set(faults(world, first_name=name)) == {"first_name"}


@pytest.mark.parametrize("name", ["", "José", "Mary Ann", "O'Neil", "이서연", "  Ana  "])
def test_names_are_names_in_any_script_or_left_out(world: World, name: str) -> None:
    ana = world.enroll(first_name=name)
    with world.desk() as desk:
        assert patients.person(desk.keys, ana).first_name == name.strip()


def test_a_number_the_clinic_has_is_a_conflict_that_names_the_patient(world: World) -> None:
    ana = world.enroll()
    with pytest.raises(Conflict, match=str(ana.id)):
        world.enroll(phone="(415) 555-0123")


def test_the_same_number_can_be_another_clinics_patient(world: World) -> None:
    assert world.enroll().id != world.enroll(clinic=world.mesa).id


def suppress(world: World, reason: str) -> None:
    with world.desk() as desk:
        index = desk.keys.phone_index(ANA)
        row_id = world.runtime.new_id()
        patients.suppress(desk.db, desk.keys, index, row_id=row_id, reason=reason, at=NOW - timedelta(days=1))


@pytest.mark.parametrize("reason", ["stop", "wrong_number", "verbal"])
def test_an_older_form_does_not_bring_back_who_opted_out(world: World, reason: str) -> None:
    suppress(world, reason)
    with pytest.raises(Conflict, match="a form signed since then"):
        world.enroll()


def test_a_newer_form_lifts_the_mark_and_invites_again(world: World) -> None:
    suppress(world, "wrong_number")
    ana = world.enroll(consent=consent_form(at=NOW))
    assert ana.status == "invited"
    assert [row.lifted_at for row in rows(world, Suppression)] == [NOW]


def test_a_number_that_was_wrong_for_one_is_free_for_its_owner(world: World) -> None:
    wrong = world.enroll()
    with world.desk() as desk:
        patients.get(desk.db, desk.keys, wrong.id).status = "ended"
    suppress(world, "wrong_number")
    owner = world.enroll(first_name="Carla", consent=consent_form(at=NOW))
    assert owner.id != wrong.id
    with world.desk() as desk:
        (found,) = patients.by_phone(desk.db, desk.keys, ANA)
        assert found.id == owner.id


def test_a_mark_at_another_clinic_does_not_count(world: World) -> None:
    suppress(world, "stop")
    world.enroll(clinic=world.mesa)


def test_without_a_license_nothing_is_limited(world: World) -> None:
    world.enroll()


def test_a_full_license_refuses_the_next(world: World) -> None:
    license_for(world, seats=1)
    world.enroll()
    with pytest.raises(Conflict, match="All 1 seats"):
        world.enroll(BEN)


def test_a_patient_who_stopped_leaves_their_seat(world: World) -> None:
    license_for(world, seats=1)
    ana = world.enroll()
    with world.desk() as desk:
        standing.stop(desk, ana.id)
    world.enroll(BEN)


def test_seats_of_two_licenses_add_up(world: World) -> None:
    license_for(world, seats=1)
    license_for(world, seats=1)
    world.enroll()
    world.enroll(BEN)


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ({"ends_on": date(2026, 11, 21)}, "ended on 2026-11-21"),
        ({"starts_on": date(2026, 11, 23)}, "starts on 2026-11-23"),
    ],
)
def test_a_license_counts_only_on_its_days(world: World, dates: dict[str, date], said: str) -> None:
    license_for(world, **dates)
    with pytest.raises(Conflict, match=said):
        world.enroll()


def test_the_last_day_of_a_license_counts(world: World) -> None:
    license_for(world, ends_on=date(2026, 11, 22))
    world.enroll()


def test_sessions_are_numbered_by_time_not_by_place(world: World) -> None:
    later, sooner = NOW + timedelta(days=10), NOW + timedelta(days=7)
    world.enroll(sessions=(Booking(later, 60), Booking(sooner, 60)))
    assert {row.number: row.starts_at for row in rows(world, TreatmentSession)} == {1: sooner, 2: later}


def test_the_modality_sets_the_usual_length(world: World) -> None:
    world.enroll(modality="spravato", sessions=(Booking(NOW + timedelta(days=7)),))
    assert rows(world, TreatmentSession)[0].minutes == 150


def test_forty_one_sessions_are_too_many(world: World) -> None:
    many = tuple(Booking(NOW + timedelta(days=day), 60) for day in range(1, 42))
    assert set(faults(world, sessions=many)) == {"sessions"}


def test_what_does_not_fit_before_a_near_session_is_one_item_for_staff_due_before_it(world: World) -> None:
    starts = NOW + timedelta(days=2)
    ana = world.enroll(sessions=(Booking(starts, 60),))
    (item,) = rows(world, Task)
    assert (item.kind, item.patient_id) == ("arrival_form", ana.id)
    assert item.reason == "phq9_baseline, comfort, communication"
    assert item.due_at <= starts


def test_an_item_that_is_done_stays_done_and_what_comes_after_it_is_a_new_one(world: World) -> None:
    ana = world.enroll(sessions=(Booking(NOW + timedelta(days=9), 60),))
    with world.desk() as desk:
        desk.db.exec(select(Task)).one().state = "done"
    with world.desk() as desk:
        session = desk.db.exec(select(TreatmentSession)).one()
        sessions.move(desk, session.id, NOW + timedelta(days=1, hours=3))
    items = [(row.state, row.reason) for row in rows(world, Task) if row.kind == "arrival_form"]
    assert items == [("done", "phq9_baseline"), ("open", "gad7_baseline, comfort, communication")]
    assert ana.status == "invited"


def test_another_clinic_sees_nothing_of_it(world: World) -> None:
    world.enroll()
    with world.desk(world.mesa) as desk:
        assert patients.page(desk.db, desk.keys) == []
        assert not patients.by_phone(desk.db, desk.keys, ANA)
        assert desk.db.exec(select(Patient).where(col(Patient.clinic_id) == world.mesa)).all() == []
