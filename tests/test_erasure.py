"""Erasing destroys the key: nothing of theirs opens any more, what must survive survives, and both can be shown."""

import uuid
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from sqlmodel import col, select

from smsbot import erasure, incidents, outbox, standing
from smsbot.erasure import Certificate
from smsbot.errors import Conflict, Erased, RefusedFields
from smsbot.models import Alert, Consent, IdempotencyKey, Message, Patient, PatientStatus, Suppression, Touch, VoiceNote
from smsbot.notes import files
from smsbot.store import audit, erasing, patients
from tests.api_support import ANA, BEN, NOW, World, body, caller, consent_form, open_world, postgres_database
from tests.optout_support import open_copy
from tests.phone_support import HARBOR, Phone, joined

SECRET = "the yellow kitchen in Tulsa"


@cache
def _story() -> Path:
    """Ana wrote before she was enrolled, joined, and told a secret."""
    folder = Path(mkdtemp(prefix="smsbot-erasure-"))
    world = open_world(folder)
    Phone(world).text(f"hello? {SECRET}")
    _told(joined(world))
    erasing.sweep(world.runtime.database)
    world.runtime.database.engine.dispose()
    (folder / "now").write_text(world.watch.now.isoformat())
    return folder


@pytest.fixture
def ana(tmp_path: Path) -> Phone:
    world = open_copy(_story(), tmp_path)
    return Phone(world, sids=900)


def _told(phone: Phone) -> Phone:
    phone.sids = 500
    phone.text(f"I keep thinking of {SECRET}")
    phone.wait(seconds=50)
    return phone


def erase(phone: Phone, **changes: str) -> Certificate:
    patient_id = phone.patient().id
    with phone.world.desk() as desk:
        return erasure.erase(desk, patient_id, **({"reason": "request", "confirm": str(patient_id)} | changes))


def on_disk(world: World) -> bytes:
    """Every byte the database has on the disk, its log included."""
    folder = world.runtime.settings.home
    return b"".join(path.read_bytes() for path in sorted(folder.glob("smsbot.db*")))


def test_no_byte_of_the_key_or_the_numbers_index_is_left_on_the_disk(ana: Phone) -> None:
    before = ana.patient()
    key, index = before.wrapped_key or b"", before.phone_index or b""
    sealed = before.phone_sealed or b""
    assert key in on_disk(ana.world)
    shown = erase(ana)
    left = on_disk(ana.world)
    assert key not in left
    assert sealed not in left
    with ana.world.runtime.database.read() as db:
        lines, marks = len(db.exec(select(Consent)).all()), len(db.exec(select(Suppression)).all())
    # The index is in the ledger, in the mark and in the mark's own look-up, and nowhere else.
    assert left.count(index) == lines + 2 * marks
    assert shown.leads == ()


def test_a_copy_of_the_key_in_a_gap_of_the_file_is_found_and_taken_out(ana: Phone) -> None:
    key = ana.patient().wrapped_key or b""
    with ana.world.runtime.database.engine.connect() as connection:
        raw = connection.connection.cursor()
        raw.execute("PRAGMA secure_delete = OFF")
        raw.execute("CREATE TABLE gap (words BLOB)")
        raw.execute("INSERT INTO gap VALUES (?)", (b"x" * 2000 + key,))
        raw.execute("DROP TABLE gap")
        raw.execute("PRAGMA secure_delete = ON")
    erasing.sweep(ana.world.runtime.database)
    assert on_disk(ana.world).count(key) > 1
    erase(ana)
    assert key not in on_disk(ana.world)


def test_no_key_that_is_left_opens_anything_of_theirs(ana: Phone) -> None:
    patient_id = ana.patient().id
    shown = erase(ana)
    assert shown.holds
    assert shown.still_open == 0
    assert shown.cells["message"] > 4
    with ana.world.desk() as desk:
        row = patients.get(desk.db, desk.keys, patient_id)
        with pytest.raises(Erased):
            patients.person(desk.keys, row)
        with pytest.raises(Erased):
            desk.keys.patient(row.id, row.wrapped_key)


def test_the_proof_sees_a_cell_that_still_opens_and_an_index_that_still_leads(ana: Phone) -> None:
    patient_id = ana.patient().id
    erase(ana)
    with ana.world.desk() as desk:
        row = desk.db.exec(select(Message).where(col(Message.patient_id) == patient_id)).first()
        assert row
        row.body_sealed = desk.keys.seal("message", "body_sealed", row.id, SECRET)
        alert = Alert(id=desk.runtime.new_id(), clinic_id=desk.clinic.id, patient_id=patient_id, tier=2, kind="x",
                      rule="x", inbounds=[], told=[], opened_at=NOW,
                      phone_index=desk.keys.phone_index(ANA))  # fmt: skip
        desk.db.add(alert)
    with ana.world.desk() as desk:
        again = erasure.certificate(desk, patient_id)
    assert (again.still_open, again.leads, again.holds) == (1, ("alert.phone_index",), False)


def test_the_do_not_text_mark_and_the_ledger_survive(ana: Phone) -> None:
    erase(ana)
    with ana.world.desk() as desk:
        mark = patients.suppression(desk.db, desk.keys, desk.keys.phone_index(ANA))
        lines = desk.db.exec(select(Consent).order_by(col(Consent.at), col(Consent.id))).all()
    assert mark is not None
    assert mark.reason == "erased"
    assert [line.action for line in lines if line.kind == "texts"] == ["granted", "confirmed", "withdrawn"]


def test_whoever_had_opted_out_stays_opted_out(ana: Phone) -> None:
    ana.text("STOP")
    erase(ana)
    with ana.world.desk() as desk:
        mark = patients.suppression(desk.db, desk.keys, desk.keys.phone_index(ANA))
    assert mark is not None
    assert mark.reason == "stop"


def test_nothing_is_planned_asked_or_sent_any_more(ana: Phone) -> None:
    ana.text("LESS")
    erase(ana)
    outbox.deliver(replace(ana.world.runtime, carrier=None), HARBOR)
    with ana.world.runtime.database.read() as db:
        waiting = db.exec(select(Message).where(col(Message.state).in_(("ready", "claimed", "sending")))).all()
        due = db.exec(select(Touch).where(col(Touch.due_at).is_not(None))).all()
    assert (waiting, due) == ([], [])


def test_the_number_is_a_strangers_again_and_crisis_words_are_still_answered(ana: Phone) -> None:
    erase(ana)
    with ana.world.runtime.database.read() as db:
        assert db.exec(select(Patient)).one().status == PatientStatus.ENDED
    assert "988" in ana.reply("I want to die").twiml
    assert "Message" not in ana.reply("hello again").twiml


def test_the_same_person_can_be_enrolled_again_with_a_newer_form_only(ana: Phone) -> None:
    erase(ana)
    with pytest.raises(Conflict, match="signed since"):
        ana.world.enroll()
    ana.world.watch.on(days=1)
    again = ana.world.enroll(consent=consent_form(at=ana.world.watch.now))
    assert again.status == PatientStatus.INVITED


def test_answers_kept_for_repeats_say_nothing_of_them_any_more(ana: Phone) -> None:
    rest = caller(ana.world, scopes=("read", "write"))
    number = "+14155550188"
    path = "/patients"
    form = body(phone=number, first_name="Zuleika")
    made = rest("POST", path, form, Idempotency_Key="once")
    assert made.status_code == 201
    with ana.world.desk() as desk:
        erasure.erase(desk, uuid.UUID(made.json["id"]), reason="mistake", confirm=made.json["id"])
    again = rest("POST", path, form, Idempotency_Key="once")
    assert again.status_code == 410
    with ana.world.runtime.database.read() as db:
        keys = ana.world.keys(db)
        kept = [
            keys.open("idempotency_key", "body_sealed", row.id, row.body_sealed)
            for row in db.exec(select(IdempotencyKey))
        ]
    assert not any(number in each or "Zuleika" in each for each in kept)


def test_voice_files_are_unlinked(ana: Phone) -> None:
    world, patient = ana.world, ana.patient()
    with world.desk() as desk:
        note = VoiceNote(id=desk.runtime.new_id(), clinic_id=desk.clinic.id, patient_id=patient.id, at=NOW,
                         recording_sid="RE" + "1" * 32, state="kept")  # fmt: skip
        desk.db.add(note)
        sealer = desk.keys.patient(patient.id, patient.wrapped_key)
        files.write(world.runtime.settings, sealer, note.id, b"RIFF" + SECRET.encode())
    path = files.path_of(world.runtime.settings, note.id)
    assert path.exists()
    shown = erase(ana)
    assert not path.exists()
    assert shown.at_the_carrier == 1


def test_a_legal_hold_refuses_until_it_is_lifted(ana: Phone) -> None:
    patient_id = ana.patient().id
    with ana.world.desk() as desk:
        erasure.hold(desk, patient_id, on=True)
    with pytest.raises(Conflict, match="legal hold"):
        erase(ana)
    with ana.world.desk() as desk:
        erasure.hold(desk, patient_id, on=False)
    assert erase(ana).holds


def test_an_open_alert_is_seen_to_first(ana: Phone) -> None:
    ana.text("I want to die")
    with pytest.raises(Conflict, match="alert"):
        erase(ana)
    with ana.world.desk() as desk:
        alert = desk.db.exec(select(Alert)).one()
        incidents.resolve(desk, alert.id, outcome="spoke", resume="end", note="spoke with her")
    assert erase(ana).holds


def test_it_takes_a_reason_and_the_id_repeated(ana: Phone) -> None:
    with pytest.raises(RefusedFields, match="Repeat"):
        erase(ana, confirm="yes")
    with pytest.raises(RefusedFields, match="Choose"):
        erase(ana, reason="because")
    erase(ana)
    with pytest.raises(Conflict, match="already"), ana.world.desk() as desk:
        patient = desk.db.exec(select(Patient)).one()
        erasure.erase(desk, patient.id, reason="request", confirm=str(patient.id))


def test_a_rolled_back_erasure_erases_nothing(ana: Phone) -> None:
    before = ana.patient()
    with pytest.raises(ZeroDivisionError), ana.world.desk() as desk:
        erasure.erase(desk, before.id, reason="request", confirm=str(before.id))
        raise ZeroDivisionError
    assert ana.patient().wrapped_key == before.wrapped_key
    assert list(erasure.registered(ana.world.runtime.settings.home)) == []


def test_it_is_one_link_of_the_audit_chain(ana: Phone) -> None:
    shown = erase(ana)
    with ana.world.runtime.database.read() as db:
        verdict = audit.verify(db, ana.world.keys(db))
    assert (verdict.broken_at, shown.chain_holds, shown.by) == (None, True, "staff:dana")
    assert shown.link <= verdict.links


def test_a_restored_backup_shows_whom_to_erase_again(ana: Phone, tmp_path: Path) -> None:
    world = ana.world
    patient_id = ana.patient().id
    kept = tmp_path / "backup.db"
    erasing.sweep(world.runtime.database)
    kept.write_bytes((world.runtime.settings.home / "smsbot.db").read_bytes())
    erase(ana)
    world.runtime.database.engine.dispose()
    (world.runtime.settings.home / "smsbot.db").write_bytes(kept.read_bytes())
    ((clinic, erased),) = erasure.registered(world.runtime.settings.home)
    with world.desk(clinic) as desk:
        assert erased == patient_id
        assert erasure.came_back(desk, erased)
        assert erasure.erase(desk, erased, reason="request", confirm=str(erased)).holds


def test_somebody_else_is_left_as_they_were(ana: Phone) -> None:
    ben = ana.world.enroll(BEN)
    erase(ana)
    with ana.world.desk() as desk:
        assert patients.person(desk.keys, patients.get(desk.db, desk.keys, ben.id)).first_name == "Ana"
        assert standing.stop(desk, ben.id).status == PatientStatus.STOPPED


@pytest.mark.postgres
def test_it_holds_on_postgres(tmp_path: Path) -> None:
    with postgres_database() as database:
        world = open_world(tmp_path, database)
        world.watch.to(NOW + timedelta(days=1))
        assert erase(_told(joined(world))).holds
