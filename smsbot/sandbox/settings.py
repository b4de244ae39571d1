"""What a sandbox is started with: its address, its account, and how the carrier in it behaves."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

OptOut = Literal["app", "twilio", "advanced"]
OPT_OUT_MODES: tuple[OptOut, ...] = ("app", "twilio", "advanced")


@dataclass(frozen=True)
class Settings:
    """Seconds are machine seconds. `opt_out`: `app` (no filter at the carrier), `twilio` (default keywords) or
    `advanced` (the same, and the webhook carries OptOutType). Rates and caps of 0 mean none."""

    bind: str = "127.0.0.1:4010"  # or fd://N for a socket the parent has bound already
    account_sid: str = "AC" + "5a" * 16
    auth_token: str = "sandbox-auth-token"  # noqa: S105 - the sandbox's public default, not a secret
    api_key_sid: str = "SK" + "5a" * 16
    api_key_secret: str = "sandbox-api-key-secret"  # noqa: S105
    test_account_sid: str = "AC" + "7e" * 16
    test_auth_token: str = "sandbox-test-token"  # noqa: S105
    service_sid: str = "MG" + "5a" * 16
    service_url: str | None = None  # where smsbot answers; the clock controls need it
    numbers: tuple[str, ...] = ("+15005550006",)
    opt_out: OptOut = "app"
    sent_after: float = 0.05
    delivered_after: float = 0.1
    sender_rate: float = 0.0  # segments a second and sender
    daily_cap: int = 0  # segments a day and sender
    keep: int = 100_000  # messages kept in memory; the oldest go first
    threads: int = 64
    seed: int = 1
    journal: Path | None = None  # JSON lines, one per message change and webhook


def from_environment(env: Mapping[str, str] = os.environ) -> Settings:
    """The settings a shared environment file implies: the service's own names, so that both sides agree.

    Raises ValueError for an opt-out mode that does not exist or a delay that is no number."""
    plain = Settings()
    mode = env.get("SANDBOX_OPT_OUT") or env.get("SMSBOT_OPT_OUT_MODE") or plain.opt_out
    if mode not in OPT_OUT_MODES:
        raise ValueError(f"opt-out mode must be one of {', '.join(OPT_OUT_MODES)}, not {mode!r}")
    numbers = tuple(number.strip() for number in env.get("SANDBOX_NUMBERS", "").split(",") if number.strip())
    journal = env.get("SANDBOX_JOURNAL")
    return Settings(
        bind=env.get("SANDBOX_BIND", plain.bind),
        account_sid=env.get("TWILIO_ACCOUNT_SID") or plain.account_sid,
        auth_token=(env.get("TWILIO_AUTH_TOKEN") or plain.auth_token).split(",")[0].strip(),
        api_key_sid=env.get("TWILIO_API_KEY_SID") or plain.api_key_sid,
        api_key_secret=env.get("TWILIO_API_KEY_SECRET") or plain.api_key_secret,
        service_url=env.get("PUBLIC_BASE_URL") or None,
        numbers=numbers or plain.numbers,
        opt_out=mode,
        sent_after=float(env.get("SANDBOX_SENT_AFTER") or plain.sent_after),
        delivered_after=float(env.get("SANDBOX_DELIVERED_AFTER") or plain.delivered_after),
        journal=Path(journal) if journal else None,
    )
