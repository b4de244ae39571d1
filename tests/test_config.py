"""Settings are read once and every fault is told together."""

import stat
from pathlib import Path

import pytest

from smsbot import config
from smsbot.errors import SettingsFaults
from smsbot.vault import new_master_key

FIT = {
    "SMSBOT_MASTER_KEY": new_master_key(),
    "SECRET_KEY": "secret",
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": "newest, older",
    "PUBLIC_BASE_URL": "https://clinic.example/",
}


def faults(**changes: str) -> list[str]:
    with pytest.raises(SettingsFaults) as caught:
        config.load(FIT | changes)
    return caught.value.faults


def test_fit_settings_load() -> None:
    settings = config.load(FIT)
    assert settings.tokens == ("newest", "older")
    assert settings.public_base_url == "https://clinic.example"
    assert settings.database.startswith("sqlite:///")


def test_every_fault_of_form_is_told_at_once() -> None:
    told = faults(PORT="many", SMSBOT_OPT_OUT_MODE="maybe", PUBLIC_BASE_URL="clinic", SMSBOT_SEND_THREADS="0")
    assert {fault.split(":")[0] for fault in told} == {
        "PORT",
        "SMSBOT_OPT_OUT_MODE",
        "PUBLIC_BASE_URL",
        "SMSBOT_SEND_THREADS",
    }


def test_every_fault_of_sense_is_told_at_once() -> None:
    told = faults(
        SMSBOT_MASTER_KEY="short",
        TWILIO_AUTH_TOKEN=",",
        TWILIO_API_KEY_SID="SK1",
        SMSBOT_SANDBOX="1",
        PUBLIC_BASE_URL="http://clinic.example",
        SMSBOT_CRASH_AT="turn:1",
        SMSBOT_RECONCILE_AFTER="soon",
    )
    assert len(told) == 7


def test_an_empty_setting_counts_as_left_out() -> None:
    assert config.load(FIT | {"PORT": "", "REDIS_URL": ""}).port == 8000


def test_keys_are_made_once_for_their_owner_alone(tmp_path: Path) -> None:
    made = config.make_keys(tmp_path)
    assert len(made) == 2
    assert config.make_keys(tmp_path) == []
    assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o600}
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_keys_left_out_are_read_from_the_home_folder(tmp_path: Path) -> None:
    config.make_keys(tmp_path)
    rest = {name: value for name, value in FIT.items() if name not in ("SMSBOT_MASTER_KEY", "SECRET_KEY")}
    settings = config.load(rest | {"SMSBOT_HOME": str(tmp_path)})
    assert len(settings.masters) == 1
    assert settings.secret_key.get_secret_value()


def test_no_secret_shows_in_print() -> None:
    shown = repr(config.load(FIT | {"TWILIO_API_KEY_SID": "SK1", "TWILIO_API_KEY_SECRET": "hush"}))
    for secret in (FIT["SMSBOT_MASTER_KEY"], "newest", "hush"):
        assert secret not in shown


def test_no_fault_repeats_a_secret() -> None:
    told = " ".join(faults(SMSBOT_MASTER_KEY="my-real-key", PORT="x"))
    assert "my-real-key" not in told


def test_the_movable_clock_needs_the_sandbox_and_no_real_carrier() -> None:
    boxed = FIT | {"SMSBOT_SANDBOX": "1", "TWILIO_API_BASE": "http://127.0.0.1:9"}
    assert config.load(boxed).movable_clock
    assert not config.load(FIT).movable_clock
    assert faults(SMSBOT_SANDBOX="1", TWILIO_API_BASE="https://api.dublin.ie1.twilio.com")


def test_settings_cannot_be_changed_later() -> None:
    with pytest.raises(ValueError):
        config.load(FIT).port = 9  # type: ignore[misc]
