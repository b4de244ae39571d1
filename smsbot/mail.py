"""One plain mail by SMTP: alert copies. Nothing of a mail's words is ever in an error."""

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import unquote, urlsplit

TIMEOUT_S = 10.0
PORTS = {"smtp": 25, "smtps": 465}


class MailError(Exception):
    """The mail did not go out; `permanent` when trying again cannot help."""

    def __init__(self, why: str, *, permanent: bool) -> None:
        super().__init__(why)
        self.permanent = permanent


@dataclass(frozen=True)
class MailServer:
    """Where mail goes: smtp:// (STARTTLS where the server has it) or smtps:// (TLS from the first byte)."""

    host: str
    port: int
    tls: bool
    user: str = ""
    password: str = field(default="", repr=False)


def server(url: str) -> MailServer:
    """The server an SMTP_URL names, as smtp://user:password@host:587; ValueError when it is not one."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("must be an address like smtp://user:password@mail.example.org:587")
    port = parts.port or PORTS[parts.scheme]
    return MailServer(
        parts.hostname, port, parts.scheme == "smtps", unquote(parts.username or ""), unquote(parts.password or "")
    )


def send(to_server: MailServer, sender: str, to: str, subject: str, body: str) -> None:
    """Hand one mail over; it has been accepted when this returns. Raises MailError."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, to, subject
    letter["Date"], letter["Message-ID"] = formatdate(), make_msgid(domain=sender.rpartition("@")[2] or "localhost")
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(body)
    try:
        with _connected(to_server) as link:
            link.send_message(letter)
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        raise MailError("the mail server refused the address", permanent=all(code >= 500 for code in codes)) from None
    except smtplib.SMTPResponseException as answer:
        raise MailError(f"the mail server answered {answer.smtp_code}", permanent=answer.smtp_code >= 500) from None
    except smtplib.SMTPNotSupportedError:
        raise MailError("the mail server offers no sign-in over TLS", permanent=True) from None
    except (smtplib.SMTPException, OSError):
        raise MailError("the mail server could not be reached", permanent=False) from None


def _connected(to_server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if to_server.tls:
        link: smtplib.SMTP = smtplib.SMTP_SSL(to_server.host, to_server.port, timeout=TIMEOUT_S, context=context)
    else:
        link = smtplib.SMTP(to_server.host, to_server.port, timeout=TIMEOUT_S)
        link.ehlo()
        if link.has_extn("starttls"):
            link.starttls(context=context)
            link.ehlo()
        elif to_server.user:
            link.close()
            raise smtplib.SMTPNotSupportedError
    if to_server.user:
        link.login(to_server.user, to_server.password)
    return link
