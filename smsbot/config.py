"""Settings: read from the environment once, checked once, every fault reported together."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from smsbot.errors import SettingsFaults
from smsbot.mail import server as mail_server
from smsbot.vault import master_keys, new_master_key

TWILIO_HOSTS = (".twilio.com",)


class Settings(BaseSettings):
    """Everything a process is told from outside; the README's settings table is made from these descriptions."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True, case_sensitive=True)

    database_url: str = Field("", alias="DATABASE_URL", description="SQLite in SMSBOT_HOME unless this names another")
    redis_url: str = Field("", alias="REDIS_URL", description="embedded in SMSBOT_HOME unless this names a server")
    home: Path = Field(Path("var"), alias="SMSBOT_HOME", description="folder for the database, keys and own content")
    master_key: SecretStr = Field(
        SecretStr(""), alias="SMSBOT_MASTER_KEY", description="base64 of 32 bytes; several while rotating, newest first"
    )
    secret_key: SecretStr = Field(SecretStr(""), alias="SECRET_KEY", description="signs cookies and expiring links")
    public_base_url: str = Field(
        "http://127.0.0.1:8000", alias="PUBLIC_BASE_URL", description="the address the carrier and staff reach us at"
    )
    port: int = Field(8000, alias="PORT", ge=0, le=65535, description="port of the web process")
    account_sid: str = Field("", alias="TWILIO_ACCOUNT_SID", description="the carrier account (AC...)")
    auth_token: SecretStr = Field(
        SecretStr(""),
        alias="TWILIO_AUTH_TOKEN",
        description="checks webhooks; several while rotating",
    )
    api_key_sid: str = Field("", alias="TWILIO_API_KEY_SID", description="API key for sending (SK...), preferred")
    api_key_secret: SecretStr = Field(SecretStr(""), alias="TWILIO_API_KEY_SECRET", description="its secret")
    api_base: str = Field("", alias="TWILIO_API_BASE", description="a Twilio-compatible host, such as the sandbox")
    opt_out_mode: Literal["app", "twilio"] = Field(
        "app", alias="SMSBOT_OPT_OUT_MODE", description="who confirms STOP: us (app) or the carrier (twilio)"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", alias="SMSBOT_LOG_LEVEL", description="how much is logged"
    )
    sandbox: bool = Field(False, alias="SMSBOT_SANDBOX", description="obey the sandbox's movable clock")
    allow_unsigned: bool = Field(
        False, alias="SMSBOT_ALLOW_UNSIGNED", description="send content no clinician has signed"
    )
    smtp_url: SecretStr = Field(SecretStr(""), alias="SMTP_URL", description="mail server for alert copies")
    alert_from: str = Field("", alias="ALERT_FROM", description="sender address of alert mail")
    flows: Path | None = Field(None, alias="SMSBOT_FLOWS", description="a clinic's own flows folder")
    templates: Path | None = Field(None, alias="SMSBOT_TEMPLATES", description="a clinic's own lines folder")
    stt_model: Path | None = Field(
        None, alias="SMSBOT_STT_MODEL", description="folder of a speech model; else the one `transcribe --setup` made"
    )
    web_threads: int = Field(8, alias="SMSBOT_WEB_THREADS", ge=1, le=64, description="threads of one web process")
    web_workers: int = Field(0, alias="SMSBOT_WEB_WORKERS", ge=0, le=64, description="web processes; 0 chooses")
    send_threads: int = Field(25, alias="SMSBOT_SEND_THREADS", ge=1, le=100, description="sends at once per worker")
    reconcile_after: str = Field(
        "15,60,180", alias="SMSBOT_RECONCILE_AFTER", description="seconds after an unclear send to look it up"
    )
    crash_at: str = Field("", alias="SMSBOT_CRASH_AT", description="for kill tests: point:count, sandbox mode only")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)

    @field_validator("public_base_url", "api_base")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment):
            raise ValueError("must be an address like https://texts.example.org")
        if value and parts.username:
            raise ValueError("must not hold a user name or password: the carrier's signature breaks on it")
        return value.rstrip("/")

    @property
    def tokens(self) -> tuple[str, ...]:
        """Auth tokens accepted on webhooks, newest first."""
        return tuple(part.strip() for part in self.auth_token.get_secret_value().split(",") if part.strip())

    @property
    def real_carrier(self) -> bool:
        """Texts leave for real phones: no api_base, or one at Twilio."""
        host = urlsplit(self.api_base).hostname or "api.twilio.com"
        return host.endswith(TWILIO_HOSTS)

    @property
    def movable_clock(self) -> bool:
        """The sandbox may move care time (RULINGS 31): never while real phones are at the other end."""
        return self.sandbox and not self.real_carrier

    @property
    def mail(self) -> str:
        """The mail server's address with its password, or an empty one."""
        return self.smtp_url.get_secret_value()

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.home.absolute() / 'smsbot.db'}"

    @property
    def masters(self) -> list[bytes]:
        return master_keys(self.master_key.get_secret_value())

    @property
    def reconcile_seconds(self) -> tuple[int, ...]:
        return tuple(int(part) for part in self.reconcile_after.split(","))


def load(environ: Mapping[str, str]) -> Settings:
    """Read and check all settings; SettingsFaults with every fault at once.

    Keys left out are taken from `SMSBOT_HOME/keys` (made by `smsbot setup`, mode 0600).
    """
    values = {name: value for name, value in environ.items() if value != ""}
    home = Path(values.get("SMSBOT_HOME", "var"))
    for name, file in KEY_FILES.items():
        if name not in values and (home / "keys" / file).is_file():
            values[name] = (home / "keys" / file).read_text().strip()
    try:
        settings = Settings(**values)  # type: ignore[arg-type]  # aliases are the environment's names
    except ValidationError as error:
        raise SettingsFaults([_in_words(fault["loc"], fault["msg"]) for fault in error.errors()]) from None
    faults = _faults(settings)
    if faults:
        raise SettingsFaults(faults)
    return settings


KEY_FILES = {"SMSBOT_MASTER_KEY": "master.key", "SECRET_KEY": "secret.key"}


def make_keys(home: Path) -> list[Path]:
    """Write the key files that are missing under `home` (folder 0700, files 0600) and return the new ones."""
    folder = home / "keys"
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    made = []
    for file, value in (("master.key", new_master_key()), ("secret.key", secrets.token_urlsafe(32))):
        path = folder / file
        if not path.exists():
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                out.write(value + "\n")
            made.append(path)
    return made


def _in_words(place: tuple[int | str, ...], message: str) -> str:
    return f"{'.'.join(str(part) for part in place)}: {message.removeprefix('Value error, ')}"


def _mail_faults(settings: Settings) -> list[str]:
    """Mail needs a server and a sender; without a server there is none, which is allowed."""
    if not settings.mail:
        return []
    faults = []
    try:
        mail_server(settings.mail)
    except ValueError as error:
        faults.append(f"SMTP_URL: {error}.")
    if "@" not in settings.alert_from:
        faults.append("ALERT_FROM: the sender's address is needed to send mail.")
    return faults


def _faults(settings: Settings) -> list[str]:
    """Faults that need more than one setting, or the outside, to see."""
    faults = _mail_faults(settings)
    try:
        _ = settings.masters
    except ValueError as error:
        faults.append(f"SMSBOT_MASTER_KEY: {error}. `smsbot setup` makes one.")
    if not settings.secret_key.get_secret_value():
        faults.append("SECRET_KEY: missing. `smsbot setup` makes one.")
    if not settings.account_sid or not settings.tokens:
        faults.append("TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN: both are needed to check webhooks and to send.")
    if bool(settings.api_key_sid) != bool(settings.api_key_secret.get_secret_value()):
        faults.append("TWILIO_API_KEY_SID and TWILIO_API_KEY_SECRET: set both or neither.")
    if settings.sandbox and settings.real_carrier:
        faults.append(
            "SMSBOT_SANDBOX=1 needs a TWILIO_API_BASE that is not Twilio: a movable clock never texts real phones."
        )
    if settings.real_carrier and not settings.public_base_url.startswith("https://"):
        faults.append("PUBLIC_BASE_URL: must start with https:// when real phones are at the other end.")
    if settings.crash_at and not settings.movable_clock:
        faults.append("SMSBOT_CRASH_AT: for kill tests in sandbox mode only.")
    try:
        _ = settings.reconcile_seconds
    except ValueError:
        faults.append("SMSBOT_RECONCILE_AFTER: seconds separated by commas, such as 15,60,180.")
    return faults
