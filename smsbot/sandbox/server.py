"""Serve a sandbox: one gunicorn worker with threads, so that its memory is one and its sockets can be cut."""

from __future__ import annotations

from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from smsbot.sandbox.app import create_app
from smsbot.sandbox.settings import Settings


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with our options; the application (and its threads) begin in the worker, after the fork."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Our options, and none from files or the command line."""
        options: dict[str, Any] = {
            "bind": [self.settings.bind],
            "worker_class": "gthread",
            "workers": 1,
            "threads": self.settings.threads,
            "keepalive": 75,
            "timeout": 0,
            "graceful_timeout": 2,
            "loglevel": "warning",
            "control_socket_disable": True,
            "proc_name": "smsbot sandbox",
            "worker_exit": _stop,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Called in the worker."""
        return create_app(self.settings)


def _stop(_server: object, worker: Any) -> None:
    worker.wsgi.extensions["box"].timers.stop()


def run(settings: Settings) -> None:
    """Serve until a signal says stop; does not return."""
    Server(settings).run()
