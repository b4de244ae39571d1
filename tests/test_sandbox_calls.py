"""Calls end to end: patients call, the service calls, keys, speech, recordings, detection, callbacks, REST."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from smsbot.sandbox.audio import seconds_of, tone
from tests.sandbox_support import ACCOUNT_SID, ANA, AUTH_TOKEN, NUMBER, Listener, Sandbox, listener, shared

RECORDINGS = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Recordings/"


@pytest.fixture
def service() -> Iterator[Listener]:
    with listener() as service:
        service.answers["/voice"] = twiml(
            '<Gather numDigits="1" action="/menu"><Say>Press 1 to leave a note.</Say></Gather><Say>Goodbye.</Say>'
        )
        service.answers["/menu"] = twiml(
            '<Record action="/recorded" maxLength="120" recordingStatusCallback="/rec" '
            'recordingStatusCallbackEvent="completed absent"/>'
        )
        service.answers["/recorded"] = twiml("<Say>Saved.</Say><Hangup/>")
        yield service


@pytest.fixture
def box(service: Listener) -> Sandbox:
    box = shared()
    box.reset(numbers=True)
    box.configure_number(voice_url=service.url("/voice"), status_callback=service.url("/ended"))
    return box


@pytest.fixture
def client(box: Sandbox) -> Client:
    return box.twilio()


def twiml(inner: str) -> tuple[int, str, str]:
    return 200, "text/xml", f"<Response>{inner}</Response>"


def sound(box: Sandbox, sid: str, kind: str = "") -> requests.Response:
    return requests.get(f"{box.base}{RECORDINGS}{sid}{kind}", auth=(ACCOUNT_SID, AUTH_TOKEN), timeout=5)


def events(service: Listener, path: str) -> list[str]:
    return [got["CallStatus"] for got in service.at(path)]


def test_a_patient_leaves_a_voice_note(box: Sandbox, service: Listener, client: Client) -> None:
    call = box.call(ANA)
    assert (call["wants"], call["said"]) == ("keys", ["Press 1 to leave a note."])
    call = box.act(call, "keys", digits="1")
    assert call["wants"] == "recording"
    note = tone(4)
    call = box.act(call, "record", data=note, digits="#")
    assert (call["status"], call["said"][-1]) == ("completed", "Saved.")
    box.wait_idle()
    action, callback = service.at("/recorded")[0], service.at("/rec")[0]
    assert (action["RecordingDuration"], action["Digits"]) == ("4", "#")
    assert (callback["RecordingStatus"], callback["RecordingSource"]) == ("completed", "RecordVerb")
    sid = callback["RecordingSid"]
    assert action["RecordingUrl"] == f"https://api.twilio.com{RECORDINGS}{sid}"
    assert sound(box, sid, ".wav").content == sound(box, sid).content == note
    assert sound(box, sid, ".mp3").content[:2] == b"\xff\xfb"
    assert client.recordings(sid).fetch().duration == "4"
    assert client.recordings(sid).delete()
    assert sound(box, sid).status_code == 404
    assert box.debugger() == []


def test_a_voice_request_carries_the_calls_fields(box: Sandbox, service: Listener) -> None:
    call = box.call(ANA)
    (got,) = service.at("/voice")
    assert (got["CallSid"], got["From"], got["To"]) == (call["sid"], ANA, NUMBER)
    assert (got["CallStatus"], got["Direction"], got["AccountSid"]) == ("ringing", "inbound", ACCOUNT_SID)
    box.act(call, "keys", digits="1")
    assert (service.at("/menu")[0]["CallStatus"], service.at("/menu")[0]["Digits"]) == ("in-progress", "1")


def test_silence_falls_through_and_the_end_is_told_with_its_length(box: Sandbox, service: Listener) -> None:
    call = box.act(box.call(ANA), "silence")
    assert call["said"][-1] == "Goodbye."
    box.wait_idle()
    (ended,) = service.at("/ended")
    assert (ended["CallStatus"], ended["CallDuration"]) == ("completed", "0")


def test_hanging_up_while_recording_still_brings_both_requests(box: Sandbox, service: Listener) -> None:
    call = box.act(box.call(ANA), "keys", digits="1")
    call = box.act(call, "hangup")
    assert call["status"] == "completed"
    box.wait_idle()
    assert service.at("/recorded")[0]["Digits"] == "hangup"
    assert service.at("/rec")[0]["RecordingStatus"] == "completed"
    assert "Saved." not in call["said"]


def test_a_late_recording_is_404_until_its_callback(box: Sandbox, service: Listener) -> None:
    box.fault("recording_late", seconds=0.6)
    box.act(box.act(box.call(ANA), "keys", digits="1"), "record", seconds=3)
    sid = service.at("/recorded")[0]["RecordingSid"]
    assert sound(box, sid).status_code == 404
    box.wait_idle()
    assert service.at("/rec")[0]["RecordingSid"] == sid
    assert seconds_of(sound(box, sid).content) == 3


def test_an_absent_recording_says_so_and_has_no_sound(box: Sandbox, service: Listener, client: Client) -> None:
    box.fault("recording_absent")
    box.act(box.act(box.call(ANA), "keys", digits="1"), "record", seconds=3)
    box.wait_idle()
    (callback,) = service.at("/rec")
    assert (callback["RecordingStatus"], callback["RecordingDuration"]) == ("absent", "0")
    assert client.recordings(callback["RecordingSid"]).fetch().status == "absent"
    assert sound(box, callback["RecordingSid"]).status_code == 404


@pytest.mark.parametrize(("what", "how"), [("speak", {"text": "hi"}), ("record", {"seconds": 1}), ("answer", {})])
def test_what_the_call_does_not_wait_for_is_refused(box: Sandbox, what: str, how: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"waits for keys|not ringing"):
        box.act(box.call(ANA), what, **how)


def test_speech_reaches_the_action_with_its_confidence(box: Sandbox, service: Listener) -> None:
    service.answers["/voice"] = twiml('<Gather input="speech" action="/heard"/>')
    box.act(box.call(ANA), "speak", text="a calm sea", confidence=0.42)
    assert (service.at("/heard")[0]["SpeechResult"], service.at("/heard")[0]["Confidence"]) == (
        "a calm sea",
        "0.4200000",
    )


def test_a_rejected_call_is_never_answered(box: Sandbox, service: Listener) -> None:
    service.answers["/voice"] = twiml("<Reject/>")
    assert box.call(ANA)["status"] == "busy"


def test_a_failing_service_is_apologized_for_or_its_fallback_is_asked(box: Sandbox, service: Listener) -> None:
    service.answers["/voice"] = (500, "text/html", "no")
    assert "application error" in box.call(ANA)["said"][0]
    box.configure_number(voice_fallback_url=service.url("/menu"))
    assert box.call(ANA)["wants"] == "recording"
    assert service.at("/menu")[0]["ErrorCode"] == "11200"


def test_a_record_without_action_is_an_endless_loop_the_debugger_names(box: Sandbox, service: Listener) -> None:
    service.answers["/voice"] = twiml("<Record/>")
    call = box.act(box.call(ANA), "record", seconds=1)
    assert call["wants"] == "recording"
    assert len(service.at("/voice")) == 2
    assert "endless loop" in box.debugger()[0]["message"]


def test_a_redirect_loop_ends(box: Sandbox, service: Listener) -> None:
    service.answers["/voice"] = twiml("<Redirect>/voice</Redirect>")
    assert "application error" in box.call(ANA)["said"][-1]


def test_a_dialed_number_can_answer_or_not(box: Sandbox, service: Listener) -> None:
    service.answers["/voice"] = twiml('<Dial action="/menu">+18002738255</Dial>')
    call = box.call(ANA)
    assert call["wants"] == "dial"
    box.act(call, "dialed", status="no-answer")
    assert service.at("/menu")[0]["DialCallStatus"] == "no-answer"


def dial(client: Client, service: Listener, **more: Any) -> str:
    steps = ["initiated", "ringing", "answered", "completed"]
    made = client.calls.create(
        to=ANA,
        from_=NUMBER,
        url=service.url("/voice"),
        status_callback=service.url("/call"),
        status_callback_event=steps,
        **more,
    )
    assert (made.status, made.direction) == ("queued", "outbound-api")
    return str(made.sid)


def test_the_service_calls_and_a_person_answers(box: Sandbox, service: Listener, client: Client) -> None:
    sid = dial(client, service)
    call = box.wait_for(lambda: [c for c in box.calls(ANA) if c["status"] == "ringing"])[0]
    call = box.act(call, "answer")
    assert call["wants"] == "keys"
    assert client.calls(sid).fetch().status == "in-progress"
    box.act(call, "hangup")
    box.wait_idle()
    assert events(service, "/call") == ["queued", "ringing", "in-progress", "completed"]
    assert [got["SequenceNumber"] for got in service.at("/call")] == ["0", "1", "2", "3"]
    assert service.at("/voice")[0]["Direction"] == "outbound-api"


@pytest.mark.parametrize("outcome", ["busy", "no-answer", "failed"])
def test_the_service_calls_in_vain(box: Sandbox, service: Listener, client: Client, outcome: str) -> None:
    box.phone(ANA, answers=outcome)
    sid = dial(client, service)
    box.wait_idle()
    assert client.calls(sid).fetch().status == outcome
    assert events(service, "/call")[-1] == outcome
    assert service.at("/voice") == []


def test_nobody_answers_within_the_timeout(box: Sandbox, service: Listener, client: Client) -> None:
    dial(client, service, timeout=1)
    box.wait_for(lambda: [c for c in box.calls(ANA) if c["status"] == "no-answer"])


@pytest.mark.parametrize(
    ("answers", "mode", "heard"),
    [
        ("human", "Enable", "human"),
        ("machine_start", "Enable", "machine_start"),
        ("machine_start", "DetectMessageEnd", "machine_end_beep"),
        ("machine_end_silence", "DetectMessageEnd", "machine_end_silence"),
        ("unknown", "Enable", "unknown"),
    ],
)
def test_answering_machines_are_detected(
    box: Sandbox, service: Listener, client: Client, answers: str, mode: str, heard: str
) -> None:
    box.phone(ANA, answers=answers)
    sid = dial(client, service, machine_detection=mode)
    box.wait_for(lambda: service.at("/voice"))
    assert service.at("/voice")[0]["AnsweredBy"] == heard
    assert client.calls(sid).fetch().answered_by == heard


def test_detection_can_come_by_itself_later(box: Sandbox, service: Listener, client: Client) -> None:
    box.phone(ANA, answers="machine_start")
    dial(
        client,
        service,
        machine_detection="Enable",
        async_amd="true",
        async_amd_status_callback=service.url("/amd"),
    )
    box.wait_for(lambda: service.at("/amd"))
    box.wait_for(lambda: service.at("/voice"))
    assert service.at("/amd")[0]["AnsweredBy"] == "machine_start"
    assert "AnsweredBy" not in dict(service.at("/voice")[0].params)


def test_the_service_redirects_and_ends_a_live_call(box: Sandbox, service: Listener, client: Client) -> None:
    call = box.call(ANA)
    client.calls(call["sid"]).update(twiml="<Response><Say>One moment.</Say><Gather input='speech'/></Response>")
    box.wait_idle()
    assert box.get(f"/calls/{call['sid']}")["wants"] == "speech"
    assert client.calls(call["sid"]).update(status="completed").status == "completed"
    with pytest.raises(TwilioRestException) as over:
        client.calls(call["sid"]).update(status="completed")
    assert over.value.code == 21220


def test_calls_and_recordings_are_listed(box: Sandbox, service: Listener, client: Client) -> None:
    first, second = box.call(ANA), box.call("+14155550199")
    assert [call.sid for call in client.calls.list(limit=5)] == [second["sid"], first["sid"]]
    assert [call.sid for call in client.calls.list(from_=ANA, status="in-progress", limit=5)] == [first["sid"]]
    box.act(box.act(first, "keys", digits="1"), "record", seconds=2)
    box.wait_idle()
    (recording,) = client.recordings.list(call_sid=first["sid"], limit=5)
    assert [r.sid for r in client.calls(first["sid"]).recordings.list(limit=5)] == [recording.sid]
    assert client.calls(first["sid"]).delete()
    assert len(client.calls.list(limit=5)) == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"url": None}, 21205),
        ({"from_": "+14155559999"}, 21210),
        ({"machine_detection": "enable"}, 20001),
        ({"async_amd": True}, 20001),
        ({"timeout": 601}, 20001),
        ({"status_callback_event": ["started"]}, 20001),
        ({"twiml": "x" * 4001}, 20001),
    ],
)
def test_a_wrong_call_is_refused(box: Sandbox, client: Client, change: dict[str, Any], code: int) -> None:
    wanted = {"to": ANA, "from_": NUMBER, "url": "http://a.example/v", **change}
    with pytest.raises(TwilioRestException) as refused:
        client.calls.create(**{name: value for name, value in wanted.items() if value is not None})
    assert refused.value.code == code
    assert box.calls() == []
