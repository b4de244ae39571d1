"""Words that nobody has signed as they stand are not sent to real phones, unless a setting says so."""

from collections.abc import Callable
from pathlib import Path

import pytest

from smsbot import audio
from smsbot.config import Settings
from smsbot.content.signing import content_hash
from smsbot.errors import SettingsFaults
from smsbot.runtime import build
from smsbot.vault import new_master_key
from tests.content_support import ENGLISH, SPANISH, changed, load, write

SANDBOX = "http://127.0.0.1:9"
NOBODY = 'by: "", on: ""'


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., object]:
    """Start a process on a small set of words; the carrier is Twilio itself unless `TWILIO_API_BASE` says otherwise."""

    def started(en: str = ENGLISH, es: str = SPANISH, **changes: str) -> object:
        write(tmp_path, en=en, es=es)
        known = {
            "SMSBOT_HOME": str(tmp_path),
            "SMSBOT_MASTER_KEY": new_master_key(),
            "REDIS_URL": "redis://127.0.0.1:9/0",
            "SMSBOT_FLOWS": str(tmp_path / "flows"),
            "SMSBOT_TEMPLATES": str(tmp_path / "message_templates"),
        }
        runtime = build(Settings(**(known | changes)))  # type: ignore[arg-type]  # aliases are the environment's names
        runtime.database.engine.dispose()
        return runtime

    return started


def signed(folder: Path) -> tuple[str, str]:
    """Both pages, signed as they stand."""
    found = load(write(folder))
    pages = (("en", ENGLISH), ("es", SPANISH))
    en, es = (
        changed(text, NOBODY, f"by: Dana, on: 2026-11-20, hash: {content_hash(found, language, 'small')}")
        for language, text in pages
    )
    return en, es


def test_unsigned_words_refuse_to_start_for_real_phones(start: Callable[..., object]) -> None:
    with pytest.raises(SettingsFaults, match=r"2 pages .* not signed .*SMSBOT_ALLOW_UNSIGNED=1"):
        start()


def test_a_page_that_was_changed_after_its_signature_refuses_too(start: Callable[..., object], tmp_path: Path) -> None:
    en, es = signed(tmp_path)
    with pytest.raises(SettingsFaults, match=r"1 pages .* not signed as they stand \(en/small"):
        start(changed(en, "Nothing more", "Nothing else"), es)


def test_signed_words_start(start: Callable[..., object], tmp_path: Path) -> None:
    assert start(*signed(tmp_path))


@pytest.mark.parametrize("setting", [{"SMSBOT_ALLOW_UNSIGNED": "1"}, {"TWILIO_API_BASE": SANDBOX}])
def test_a_setting_or_the_sandbox_lets_unsigned_words_start(
    start: Callable[..., object], setting: dict[str, str]
) -> None:
    assert start(**setting)


AUDIO = """\
audio: pause
language: en
title: A pause
when: any day
length: 0:10
signed: {by: "", on: ""}

parts:
  - part: all of it
    length: 0:10
    script:
      - say: >-
          Nothing to do.
      - pause: 9
"""


def test_a_guided_recording_is_signed_as_the_texts_are(start: Callable[..., object], tmp_path: Path) -> None:
    pages = signed(tmp_path)
    file = tmp_path / "message_templates" / "en" / "audio" / "pause.yaml"
    file.parent.mkdir()
    file.write_text(AUDIO, "utf-8")
    with pytest.raises(SettingsFaults, match=r"1 pages .* \(en/audio/pause"):
        start(*pages)
    found = audio.load(tmp_path / "message_templates")["en"]["pause"]
    file.write_text(changed(AUDIO, NOBODY, f"by: Dana, on: 2026-11-20, hash: {found.hash}"), "utf-8")
    assert start(*pages)
