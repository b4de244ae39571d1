"""The portal's work: enroll, book, move, arrived and done, alerts and tasks, each through its form."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from smsbot.models import Alert, Patient, Task, TreatmentSession
from smsbot.store import board, patients
from smsbot.store import sessions as rows
from smsbot.web.portal.enrolling import mondays_and_thursdays
from tests.api_support import ANA, BEN, NOW, World
from tests.phone_support import Phone, joined
from tests.portal_support import Browser, browser, form_day


def filled(world: World, **changes: str) -> dict[str, str]:
    """Ana's enrollment as the form sends it, with changes."""
    first = form_day(world, days=9)
    values = {
        "phone": "(415) 555-0123",
        "first_name": "Ana",
        "birth_date": "1988-05-04",
        "time_zone": "America/New_York",
        "language": "en",
        "modality": "iv",
        "protocol": "induction",
        "sessions-0-date": first["date"],
        "sessions-0-time": first["time"],
        "sessions-0-minutes": "60",
        "texts": "y",
        "form": "2026-11",
        "signed_on": "2026-11-22",
        "signed_at": "09:00",
    }
    return {name: value for name, value in (values | changes).items() if value is not None}


def everybody(world: World) -> list[Patient]:
    with world.runtime.database.read() as db:
        return list(db.exec(select(Patient)).all())


def visits(world: World, patient: Patient) -> list[TreatmentSession]:
    with world.desk() as desk:
        return list(rows.of_patient(desk.db, desk.keys, patient.id))


def alert_of(world: World) -> Alert:
    with world.runtime.database.read() as db:
        return db.exec(select(Alert)).one()


def now(world: World, patient: Patient) -> Patient:
    with world.desk() as desk:
        return patients.get(desk.db, desk.keys, patient.id)


# The list


def test_an_empty_list_says_what_to_do(world: World) -> None:
    assert "No patients yet" in browser(world).get("/patients").text


@pytest.mark.parametrize("search", ["béN", "amin", "(415) 555-0124", "+14155550124", "0124"])
def test_a_patient_is_found_by_name_or_number(world: World, search: str) -> None:
    world.enroll(first_name="Ana")
    world.enroll(BEN, first_name="Benjamín")
    page = browser(world).post("/patients", search=search).text
    assert ("Benjamín" in page, ">Ana<" in page) == (True, False)


def test_a_search_that_finds_nobody_says_so(world: World) -> None:
    world.enroll()
    assert "0 found" in browser(world).post("/patients", search="Zoe").text


def test_who_has_an_open_alert_comes_first(world: World) -> None:
    phone = joined(world)
    world.enroll(BEN, first_name="Aaron")
    person = browser(world)
    assert person.get("/patients").text.index("Aaron") > 0
    phone.text("I want to kill myself")
    page = person.get("/patients").text
    assert page.index(">Ana<") < page.index("Aaron")
    assert "On hold" in page
    assert ">Ana<" in person.get("/patients?view=alert").text
    assert "Aaron" not in person.get("/patients?view=alert").text


def test_who_has_been_quiet_since_a_question_is_shown(world: World) -> None:
    joined(world).wait(days=4)
    page = browser(world).get("/patients?view=quiet").text
    assert "Quiet for" in page
    assert ">Ana<" in page


def test_a_view_that_does_not_exist_shows_everybody(world: World) -> None:
    world.enroll()
    assert ">Ana<" in browser(world).get("/patients?view=<b>").text


# Enrolling


def test_one_page_enrolls_a_patient_and_says_what_happens_next(world: World) -> None:
    person = browser(world)
    answer = person.post("/enroll", **filled(world))
    (ana,) = everybody(world)
    assert answer.headers["Location"] == f"/portal/patients/{ana.id}/enrolled"
    page = person.get(f"/patients/{ana.id}/enrolled").text
    assert "The invitation" in page
    assert "reply <strong>YES</strong>" in page
    assert "Los Angeles; you chose New York" in page
    (session,) = visits(world, ana)
    assert (session.starts_at, session.minutes) == (NOW + timedelta(days=9), 60)


def test_sessions_are_entered_in_the_clinics_time_wherever_the_patient_lives(world: World) -> None:
    browser(world).post("/enroll", **filled(world, time_zone="Pacific/Honolulu"))
    (ana,) = everybody(world)
    assert visits(world, ana)[0].starts_at == NOW + timedelta(days=9)


def test_every_fault_stands_beside_its_field_and_nothing_is_lost(world: World) -> None:
    person = browser(world)
    wrong = {"phone": "12", "birth_date": "", "sessions-0-time": "", "texts": None, "form": ""}
    page = person.post("/enroll", **filled(world, first_name="Anaïs", **wrong)).text  # type: ignore[arg-type]
    assert not everybody(world)
    for field in ("phone", "birth_date", "texts", "form"):
        assert f'id="{field}-fault"' in page
        assert f'aria-describedby="{field}-fault"' in page
    assert "4 things to put right" in page
    assert 'value="Anaïs"' in page
    assert 'value="60"' in page


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"birth_date": "2012-01-01"}, "birth_date", "Only adults"),
        ({"phone": "+442079460000"}, "phone", "US area code"),
        ({"first_name": "123"}, "first_name", "not a name"),
        ({"sessions-0-date": "2026-11-01"}, "sessions-0-date", "in the past"),
        ({"sessions-0-minutes": "5"}, "sessions-0-minutes", "between 10 and 720"),
        ({"sessions-0-time": ""}, "sessions-0-time", "Give the time as well"),
        ({"signed_on": "2026-11-23"}, "signed_on", "signed in the future"),
        ({"time_zone": "Mars/Olympus"}, "time_zone", "not a time zone"),
        ({"birth_date": "0001-01-01"}, "birth_date", "Check the year"),
        ({"birth_date": "yesterday"}, "birth_date", "Give a date"),
    ],
)
def test_what_the_product_refuses_is_said_beside_the_field(
    world: World, changes: dict[str, str], field: str, sentence: str
) -> None:
    answer = browser(world).post("/enroll", **filled(world, **changes))
    assert answer.status_code == 422
    assert sentence in answer.text.partition(f'id="{field}-fault"')[2].partition("</p>")[0]
    assert not everybody(world)


def test_a_row_left_empty_in_the_middle_does_not_shift_the_faults(world: World) -> None:
    late = {"sessions-1-date": "", "sessions-1-time": "", "sessions-2-date": "2026-11-01", "sessions-2-time": "10:00"}
    page = browser(world).post("/enroll", **filled(world, **late)).text
    assert 'id="sessions-2-date-fault"' in page


def test_a_number_twice_leads_to_the_patient_who_has_it(world: World) -> None:
    ana = world.enroll()
    page = browser(world).post("/enroll", **filled(world)).text
    assert "already belongs to a patient" in page
    assert f"/portal/patients/{ana.id}" in page


def test_six_sessions_are_filled_in_and_more_rows_added_without_losing_anything(world: World) -> None:
    person = browser(world)
    page = person.post("/enroll", **filled(world, step="six", first_name="Anaïs")).text
    assert page.count('type="date"') == 6 + 2  # birth date and signature
    assert 'value="2026-12-03"' in page
    assert 'value="Anaïs"' in page
    assert person.post("/enroll", **filled(world, step="add")).text.count('role="group"') == 2
    assert not everybody(world)


def test_six_needs_a_first_one(world: World) -> None:
    page = browser(world).post("/enroll", **filled(world, step="six", **{"sessions-0-date": ""})).text
    assert "the others follow from it" in page


def test_mondays_and_thursdays_follow_the_first_day() -> None:
    first = (NOW + timedelta(days=9)).date()  # a Tuesday
    days = mondays_and_thursdays(first, 6)
    assert [f"{day:%a %d}" for day in days] == ["Tue 01", "Thu 03", "Mon 07", "Thu 10", "Mon 14", "Thu 17"]


def test_a_row_beyond_the_last_is_no_fault(world: World) -> None:
    many = {f"sessions-{n}-date": "2026-12-24" for n in range(40)}
    assert browser(world).post("/enroll", **filled(world, **many)).status_code == 422


# Sessions


def test_a_session_is_booked(world: World) -> None:
    ana, person = world.enroll(), browser(world)
    person.post(f"/patients/{ana.id}/book", **form_day(world, days=20), minutes="")
    assert [row.minutes for row in visits(world, ana)] == [60, 90]
    answer = person.post(f"/patients/{ana.id}/book", **form_day(world, days=20), minutes="")
    assert "overlaps" in answer.text


def test_a_move_is_shown_before_it_is_done(world: World) -> None:
    ana, person = joined(world).patient(), browser(world)
    (session,) = visits(world, ana)
    path, there = f"/sessions/{session.id}/move", form_day(world, days=12)
    page = person.post(path, **there, minutes="60").text
    assert "with a new time" in page
    assert visits(world, ana)[0].starts_at == session.starts_at
    answer = person.post(path, **there, minutes="60", step="confirm", version=str(session.version))
    assert answer.status_code == 303
    assert visits(world, ana)[0].starts_at == (world.watch.now + timedelta(days=12)).replace(second=0)


def test_a_session_somebody_else_has_moved_is_looked_at_again(world: World) -> None:
    ana, person = world.enroll(), browser(world)
    (session,) = visits(world, ana)
    for stale in ("0", "7", "", "x", "9" * 40):
        sent = form_day(world, days=12) | {"minutes": "60", "step": "confirm", "version": stale}
        assert "changed since you read it" in person.post(f"/sessions/{session.id}/move", **sent).text
    assert visits(world, ana)[0].starts_at == session.starts_at


def test_arrived_then_done_at_its_real_end(world: World) -> None:
    ana, person = joined(world).patient(), browser(world)
    (session,) = visits(world, ana)
    world.watch.to(session.starts_at)
    person = browser(world, "ed@example.org")
    person.post(f"/sessions/{session.id}/arrived", page=f"/patients/{ana.id}")
    assert visits(world, ana)[0].status == "arrived"
    world.watch.on(minutes=10)
    person.post(f"/sessions/{session.id}/done", **form_day(world, hours=-0.05))
    row = visits(world, ana)[0]
    assert (row.status, row.ended_at) == ("done", (world.watch.now - timedelta(minutes=3)).replace(second=0))


def test_done_in_the_future_is_refused_beside_the_time(world: World) -> None:
    ana = joined(world).patient()
    (session,) = visits(world, ana)
    world.watch.to(session.starts_at)
    page = browser(world).post(f"/sessions/{session.id}/done", **form_day(world, hours=3)).text
    assert 'id="time-fault"' in page
    assert visits(world, ana)[0].status == "booked"


def test_what_cannot_be_is_said_and_not_done(world: World) -> None:
    ana, person = world.enroll(), browser(world)
    (session,) = visits(world, ana)
    answer = person.post(f"/sessions/{session.id}/arrived", page=f"/patients/{ana.id}")
    assert (answer.status_code, "has not begun" in answer.text) == (422, True)
    assert visits(world, ana)[0].status == "booked"


def test_no_show_and_cancel(world: World) -> None:
    ana = world.enroll()
    (session,) = visits(world, ana)
    world.watch.to(session.starts_at + timedelta(hours=1))
    person = browser(world)
    person.post(f"/sessions/{session.id}/no-show")
    assert visits(world, ana)[0].status == "no_show"
    person.post(f"/patients/{ana.id}/book", **form_day(world, days=20), minutes="")
    later = visits(world, ana)[-1]
    assert "Say who or what" in person.post(f"/sessions/{later.id}/cancel").text
    person.post(f"/sessions/{later.id}/cancel", by="patient")
    assert visits(world, ana)[-1].status == "canceled"


# How a patient stands


def test_pause_resume_and_an_opt_out_said_aloud(world: World) -> None:
    ana, person = joined(world).patient(), browser(world)
    path = f"/patients/{ana.id}"
    person.post(f"{path}/pause", until="2026-11-30")
    row = now(world, ana)
    assert (row.status, f"{row.paused_until}") == ("paused", "2026-11-30 14:00:00+00:00")
    person.post(f"{path}/resume")
    assert now(world, ana).status == "active"
    person.post(f"{path}/stop")
    assert now(world, ana).status == "stopped"
    assert "Bring back with a new form" in person.get(path).text
    signed = {"texts": "y", "form": "2026-12", "signed_on": "2026-11-22", "signed_at": "09:00"}
    assert "before the patient opted out" in person.post(f"{path}/resume", **signed).text
    person.post(f"{path}/resume", **signed | {"signed_at": "10:02"})
    assert now(world, ana).status == "active"


def test_settings_change_and_what_nobody_touched_stays(world: World) -> None:
    ana, person = joined(world).patient(), browser(world)
    path = f"/patients/{ana.id}/settings"
    sent = {"first_name": "Anita", "language": "es", "time_zone": "America/Denver", "pace": "key"}
    person.post(path, **sent, preferred_time="17:00", withdraw_echo="y")
    row = now(world, ana)
    assert (row.language, row.time_zone, row.preferred_time, row.echo) == ("es", "America/Denver", "17:00", False)
    assert (row.chosen_pace, row.calls, row.discreet) == ("key", True, ana.discreet)
    page = person.post(path, **sent, preferred_time="03:00").text
    assert 'id="preferred_time-fault"' in page


def test_a_private_entry_shows_that_it_is_there_and_not_its_words(world: World) -> None:
    phone = joined(world)
    phone.wait(hours=3)
    phone.text("the lighthouse was purple")
    phone.wait(minutes=2)
    ana, person = phone.patient(), browser(world)
    assert "lighthouse" in person.get(f"/patients/{ana.id}/journal").text
    phone.text("PRIVATE")
    phone.wait(minutes=2)
    for page in ("journal", "conversation"):
        shown = person.get(f"/patients/{ana.id}/{page}").text
        assert "lighthouse" not in shown
        assert "rivate" in shown


def test_texts_are_shown_as_they_are_and_run_nothing(world: World) -> None:
    phone = joined(world)
    phone.text("<script>alert(1)</script> & \u200f so on")
    phone.wait(minutes=1)
    page = browser(world).get(f"/patients/{phone.patient().id}/conversation").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in page


def test_lone_surrogates_in_a_text_do_not_break_the_page(world: World) -> None:
    phone = joined(world)
    phone.text("a lonely half \ud83d of a smile")
    phone.wait(minutes=1)
    answer = browser(world).get(f"/patients/{phone.patient().id}/conversation")
    assert (answer.status_code, "a lonely half" in answer.text) == (200, True)


def test_a_long_conversation_goes_on_to_earlier_texts(world: World) -> None:
    phone = joined(world)
    for number in range(60):
        phone.reply(f"entry number {number:02}")
        world.watch.on(seconds=1)
    person = browser(world)
    path = f"/patients/{phone.patient().id}/conversation"
    page = person.get(path).text
    assert "entry number 59" in page
    assert "entry number 00" not in page
    older = page.partition("?before=")[2].partition('"')[0]
    assert "entry number 00" in person.get(f"{path}?before={older}").text
    assert person.get(f"{path}?before=nonsense").status_code == 404


# Alerts


def in_danger(world: World) -> Phone:
    phone = joined(world)
    phone.text("I want to kill myself")
    return phone


def test_an_alert_shows_words_rule_and_what_was_told(world: World) -> None:
    phone = in_danger(world)
    alert = alert_of(world)
    page = browser(world).get(f"/alerts/{alert.id}").text
    for words in ("I want to kill myself", alert.rule, "(415) 555-0123", "May 4, 1988", "call or text", "Next session"):
        assert words in page
    assert phone.said[-1].body.partition(".")[0] in page


def test_acknowledging_a_frozen_patients_alert_asks_who_sees_to_visits(world: World) -> None:
    in_danger(world)
    alert, person = alert_of(world), browser(world)
    path = f"/alerts/{alert.id}"
    answer = person.post(f"{path}/acknowledge", page=path)
    assert (answer.status_code, 'id="logistics-fault"' in answer.text) == (422, True)
    person.post(f"{path}/acknowledge", page=path, logistics="phone")
    row = alert_of(world)
    assert (row.state, row.logistics) == ("acknowledged", "phone")
    page = person.get(path).text
    assert "by Dana" in page
    assert "I have it" not in page


def resolve(person: Browser, alert: Alert, **fields: Any) -> Any:
    values = {"spoke": "yes", "outcome": "spoke", "plan": "Sister stays tonight.", "resume": "gentle"} | fields
    return person.post(f"/alerts/{alert.id}/resolve", page=f"/alerts/{alert.id}", **values)


def test_resolving_lifts_the_freeze_as_decided_and_sends_the_soft_text_only_if_told(world: World) -> None:
    phone = in_danger(world)
    alert, person = alert_of(world), browser(world)
    resolve(person, alert)
    row = now(world, phone.patient())
    assert (alert_of(world).state, row.status, row.chosen_pace) == ("resolved", "active", "key")
    assert "crs_7" not in {text.line for text in phone.fresh()}
    page = person.get(f"/alerts/{alert.id}").text
    assert "Sister stays tonight." in page
    assert "Spoke with the patient." in page
    assert "Record it" not in page


def test_the_soft_first_text_goes_when_a_person_says_so(world: World) -> None:
    phone = in_danger(world)
    phone.fresh()
    resolve(browser(world), alert_of(world), welcome="y")
    assert "crs_7" in {text.line for text in phone.fresh()}


def test_unable_to_reach_keeps_the_case_open_and_every_note(world: World) -> None:
    phone = in_danger(world)
    alert, person = alert_of(world), browser(world)
    resolve(person, alert, spoke="no", outcome="unable_to_reach", plan="Tried at 10:05, no answer.", resume="")
    assert (alert_of(world).state, now(world, phone.patient()).status) == ("acknowledged", "frozen")
    resolve(person, alert, plan="Reached her at noon.", resume="paused")
    page = person.get(f"/alerts/{alert.id}").text
    assert "Tried at 10:05" in page
    assert "Reached her at noon." in page


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"plan": " "}, "plan"),
        ({"spoke": "no"}, "spoke"),
        ({"outcome": "unable_to_reach"}, "spoke"),
        ({"resume": ""}, "resume"),
        ({"plan": "x" * 2001}, "plan"),
    ],
)
def test_a_resolution_that_does_not_hold_together_is_refused(world: World, fields: dict[str, str], fault: str) -> None:
    in_danger(world)
    answer = resolve(browser(world), alert_of(world), **fields)
    assert (answer.status_code, f'id="{fault}-fault"' in answer.text) == (422, True)
    assert alert_of(world).state == "open"


def test_an_alert_of_a_stranger_shows_the_number_and_can_be_resolved(world: World) -> None:
    Phone(world, number=BEN).text("I want to kill myself")
    alert, person = alert_of(world), browser(world)
    page = person.get(f"/alerts/{alert.id}").text
    assert "Not a patient of this clinic" in page
    assert "(415) 555-0124" in page
    resolve(person, alert, resume="paused")
    assert alert_of(world).state == "resolved"


def test_the_count_falls_when_somebody_has_it(world: World) -> None:
    in_danger(world)
    person = browser(world)
    alert = alert_of(world)
    assert person.get("/alerts/count").json["open"] == 1  # type: ignore[index]
    person.post(f"/alerts/{alert.id}/acknowledge", page="/patients", logistics="send")
    assert person.get("/alerts/count").json["open"] == 0  # type: ignore[index]


# Tasks


def test_a_task_is_done_with_a_note_that_is_sealed(world: World) -> None:
    phone = joined(world)
    phone.text("Can I take ibuprofen with this medication?")
    person = browser(world)
    with world.runtime.database.read() as db:
        task = db.exec(select(Task).where(col(Task.kind) == "medical")).one()
    assert "Answer a medical question" in person.get("/tasks").text
    person.post(f"/tasks/{task.id}/done", page="/tasks", note="Phoned, explained.")
    assert "Answer a medical question" not in person.get("/tasks").text
    page = person.get("/tasks?state=done").text
    assert "Phoned, explained." in page
    assert "by Dana" in page
    with world.desk() as desk:
        row = desk.db.get(Task, task.id)
        assert row is not None
        assert b"Phoned" not in (row.note_sealed or b"")
        assert board.task_note(desk.visit(), row) == "Phoned, explained."


def test_a_note_that_is_too_long_is_given_back(world: World) -> None:
    phone = joined(world)
    phone.text("Can I take ibuprofen with this medication?")
    person = browser(world)
    with world.runtime.database.read() as db:
        task = db.exec(select(Task).where(col(Task.kind) == "medical")).one()
    answer = person.post(f"/tasks/{task.id}/done", page="/tasks", note="x" * 2001)
    assert (answer.status_code, "At most 2000" in answer.text, "x" * 2001 in answer.text) == (422, True, True)


def test_ana_is_the_one_who_was_enrolled(world: World) -> None:
    browser(world).post("/enroll", **filled(world))
    with world.desk() as desk:
        assert patients.by_phone(desk.db, desk.keys, ANA)
