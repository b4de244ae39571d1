"""The doctor says what is wrong at the carrier and here, and mends what it can."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from smsbot import contacts, rota
from smsbot.carrier.setup import Number, Service
from smsbot.cli.checkup import account, machine, pager
from smsbot.cli.checkup.account import PATIENCE, Wanted
from smsbot.cli.checkup.finding import Finding
from smsbot.config import Settings
from smsbot.contacts import NewContact
from smsbot.store import paging
from smsbot.transcription import models
from tests.api_support import World, settings
from tests.sandbox_support import ACCOUNT_SID, AUTH_TOKEN, NUMBER, shared
from tests.test_cli_clinic import CLINIC, Done, run_in

WANTED = Wanted("https://texts.example.org", app_opt_out=True)
GOOD = Number(
    sid="PN" + "0" * 32,
    phone=NUMBER,
    sms_url=WANTED.sms,
    sms_method="POST",
    sms_fallback_url="https://handler.twilio.com/twiml/EH1",
    sms_fallback_method="POST",
    sms_application_sid="",
    voice_url=WANTED.voice,
    voice_method="POST",
    voice_fallback_url="",
    status_callback=WANTED.call_status,
    sms=True,
    mms=True,
    voice=True,
)
SERVICE = Service(
    sid="MG" + "0" * 32,
    inbound_url=WANTED.sms,
    inbound_method="POST",
    fallback_url="https://handler.twilio.com/twiml/EH1",
    fallback_method="POST",
    status_callback="",
    validity_s=36_000,
    smart_encoding=True,
    sticky_sender=False,
    fallback_to_long_code=False,
    webhook_on_number=False,
)


def wrong(findings: Iterator[Finding]) -> list[tuple[str, str]]:
    """What is not right, as (what, state)."""
    return [(each.what, each.state) for each in findings if each.state != "ok"]


def test_a_number_set_up_well_has_no_faults():
    assert wrong(account.number_findings(GOOD, WANTED)) == []


@pytest.mark.parametrize(
    ("change", "what", "state"),
    [
        ({"sms_url": "https://old.example.org/sms"}, "texts", "fault"),
        ({"sms_url": ""}, "texts", "fault"),
        ({"sms_url": WANTED.sms.removesuffix(PATIENCE)}, "texts", "warning"),
        ({"sms_method": "GET"}, "texts by POST", "fault"),
        ({"sms_application_sid": "AP" + "0" * 32}, "application", "fault"),
        ({"sms_fallback_url": ""}, "fallback", "fault"),
        ({"sms_fallback_url": WANTED.sms}, "fallback", "warning"),
        ({"sms_fallback_method": "GET"}, "fallback", "fault"),
        ({"voice_url": ""}, "calls", "fault"),
        ({"status_callback": ""}, "ended calls", "fault"),
        ({"sms": False}, "can text", "fault"),
    ],
)
def test_each_fault_of_a_number_is_named(change: dict[str, object], what: str, state: str):
    assert wrong(account.number_findings(replace(GOOD, **change), WANTED)) == [(f"{NUMBER} {what}", state)]


@pytest.mark.parametrize(
    ("change", "what", "state"),
    [
        ({"inbound_url": None}, "texts", "fault"),
        ({"inbound_method": "GET"}, "texts by POST", "fault"),
        ({"fallback_url": ""}, "fallback", "fault"),
        ({"sticky_sender": True}, "sticky sender", "fault"),
        ({"fallback_to_long_code": True}, "fallback to long code", "fault"),
        ({"smart_encoding": False}, "smart encoding", "warning"),
    ],
)
def test_each_fault_of_a_service_is_named(change: dict[str, object], what: str, state: str):
    found = wrong(account.service_findings(replace(SERVICE, **change), WANTED))
    assert found == [(f"messaging service {what}", state)]


def test_a_service_that_leaves_texts_to_its_numbers_needs_no_address():
    assert wrong(account.service_findings(replace(SERVICE, inbound_url=None, webhook_on_number=True), WANTED)) == []


def test_a_service_without_numbers_can_miss_texts_for_good():
    assert account.service_numbers_finding([]).state == "fault"
    assert account.service_numbers_finding([NUMBER]).state == "ok"


def test_sticky_sender_is_fine_where_the_carrier_answers_stop():
    found = account.service_findings(replace(SERVICE, sticky_sender=True), replace(WANTED, app_opt_out=False))
    assert wrong(found) == []


def test_what_no_api_tells_is_asked_of_a_person():
    assert account.opt_out_finding(True).state == account.media_finding().state == "ask"
    assert "SMSBOT_OPT_OUT_MODE=twilio" in account.opt_out_finding(False).said


def test_a_key_file_others_can_read_is_a_fault(tmp_path: Path):
    (tmp_path / "keys").mkdir()
    for name, mode in (("master.key", 0o600), ("secret.key", 0o644)):
        (tmp_path / "keys" / name).touch(mode=mode)
        (tmp_path / "keys" / name).chmod(mode)
    assert wrong(machine.key_findings(tmp_path)) == [("key file secret.key", "fault")]


def test_a_clinic_nobody_is_paged_for_is_a_fault(world: World):
    with world.desk() as desk:
        found = dict(wrong(pager.clinic_findings(desk, world.runtime.settings)))
    faults = {what.removeprefix("Harbor ") for what, state in found.items() if state == "fault"}
    assert faults == {"alerts", "second contact", "voice", "test page", "after hours"}


def test_two_people_an_answered_test_and_a_plan_let_a_clinic_go_live(world: World):
    with world.desk() as desk:
        desk.clinic.oncall_phone = "+16175550101"
        for kind in ("oncall", "second", "lead"):
            contacts.add(desk, NewContact(kind, 1, kind, "+16175550101"))
        test = contacts.test_now(desk)
        test.state, test.outcome = "resolved", "answered"
        paging.prove(desk.db, desk.clinic.id, desk.runtime.machine())
        desk.db.flush()
        assert [state for _, state in wrong(pager.clinic_findings(desk, world.runtime.settings))] == ["ask"]


def test_a_country_without_numbers_and_hours_nobody_covers_are_told(world: World):
    with world.desk() as desk:
        desk.clinic.country = "FR"
        contacts.add(
            desk, NewContact("oncall", 1, "Dana", "+16175550101", rota=rota.parse(["mon-fri=00:00-24:00"], []))
        )
        found = [(each.what, each.state) for each in pager.clinic_findings(desk, world.runtime.settings)]
    assert ("Harbor country numbers", "fault") in found
    assert ("Harbor rota", "warning") in found


def test_dead_processes_are_told(world: World):
    with world.runtime.database.read() as db:
        found = wrong(machine.process_findings(db, world.runtime.settings, world.watch.now))
    assert found == [("worker process", "warning"), ("clock process", "warning")]


def a_model(folder: Path, *languages: str) -> Settings:
    """Settings whose speech model lies in `folder` and knows these languages."""
    for name in models.NEEDED:
        (folder / name).touch()
    (folder / models.MANIFEST).write_text(json.dumps({"name": "tried", "languages": languages}))
    return settings(SMSBOT_STT_MODEL=folder)


@pytest.mark.parametrize(
    ("installed", "languages", "state", "mend"),
    [
        (True, ("en", "es"), "ok", ""),
        (False, ("en", "es"), "warning", "pip install 'smsbot[stt]'"),
        (True, ("en",), "warning", "smsbot transcribe --setup"),
    ],
)
def test_a_machine_that_cannot_write_speech_down_is_told(
    tmp_path: Path, installed: bool, languages: tuple[str, ...], state: str, mend: str
):
    found = machine.transcriber_finding(a_model(tmp_path, *languages), installed=installed)
    assert (found.what, found.state, found.mend) == ("transcriber", state, mend)


def test_without_a_model_a_person_listens_to_every_note(tmp_path: Path):
    found = machine.transcriber_finding(settings(SMSBOT_HOME=tmp_path), installed=False)
    assert found.state == "warning"
    assert "a person who listens" in found.said
    assert found.mend == "pip install 'smsbot[stt]'; smsbot transcribe --setup"


def test_numbers_nobody_has_called_for_too_long_are_told(world: World):
    with world.desk() as desk:
        fresh = {each.what: each for each in pager.clinic_findings(desk, world.runtime.settings)}
        late = replace(desk, now=datetime(2028, 1, 1, tzinfo=UTC))
        found = {each.what: each for each in pager.clinic_findings(late, world.runtime.settings)}
    assert fresh["Harbor numbers called"].state == "ok"
    assert found["Harbor numbers called"].state == "warning"
    assert "were to be called again by" in found["Harbor numbers called"].said


def test_calling_hours_nobody_has_looked_at_for_too_long_are_told():
    assert machine.calling_hours_finding(date(2026, 12, 1)).state == "ok"
    late = machine.calling_hours_finding(date(2028, 1, 1))
    assert (late.state, "ask the lawyer" in late.said) == ("warning", True)


def smsbot(home: Path, base: str, line: str) -> Done:
    """Run a command against a carrier."""
    there = {"TWILIO_ACCOUNT_SID": ACCOUNT_SID, "TWILIO_AUTH_TOKEN": AUTH_TOKEN, "TWILIO_API_BASE": base}
    here = {"PUBLIC_BASE_URL": "https://texts.example.invalid", "REDIS_URL": "redis://127.0.0.1:9"}
    return run_in(home, line, **there, **here)


def test_the_command_finds_mends_and_finds_no_more(tmp_path: Path):
    box = shared()
    box.reset(numbers=True)
    box.configure_number(NUMBER)
    assert smsbot(tmp_path, box.base, "setup").code == 0
    assert smsbot(tmp_path, box.base, CLINIC).code == 0
    before = smsbot(tmp_path, box.base, "doctor --json")
    assert before.code == 1
    said = {each["what"]: each["state"] for each in before.data}
    assert said[f"{NUMBER} texts"] == "fault"
    assert (said["transcriber"], said["Harbor country numbers"]) == ("warning", "ok")
    assert {"calling hours", "Harbor numbers called"} <= said.keys()
    told = {each["what"]: each["state"] for each in smsbot(tmp_path, box.base, "doctor --fix --json").data}
    assert (told[f"{NUMBER} texts"], told[f"{NUMBER} calls"], told[f"{NUMBER} fallback"]) == ("ok", "ok", "warning")
    (number,) = [each for each in box.get("/numbers")["numbers"] if each["phone"] == NUMBER]
    assert number["sms_url"] == f"https://texts.example.invalid/webhooks/sms{PATIENCE}"


def test_a_carrier_out_of_reach_is_one_plain_fault(tmp_path: Path):
    for line in ("setup", CLINIC):
        smsbot(tmp_path, "http://127.0.0.1:9", line)
    found = smsbot(tmp_path, "http://127.0.0.1:9", "doctor")
    assert found.code == 1
    assert "[ FAULT] carrier: It could not be reached." in found.said
    assert "Traceback" not in found.said
