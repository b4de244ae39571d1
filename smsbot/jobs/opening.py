"""Opens what a background process holds: a runtime with a carrier in it, and its log."""

from smsbot import logs, runtime
from smsbot.carrier.client import Carrier
from smsbot.config import Settings
from smsbot.content import Content
from smsbot.loading import settled
from smsbot.runtime import Runtime


def opened(settings: Settings, process: str, content: Content | None = None) -> Runtime:
    """A runtime that can send; `process` names it in the log, `content` is given where it has been read already."""
    logs.configure(settings.log_level, process)
    with settled():
        return runtime.build(settings, carrier_for(settings), content)


def carrier_for(settings: Settings) -> Carrier:
    """The carrier these settings name, by API key where there is one, with a connection for each sending thread."""
    username = settings.api_key_sid or settings.account_sid
    password = settings.api_key_secret.get_secret_value() or settings.tokens[0]
    return Carrier(settings.account_sid, username, password, settings.api_base or None, settings.send_threads)
