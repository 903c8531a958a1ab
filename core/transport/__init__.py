"""How one message leaves the house: an SMTP server, or files in `DATA_DIR/outbox`; to
channels by HTTP (`calls`).

A transport knows nothing of the ledger. `send` takes one parcel for one address and
says in an Outcome what became of it; it does not raise for anything the other side does.
`before_data` is called when the server has accepted the recipient and nothing of the
message has left: the ledger notes there that the mail is in other hands.

EMAIL_URL: `smtp://` plain (25), `submission://` with STARTTLS (587), `smtps://` with TLS
from the first byte (465); `user:password@` and `?from=address` are optional.
"""

from email.utils import parseaddr
from pathlib import Path

from django.conf import settings

from core.transport.calls import Call, Caller
from core.transport.outbox import OutboxTransport
from core.transport.parcels import Outcome, Parcel, Transport, Verdict, ascii_address
from core.transport.server import MailServer
from core.transport.smtp import SmtpTransport

__all__ = [
    "Call",
    "Caller",
    "Outcome",
    "Parcel",
    "Transport",
    "Verdict",
    "ascii_address",
    "mail_domain",
    "mail_from",
    "open_caller",
    "open_transport",
]


def open_transport() -> Transport:
    if settings.EMAIL_URL:
        return SmtpTransport(MailServer.from_url(settings.EMAIL_URL, mail_domain()))
    return OutboxTransport(Path(settings.DATA_DIR) / "outbox")


def open_caller() -> Caller:
    """The client of channels, in the only shape production knows."""
    return Caller()


def mail_from() -> str:
    """The From of every mail: `?from=` of EMAIL_URL, or the configured address."""
    return MailServer.from_url(settings.EMAIL_URL).sender or settings.DEFAULT_FROM_EMAIL


def mail_domain() -> str:
    return ascii_address(parseaddr(mail_from())[1]).rpartition("@")[2]
