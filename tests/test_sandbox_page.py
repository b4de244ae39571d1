"""The phone page: works as plain forms, shows what happened, keeps to this machine, fetches nothing from elsewhere."""

import re
from collections.abc import Iterator

import pytest
import requests

from tests.sandbox_support import ANA, NUMBER, Listener, Sandbox, listener, shared


@pytest.fixture
def service() -> Iterator[Listener]:
    with listener() as service:
        service.answers["/sms"] = (200, "text/xml", "<Response><Message>Thank you</Message></Response>")
        service.answers["/voice"] = (
            200,
            "text/xml",
            '<Response><Gather numDigits="1"><Say>Press 1.</Say></Gather></Response>',
        )
        yield service


@pytest.fixture
def box(service: Listener) -> Sandbox:
    box = shared()
    box.reset(numbers=True)
    box.change(service_url="")
    box.configure_number(sms_url=service.url("/sms"), voice_url=service.url("/voice"))
    return box


def page(box: Sandbox, path: str = "/") -> str:
    answer = requests.get(box.base + path, timeout=5)
    assert answer.status_code == 200
    return answer.text


def submit(box: Sandbox, path: str, **form: str) -> str:
    answer = requests.post(box.base + path, data=form, timeout=10)
    assert answer.status_code == 200
    return answer.text


def test_an_empty_page_says_what_to_do(box: Sandbox) -> None:
    assert "No phones yet." in page(box)
    assert "no service address is set" in page(box).lower()


def test_a_text_is_sent_and_its_answer_shown_with_status(box: Sandbox) -> None:
    submit(box, "/page/phones", number="(415) 555-0123", name="Ana")
    submit(box, "/page/text", **{"from": ANA, "to": NUMBER, "body": "¿Qué tal? 🙂\r\n<b>x</b>"})
    box.wait_idle()
    shown = page(box)
    assert "¿Qué tal? 🙂\n&lt;b&gt;x&lt;/b&gt;" in shown
    assert "Thank you" in shown
    assert "delivered" in shown
    assert box.messages(direction="inbound")[0]["body"] == "¿Qué tal? 🙂\n<b>x</b>"


@pytest.mark.parametrize(
    ("path", "form", "said"),
    [
        ("/page/phones", {"number": "12"}, "looks like +1 415 555 0123"),
        ("/page/phones", {"number": NUMBER}, "not one of the clinic"),
        ("/page/text", {"from": ANA, "to": NUMBER, "body": ""}, "Write something first"),
        ("/page/text", {"from": ANA, "to": "+15005550099", "body": "x"}, "not a number of this account"),
        ("/page/clock", {"advance": "1 day"}, "no service address"),
        ("/page/faults", {"kind": "explode"}, "unknown fault"),
        ("/page/call", {"sid": "CA1", "what": "keys", "digits": "1"}, "no call"),
    ],
)
def test_a_mistake_is_told_in_words(box: Sandbox, path: str, form: dict[str, str], said: str) -> None:
    (alert,) = re.findall(r'<div id="failed" role="alert">(.*?)</div>', submit(box, path, **form), re.S)
    assert said in alert.replace("&#39;", "'")


def test_a_fault_is_switched_on_and_off(box: Sandbox) -> None:
    assert "no receipt: 2 to go" in submit(box, "/page/faults", kind="no_receipt", count="2")
    assert "All faults are off" in submit(box, "/page/faults", kind="off")
    assert box.get("/faults")["faults"] == []


def test_the_script_gets_cards_only_when_something_changed(box: Sandbox) -> None:
    box.text(ANA, "x")
    box.wait_idle()
    first = requests.get(box.base + "/page/cards", timeout=5)
    assert "Thank you" in first.text
    again = requests.get(box.base + "/page/cards", params={"changes": first.headers["X-Changes"]}, timeout=5)
    assert again.status_code == 204


def test_one_phone_can_be_shown_alone_and_stays_alone(box: Sandbox) -> None:
    box.text(ANA, "from Ana")
    box.text("+14155550199", "from Ben")
    assert "from Ben" not in page(box, "/?phone=%2B14155550123")
    after = submit(box, "/page/text", **{"from": ANA, "to": NUMBER, "body": "more", "alone": ANA})
    assert "from Ben" not in after


def test_a_call_is_made_on_the_page(box: Sandbox) -> None:
    submit(box, "/page/phones", number=ANA)
    shown = submit(box, "/page/call", phone=ANA, to=NUMBER, what="call")
    assert "Press 1." in shown
    sid = box.calls(ANA)[0]["sid"]
    assert "Press 1." in submit(box, "/page/call", phone=ANA, sid=sid, what="keys", digits="1")
    assert len(box.calls(ANA)) == 1
    submit(box, "/page/call", phone=ANA, sid=sid, what="hangup")
    assert box.calls(ANA)[0]["status"] == "completed"


def test_every_control_has_a_label_and_texts_are_announced(box: Sandbox) -> None:
    box.text(ANA, "x")
    shown = page(box)
    ids = set(re.findall(r'<label[^>]* for="([^"]+)"', shown))
    for control in re.findall(r"<(?:input|select|textarea)[^>]*>", shown):
        found = re.search(r'id="([^"]+)"', control)
        assert 'type="hidden"' in control or "aria-label=" in control or (found and found[1] in ids), control
    assert 'role="log" aria-live="polite"' in shown
    assert '<html lang="en">' in shown


def test_nothing_comes_from_elsewhere_and_nothing_runs_inline(box: Sandbox) -> None:
    answer = requests.get(box.base + "/", timeout=5)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert re.findall(r'(?:src|href)="(https?:)?//', answer.text) == []
    assert re.findall(r"<script>|<style>| on\w+=| style=", answer.text) == []
    for name in ("sandbox.css", "sandbox.js"):
        assert "http" not in page(box, "/static/" + name).replace("http-", "")


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}])
def test_the_page_keeps_to_this_machine(box: Sandbox, headers: dict[str, str]) -> None:
    assert requests.post(box.base + "/page/reset", headers=headers, timeout=5).status_code == 403
