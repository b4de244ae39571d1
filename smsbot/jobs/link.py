"""A process's way to Redis: the server it was told of, or the embedded one, which it starts again if it has died."""

import logging

import redis

from smsbot import embedded
from smsbot.config import Settings
from smsbot.embedded import EmbeddedError

log = logging.getLogger("smsbot.redis")


class RedisLink:
    """One address for the life of a process; connections are made as they are needed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.url = settings.redis_url or embedded.url(settings.home)

    def connection(self) -> "redis.Redis":
        """A client for blocking reads and enqueueing; raises redis.RedisError only when it is used."""
        return redis.Redis.from_url(self.url, socket_connect_timeout=1.0)

    def configuration(self) -> dict[str, str] | None:
        """How the server is set up, or None when it does not answer."""
        try:
            with redis.Redis.from_url(self.url, socket_connect_timeout=2.0, decode_responses=True) as connection:
                return dict(connection.config_get("maxmemory-policy", "appendonly"))
        except redis.RedisError:
            return None

    def renew(self) -> None:
        """After a failure: make sure the embedded server runs. A server of the clinic's own is theirs to mend."""
        if self._settings.redis_url:
            return
        try:
            embedded.ensure(self._settings.home)
        except EmbeddedError as fault:
            log.warning("embedded redis", extra={"fault": str(fault)})
