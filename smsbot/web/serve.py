"""Runs the web process under gunicorn, which keeps the raw request target the carrier signed (RULINGS 32)."""

import gc
import os
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.config import Config
from gunicorn.workers.base import Worker

from smsbot import logs, runtime
from smsbot.config import Settings
from smsbot.content import Content
from smsbot.loading import settled
from smsbot.web.app import create_app
from smsbot.web.warming import Warming


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn with its options given in code; each worker process opens its own runtime."""

    cfg: Config

    def __init__(self, settings: Settings, host: str, content: Content | None = None) -> None:
        self.settings = settings
        self.host = host
        self.content = content
        super().__init__()

    def load_config(self) -> None:
        for name, value in options(self.settings, self.host).items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        warming = Warming()
        with settled():
            app = create_app(runtime.build(self.settings, content=self.content))
        app.wsgi_app = warming.held(app.wsgi_app)  # type: ignore[method-assign, assignment]
        warming.start()
        return app


def options(settings: Settings, host: str) -> dict[str, Any]:
    """gunicorn's options: threads share a process; SQLite has one writer, so one process serves it best."""
    one_writer = settings.database.startswith("sqlite")
    # The supervisor may have bound the socket before anything else was started (RULINGS 48).
    inherited = os.environ.get("SMSBOT_LISTEN_FD")
    return {
        "bind": [f"fd://{inherited}" if inherited else f"{host}:{settings.port}"],
        "workers": settings.web_workers or (1 if one_writer else 2),
        "threads": settings.web_threads,
        "worker_class": "gthread",
        "graceful_timeout": 10,
        "timeout": 30,
        "keepalive": 75,
        "limit_request_line": 4094,
        "limit_request_field_size": 8190,
        "worker_tmp_dir": "/dev/shm" if os.path.isdir("/dev/shm") else None,  # noqa: S108  # gunicorn's heartbeat file
        "loglevel": "warning",
        "proc_name": "smsbot-web",
        "control_socket_disable": True,
        "pre_fork": _share,
    }


def _share(_: Arbiter, __: Worker) -> None:
    """What was imported before the fork is garbage to nobody: left alone, its memory stays shared."""
    gc.freeze()


def serve(settings: Settings, host: str = "127.0.0.1", content: Content | None = None) -> None:
    """Serve until told to stop; `content` is given where it has been read already."""
    logs.configure(settings.log_level, "web")
    Server(settings, host, content).run()
