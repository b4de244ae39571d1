"""Runs the demo: sockets bound first, then store, tables, carrier, clinic, web, worker, clock; stopped in reverse."""

import json
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import urllib3

from smsbot import embedded
from smsbot.demo.children import Child
from smsbot.demo.people import NUMBER, PEOPLE, STAFF
from smsbot.demo.places import BOX_PORT, WEB_PORT, Addresses, Home, address, environment, listen
from smsbot.errors import Refused

ACCOUNT = "AC" + "5a" * 16
READY_S = 120.0
LOOK_S = 0.2
Tell = Callable[[str], None]


def run(base: Path, environ: dict[str, str], tell: Tell) -> None:
    """Run the demo until a signal ends it. A second start only says where the first one runs."""
    home = Home(base)
    if not home.take():
        running = home.remembered()
        tell(_sign(running) if running else "The demo is starting already.")
        return
    try:
        Demo(home, environ, tell).run()
    finally:
        home.release()


@dataclass
class Demo:
    """One run: `children` in the order they are started, which is the other way round from how they are stopped."""

    home: Home
    environ: dict[str, str]
    tell: Tell
    children: list[Child] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self.stopping.set())
        wanted = self.environ.get("PORT", "")
        web = listen(int(wanted) if wanted.isdigit() else WEB_PORT, firmly=bool(wanted))
        box = listen(BOX_PORT, firmly=False)
        found = Addresses(f"{address(web)}/portal/", f"{address(box)}/", os.getpid())
        env = self._settings(address(web), address(box))
        try:
            last = self.home.remembered()
            if last is None:
                self._first(env, web.fileno(), box.fileno(), found)
            else:
                self._again(env, web.fileno(), box.fileno(), found, last)
            self._watch()
        finally:
            self.tell("Stopping ...")
            for child in reversed(self.children):
                child.stop()
            web.close()
            box.close()

    def _settings(self, web: str, box: str) -> dict[str, str]:
        """The children's environment: a sandboxed service that shares nothing with any other."""
        token = self.home.path / "keys" / "sandbox.token"
        token.parent.mkdir(mode=0o700, exist_ok=True)
        if not token.exists():
            token.touch(mode=0o600)
            token.write_text(secrets.token_hex(16))
        return environment(self.environ) | {
            "SMSBOT_HOME": str(self.home.path),
            "SMSBOT_SANDBOX": "1",
            "SMSBOT_ALLOW_UNSIGNED": "1",
            "PUBLIC_BASE_URL": web,
            "REDIS_URL": embedded.url(self.home.path),
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": token.read_text().strip(),
            "TWILIO_API_BASE": box,
            "SANDBOX_NUMBERS": NUMBER,
        }

    def _first(self, env: dict[str, str], web: int, box: int, found: Addresses) -> None:
        """Tables and a clinic are made before anything needs them."""
        self.tell("Starting the demo ...")
        self._carrier(env, box)
        seeded = self._seed(env)
        self._web(env, web)
        self._background(env)
        self._ready(env, found, seeded)
        if not self.stopping.is_set():
            self.tell(_sign(found))

    def _again(self, env: dict[str, str], web: int, box: int, found: Addresses, last: Addresses) -> None:
        """Tables and clinic are there: pages and phones come first, then what makes the clinic's day move on."""
        self.tell("Starting the demo ...")
        self._web(env, web)
        self._carrier(env, box)
        self._wait(lambda: self._settled() and _get(env["PUBLIC_BASE_URL"] + "/healthz") is not None)
        if not self.stopping.is_set():
            found.email, found.password = last.email, last.password
            self.tell(_sign(found))
        seeded = self._seed(env)  # a newer version's tables, before anything writes to them
        self._background(env)
        self._ready(env, found, seeded)

    def _web(self, env: dict[str, str], web: int) -> None:
        self._add("web", env | {"SMSBOT_LISTEN_FD": str(web)}, _runs([_smsbot(), "web"], web))

    def _carrier(self, env: dict[str, str], box: int) -> None:
        self._add("store", env, self._store, closes=True, then=lambda: embedded.answers(self.home.path))
        self._add("sandbox", env, _runs([_smsbot(), "sandbox", "--bind", f"fd://{box}"], box), then=self._phones(env))

    def _background(self, env: dict[str, str]) -> None:
        for name in ("worker", "clock"):
            self._add(name, env, _runs([_smsbot(), name]), orphaned=signal.SIGKILL)

    def _seed(self, env: dict[str, str]) -> dict[str, Any]:
        """Make the clinic where there is none; what was made."""
        if self.stopping.is_set():
            return {}
        made: dict[str, Any] = json.loads(self._once("seed", env, [sys.executable, "-m", "smsbot.demo.seed"]))
        return made

    def _ready(self, env: dict[str, str], found: Addresses, seeded: dict[str, Any]) -> None:
        """Wait until everything answers, and let the patients do what they do first."""
        self._wait(lambda: self._settled() and _get(env["PUBLIC_BASE_URL"] + "/readyz") is not None)
        if not self.stopping.is_set():
            self._remember(seeded, found)
            self._reply(seeded["replies"], env["TWILIO_API_BASE"] + "/sandbox")

    def _reply(self, replies: list[list[str]], box: str) -> None:
        """Text back as the patients do, each once the invitation is on their phone."""
        for phone, text in replies:
            heard = f"{box}/messages?{urlencode({'to': phone, 'limit': 1})}"
            self._wait(lambda heard=heard: b'"sid"' in (_get(heard) or b""))  # type: ignore[misc]
            if not self.stopping.is_set():
                _post(f"{box}/text", {"from": phone, "to": NUMBER, "body": text})

    def _remember(self, seeded: dict[str, Any], found: Addresses) -> None:
        last = self.home.remembered()
        account = seeded["account"] or ({"email": last.email, "password": last.password} if last else {})
        found.email, found.password = account.get("email", ""), account.get("password", "")
        self.home.remember(found)

    def _add(self, name: str, env: dict[str, str], command: Any, **options: Any) -> None:
        if self.stopping.is_set():
            return
        child = Child(name, command, env, self.home.logs / f"{name}.log", **options)
        self.children.append(child)
        child.start()

    def _once(self, name: str, env: dict[str, str], words: list[str]) -> str:
        """Run something that ends by itself; Refused with its last words if it fails."""
        done = subprocess.run(words, env=env, capture_output=True, text=True, start_new_session=True)
        if done.returncode:
            raise Refused(f"The demo's {name} failed: {done.stderr.strip().splitlines()[-1:] or done.returncode}")
        return done.stdout

    def _store(self) -> tuple[list[str], tuple[int, ...]] | None:
        found = embedded.foreground(self.home.path)
        return (found[0], (found[1],)) if found else None

    def _phones(self, env: dict[str, str]) -> Callable[[], bool]:
        """Each new sandbox has to be told where the service is, and who owns which phone."""
        web, box = env["PUBLIC_BASE_URL"], env["TWILIO_API_BASE"] + "/sandbox"
        hooks = {
            "sms_url": f"{web}/webhooks/sms",
            "voice_url": f"{web}/webhooks/voice",
            "status_callback": f"{web}/webhooks/call-status",
        }

        def told() -> bool:
            if _get(f"{box}/phones") is None:
                return False
            _post(f"{box}/numbers", {"phone": NUMBER, **hooks})
            for person in (*PEOPLE, *STAFF):
                _post(f"{box}/phones", {"number": person.phone, "name": person.name})
            return True

        return told

    def _settled(self) -> bool:
        """Whether every child has come up; one that has died is started again."""
        self._tend()
        return all(child.settled for child in self.children)

    def _tend(self) -> None:
        for child in self.children:
            if child.tend():
                self.tell(f"{child.name} has stopped and is started again; see {child.log}")

    def _watch(self) -> None:
        while not self.stopping.wait(LOOK_S):
            self._tend()

    def _wait(self, come: Callable[[], bool]) -> None:
        """Wait until something has come or a signal has; Refused when patience ends."""
        end = time.monotonic() + READY_S
        while not self.stopping.is_set() and not come():
            if time.monotonic() > end:
                raise Refused(f"The demo did not come up; its logs are in {self.home.logs}")
            self.stopping.wait(LOOK_S / 2)


def _runs(words: list[str], *handed: int) -> Callable[[], tuple[list[str], tuple[int, ...]]]:
    return lambda: (words, handed)


def _smsbot() -> str:
    """The command beside the Python that runs us."""
    return str(Path(sys.executable).with_name("smsbot"))


def _get(url: str) -> bytes | None:
    """What an address on this machine answers with 200, or None."""
    try:
        answer = _HTTP.request("GET", url)
    except urllib3.exceptions.HTTPError:
        return None
    return answer.data if answer.status == 200 else None


def _post(url: str, wanted: dict[str, str]) -> None:
    try:
        _HTTP.request("POST", url, json=wanted)
    except urllib3.exceptions.HTTPError as fault:
        raise Refused(f"{url} did not answer ({type(fault).__name__})") from None


# No proxy stands between us and ourselves, whatever the environment says.
_HTTP = urllib3.PoolManager(timeout=30.0, retries=False)


def _sign(found: Addresses) -> str:
    """What the demo says when it runs."""
    who = f"sign in as {found.email}" if found.email else "make an account with `smsbot staff add`"
    password = f", one-time password {found.password}" if found.password else ""
    return (
        "\nThe demo is running.\n\n"
        f"  Portal  {found.portal}   {who}{password}\n"
        f"  Phones  {found.phones}   text as a patient, and move the clock\n\n"
        "No authenticator app at hand? `.venv/bin/smsbot staff code KEY` shows the code for the key on the page.\n"
        "Ctrl-C stops it."
    )
