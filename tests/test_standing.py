"""What staff change about an enrolled patient, and what they do about alerts."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from smsbot import incidents, standing
from smsbot.errors import Conflict, NotFound, RefusedFields
from smsbot.models import Alert, Consent, Message, Patient, Suppression, Touch
from smsbot.standing import Changes
from smsbot.store import patients
from tests.api_support import ANA, NOW, World, consent_form

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def ana(world: World) -> Patient:
    """Ana, who said YES."""
    patient = world.enroll()
    with world.desk() as desk:
        row = patients.get(desk.db, desk.keys, patient.id)
        row.status, row.joined_at = "active", NOW
    return patient


def act(world: World, action: Any, *args: Any, **options: Any) -> Any:
    with world.desk() as desk:
        return action(desk, *args, **options)


def now(world: World, ana: Patient) -> Patient:
    with world.desk() as desk:
        return patients.get(desk.db, desk.keys, ana.id)


def waiting(world: World, ana: Patient) -> int:
    with world.runtime.database.read() as db:
        wanted = select(Touch).where(col(Touch.patient_id) == ana.id, col(Touch.due_at).is_not(None))
        return len(db.exec(wanted).all())


def ledger(world: World, kind: str) -> list[str]:
    with world.runtime.database.read() as db:
        return [row.action for row in db.exec(select(Consent).where(col(Consent.kind) == kind)).all()]


def test_settings_change_and_the_rest_stays(world: World, ana: Patient) -> None:
    changes = Changes(language="es", pace="key", preferred_time="9:00", window_end="18:00", first_name="Anita")
    row = act(world, standing.change, ana.id, changes)
    assert (row.language, row.chosen_pace, row.preferred_time) == ("es", "key", "09:00")
    assert (row.window_start, row.window_end) == ("09:00", "18:00")
    assert (row.time_zone, row.echo) == ("America/New_York", True)
    with world.desk() as desk:
        assert patients.person(desk.keys, row).first_name == "Anita"


def test_another_zone_moves_what_is_planned(world: World, ana: Patient) -> None:
    def due() -> set[datetime]:
        with world.runtime.database.read() as db:
            return {touch.due_at for touch in db.exec(select(Touch)) if touch.due_at and touch.rule == "intention"}

    before = due()
    act(world, standing.change, ana.id, Changes(time_zone="America/Los_Angeles"))
    assert due() == {at + timedelta(hours=3) for at in before}


def test_every_fault_of_a_change_is_told(world: World, ana: Patient) -> None:
    wrong = Changes(language="fr", time_zone="x", pace="fast", preferred_time="3:00", echo=True, first_name="1")
    with pytest.raises(RefusedFields) as caught:
        act(world, standing.change, ana.id, wrong)
    assert set(caught.value.faults) == {"language", "time_zone", "pace", "preferred_time", "echo", "first_name"}


def test_a_window_does_not_end_before_it_begins(world: World, ana: Patient) -> None:
    with pytest.raises(RefusedFields, match="ends before"):
        act(world, standing.change, ana.id, Changes(window_start="19:00", window_end="10:00"))


def test_withdrawing_echo_and_calls_is_written_in_the_ledger(world: World, ana: Patient) -> None:
    act(world, standing.change, ana.id, Changes(echo=False, calls=False))
    assert ledger(world, "echo")[-1] == ledger(world, "calls")[-1] == "withdrawn"


def test_a_pause_ends_in_the_future(world: World, ana: Patient) -> None:
    with pytest.raises(RefusedFields):
        act(world, standing.pause, ana.id, NOW)


def test_paused_and_resumed(world: World, ana: Patient) -> None:
    assert act(world, standing.pause, ana.id, NOW + timedelta(days=3)).status == "paused"
    resumed = act(world, standing.resume, ana.id)
    assert (resumed.status, resumed.paused_until) == ("active", None)


def test_only_someone_active_is_paused(world: World) -> None:
    invited = world.enroll()
    with pytest.raises(Conflict, match="invited"):
        act(world, standing.pause, invited.id)


def test_an_opt_out_said_aloud_ends_everything_and_sends_nothing(world: World, ana: Patient) -> None:
    assert waiting(world, ana) > 0
    stopped = act(world, standing.stop, ana.id)
    assert (stopped.status, waiting(world, ana)) == ("stopped", 0)
    with world.runtime.database.read() as db:
        assert [row.reason for row in db.exec(select(Suppression)).all()] == ["verbal"]
        assert db.exec(select(Message)).all() == []
    assert ledger(world, "texts")[-1] == "withdrawn"


def test_stopping_twice_is_one_mark(world: World, ana: Patient) -> None:
    act(world, standing.stop, ana.id)
    act(world, standing.stop, ana.id)
    with world.runtime.database.read() as db:
        assert len(db.exec(select(Suppression)).all()) == 1


def test_after_an_opt_out_resuming_needs_a_form(world: World, ana: Patient) -> None:
    act(world, standing.stop, ana.id)
    with pytest.raises(Conflict, match="consent form"):
        act(world, standing.resume, ana.id)


def test_an_older_form_does_not_bring_them_back(world: World, ana: Patient) -> None:
    act(world, standing.stop, ana.id)
    with pytest.raises(RefusedFields, match="before the patient opted out"):
        act(world, standing.resume, ana.id, consent_form())


def test_a_newer_form_brings_them_back_with_the_welcome_and_no_second_yes(world: World, ana: Patient) -> None:
    act(world, standing.stop, ana.id)
    world.watch.to(LATER)
    back = act(world, standing.resume, ana.id, consent_form(at=LATER, echo=False))
    assert (back.status, back.echo) == ("active", False)
    assert waiting(world, ana) > 0
    with world.runtime.database.read() as db:
        assert [row.line for row in db.exec(select(Message)).all()] == ["enr_2"]
        assert [row.lifted_at for row in db.exec(select(Suppression)).all()] == [LATER]


def test_nobody_is_welcomed_back_at_night(world: World, ana: Patient) -> None:
    act(world, standing.stop, ana.id)
    night = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
    world.watch.to(night)
    with pytest.raises(Conflict, match="night"):
        act(world, standing.resume, ana.id, consent_form(at=night))


def alert(world: World, ana: Patient, **values: Any) -> uuid.UUID:
    """An open alert on Ana, who is frozen for it."""
    with world.desk() as desk:
        row = Alert(
            id=world.runtime.new_id(),
            clinic_id=world.harbor,
            patient_id=ana.id,
            **{"tier": 2, "kind": "suicide", "rule": "r", "opened_at": NOW, "due_at": NOW, "inbounds": [], "told": []}
            | values,
        )
        desk.db.add(row)
        patients.get(desk.db, desk.keys, ana.id).status = "frozen"
        return row.id


def test_a_freeze_is_not_lifted_by_resuming(world: World, ana: Patient) -> None:
    alert(world, ana)
    with pytest.raises(Conflict, match="frozen"):
        act(world, standing.resume, ana.id)


def test_acknowledging_stops_the_paging_and_keeps_the_freeze(world: World, ana: Patient) -> None:
    row = act(world, incidents.acknowledge, alert(world, ana), "phone")
    assert (row.state, row.due_at, row.acknowledged_by, row.logistics) == ("acknowledged", None, "staff:dana", "phone")
    assert now(world, ana).status == "frozen"


def test_who_sees_to_logistics_must_be_said(world: World, ana: Patient) -> None:
    which = alert(world, ana)
    for choice in (None, "somebody"):
        with pytest.raises(RefusedFields, match="phone"):
            act(world, incidents.acknowledge, which, choice)


@pytest.mark.parametrize(
    ("resume", "status"), [("resume", "active"), ("gentle", "active"), ("paused", "paused"), ("end", "ended")]
)
def test_resolving_decides_how_it_goes_on(world: World, ana: Patient, resume: str, status: str) -> None:
    row = act(world, incidents.resolve, alert(world, ana), outcome="spoke", resume=resume, note="We talked.")
    assert (row.state, row.outcome, row.resolved_by) == ("resolved", "spoke", "staff:dana")
    assert now(world, ana).status == status
    assert b"We talked." not in (row.note_sealed or b"")


def test_unable_to_reach_keeps_the_case_open_and_the_freeze(world: World, ana: Patient) -> None:
    row = act(world, incidents.resolve, alert(world, ana), outcome="unable_to_reach", resume="resume")
    assert row.state == "acknowledged"
    assert now(world, ana).status == "frozen"


def test_a_second_open_alert_holds_the_freeze(world: World, ana: Patient) -> None:
    first, second = alert(world, ana), alert(world, ana)
    act(world, incidents.resolve, first, outcome="spoke", resume="resume")
    assert now(world, ana).status == "frozen"
    act(world, incidents.resolve, second, outcome="spoke", resume="resume")
    assert now(world, ana).status == "active"


@pytest.mark.parametrize(("welcome", "lines"), [(True, ["crs_7"]), (False, [])])
def test_the_first_text_after_a_freeze_needs_a_persons_word(
    world: World, ana: Patient, welcome: bool, lines: list[str]
) -> None:
    act(world, incidents.resolve, alert(world, ana), outcome="spoke", resume="gentle", welcome=welcome)
    with world.runtime.database.read() as db:
        assert [row.line for row in db.exec(select(Message)).all()] == lines


def test_someone_who_stopped_stays_stopped(world: World, ana: Patient) -> None:
    which = alert(world, ana)
    act(world, standing.stop, ana.id)
    act(world, incidents.resolve, which, outcome="spoke", resume="resume", welcome=True)
    assert now(world, ana).status == "stopped"
    with world.runtime.database.read() as db:
        assert db.exec(select(Message)).all() == []


def test_a_resolved_alert_is_closed_for_good(world: World, ana: Patient) -> None:
    which = alert(world, ana)
    act(world, incidents.resolve, which, outcome="spoke", resume="resume")
    for action in (incidents.acknowledge, incidents.resolve):
        options = {"outcome": "spoke", "resume": "resume"} if action is incidents.resolve else {}
        with pytest.raises(Conflict):
            act(world, action, which, **options)


def test_a_complaint_is_seen_by_the_lead_alone(world: World, ana: Patient) -> None:
    which = alert(world, ana, lead_only=True, tier=3)
    with pytest.raises(NotFound):
        act(world, incidents.acknowledge, which, "phone")
    assert act(world, incidents.acknowledge, which, "phone", for_lead=True).state == "acknowledged"


def test_the_number_of_someone_who_stopped_stays_a_conflict(world: World, ana: Patient) -> None:
    act(world, standing.stop, ana.id)
    with pytest.raises(Conflict, match=str(ana.id)):
        world.enroll(ANA, consent=consent_form(at=NOW))
