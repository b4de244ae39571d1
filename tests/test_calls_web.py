"""The voice routes: signed or nothing, the same request the same answer, and words of help whatever goes wrong."""

from pathlib import Path

import pytest
from sqlmodel import select

from smsbot.calls import house
from smsbot.calls.code import set_code
from smsbot.errors import Refused
from smsbot.models import Alert, Call, Inbound, Patient, VoiceNote
from tests.api_support import ANA, MESA
from tests.calls_support import ACCOUNT, BASE, Handset, calls_of, joined_world, post, ready_phone
from tests.phone_support import Phone
from tests.twiml_grammar import voice_faults

FIELDS = [("CallSid", "CA" + "1" * 32), ("AccountSid", ACCOUNT), ("From", ANA), ("To", "+15005550006"),
          ("CallStatus", "ringing"), ("Direction", "inbound")]  # fmt: skip


@pytest.fixture
def handset(tmp_path: Path) -> Handset:
    return Handset(joined_world(tmp_path))


@pytest.mark.parametrize("path", ["/webhooks/voice", f"/webhooks/voice/{MESA}/1", f"/webhooks/call-status/{MESA}"])
def test_an_unsigned_call_is_refused_and_leaves_nothing(handset: Handset, path: str) -> None:
    assert post(handset.client, BASE + path, FIELDS, token="guess").status_code == 403
    assert calls_of(handset.world) == []


@pytest.mark.parametrize("change", [("AccountSid", "AC" + "9" * 32), ("CallSid", "nonsense")])
def test_another_account_or_a_call_without_an_id_is_refused(handset: Handset, change: tuple[str, str]) -> None:
    fields = [(name, change[1] if name == change[0] else value) for name, value in FIELDS]
    assert post(handset.client, f"{BASE}/webhooks/voice", fields).status_code in (400, 403)


def test_a_number_that_is_no_clinics_hears_where_help_is(handset: Handset) -> None:
    fields = [(name, "+15005550999" if name == "To" else value) for name, value in FIELDS]
    answer = post(handset.client, f"{BASE}/webhooks/voice", fields)
    assert "9 1 1" in answer.text
    assert voice_faults(answer.text) == []


def test_a_fault_of_ours_still_says_where_help_is(handset: Handset) -> None:
    handset.dial()
    with handset.world.runtime.database.write() as db:
        call = db.exec(select(Call)).one()
        call.details = {"state": {"at": "nowhere"}}
        db.add(call)
    heard = handset.press("1")
    assert "9 1 1" in heard[0]
    assert heard[-1] == "(the line hangs up)"


def test_a_repeated_request_is_answered_byte_for_byte_and_done_once(handset: Handset) -> None:
    handset.dial()
    handset.press("1")
    handset.press("1")
    url, fields = handset.last
    answers = {post(handset.client, url, fields).text for _ in range(3)}
    assert answers == {handset.documents[-1]}
    with handset.world.runtime.database.read() as db:
        assert len(db.exec(select(VoiceNote)).all()) == 1


def test_the_fallback_address_goes_on_where_the_call_is(handset: Handset) -> None:
    handset.dial()
    handset.press("1")
    fields = [*handset.last[1], ("ErrorCode", "11200")]
    assert post(handset.client, f"{BASE}/webhooks/voice", fields).text == handset.documents[-1]


def test_another_call_cannot_go_on_with_this_one(handset: Handset) -> None:
    handset.dial()
    url = f"{BASE}/webhooks/voice/{calls_of(handset.world)[0].id}/1"
    fields = [(name, "CA" + "e" * 32 if name == "CallSid" else value) for name, value in FIELDS]
    assert "9 1 1" in post(handset.client, url, [*fields, ("Digits", "1")]).text
    assert calls_of(handset.world)[0].step == 1


def test_danger_spoken_is_an_alert_with_its_words_in_the_same_commit(handset: Handset) -> None:
    handset.dial()
    handset.press("1")
    heard = handset.say("I want to die")
    assert any("9 8 8" in line for line in heard)
    with handset.world.runtime.database.read() as db:
        alert, inbound = db.exec(select(Alert)).one(), db.exec(select(Inbound).where(Inbound.via == "voice")).one()
    assert alert.inbounds == [str(inbound.id)]
    assert (inbound.tier, inbound.filed_as) == (2, "danger")


def cry(phone: Phone, words: str = "I want to die") -> list[str]:
    return [text.line for text in phone.text(words)]


def test_a_crisis_line_heard_on_the_phone_is_not_texted_whole_again_within_the_hour(handset: Handset) -> None:
    ana = ready_phone(handset.world)
    handset.dial()
    handset.press("*")
    handset.hang_up()
    assert cry(ana) == ["crs_r"]
    assert cry(ana, "I took all my pills") == ["crs_1mb"]  # worse: always whole
    handset.world.watch.on(hours=1)
    assert cry(ana) == ["crs_2b"]


def test_a_crisis_text_counts_on_the_phone_as_well(handset: Handset) -> None:
    assert cry(ready_phone(handset.world)) == ["crs_2b"]
    handset.dial()
    assert handset.press("*")[0].startswith("Your team will find this with your other messages.")


def test_a_caller_may_stop_by_voice(handset: Handset) -> None:
    handset.dial()
    handset.press("1")
    heard = handset.say("stop texting me")
    assert heard[-1] == "(the line hangs up)"
    with handset.world.runtime.database.read() as db:
        inbound = db.exec(select(Inbound).where(Inbound.via == "voice")).one()
    assert inbound.filed_as == "stop"


def test_a_recording_is_reported_under_its_notes_own_address(handset: Handset) -> None:
    handset.dial()
    handset.press("1")
    handset.press("1")
    with handset.world.runtime.database.read() as db:
        note = db.exec(select(VoiceNote)).one()
    assert f'recordingStatusCallback="{BASE}/webhooks/recording/{note.id}"' in handset.documents[-1]
    assert note.due_at is not None


@pytest.mark.parametrize("code", ["1234", "0000", "7777", "9876", "1988", "12a4", "482", "48261"])
def test_a_code_that_everybody_would_try_first_is_refused(handset: Handset, code: str) -> None:
    with handset.world.desk() as desk:
        patient = desk.db.exec(select(Patient)).one()
        with pytest.raises(Refused):
            set_code(desk.keys.patient(patient.id, patient.wrapped_key), patient, code)


def test_after_five_misses_no_code_is_right_until_the_clinic_gives_a_new_one(handset: Handset) -> None:
    give_code(handset, "4826")
    handset.dial()
    handset.press("1")
    for code in ("4820", "4821", "4822", "4823", "4824", "4826"):
        handset.press("4")
        assert handset.press(code)[0].startswith("Without a code that fits")
    give_code(handset, "5937")
    handset.press("4")
    assert handset.press("5937")[0] == "No words are kept here yet."


def give_code(handset: Handset, code: str) -> None:
    with handset.world.desk() as desk:
        patient = desk.db.exec(select(Patient)).one()
        set_code(desk.keys.patient(patient.id, patient.wrapped_key), patient, code)


def test_a_clinic_sets_how_long_a_note_may_be_and_whether_988_is_offered(handset: Handset) -> None:
    with handset.world.desk() as desk:
        assert house.change(desk.clinic, {"note_seconds": 600, "dial_988": True, "speech": True}) == {
            "note_seconds": 600,
            "dial_988": True,
        }
        desk.db.add(desk.clinic)
    handset.dial()
    assert "To be put through to 9 8 8 now, press 1." in handset.press("*")
    handset.press("3")
    handset.press("1")  # a note: what is recorded has to be agreed to first
    assert "maxLength" not in handset.documents[-1]
    handset.press("1")
    assert 'maxLength="600"' in handset.documents[-1]
