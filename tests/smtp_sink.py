"""A mail server on the loopback that answers as a test tells it to.

    with sink() as server:
        server.says["RCPT"] = lambda address, count: "450 later"

`count` is how often that command came before. An answer may be a line of SMTP, None for
the usual one, HANG_UP, or a number of seconds to wait before the usual one.
"""

import asyncio
import ssl
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

HANG_UP = object()
CERTIFICATES = Path(__file__).parent / "core" / "certificates"


@dataclass(frozen=True)
class Received:
    recipient: str
    content: bytes

    @property
    def message(self):
        return message_from_bytes(self.content, policy=default)

    @property
    def key(self):
        return self.message["X-Delivery-Key"]

    @property
    def message_id(self):
        return self.message["Message-ID"].strip()


class Mind:
    """What the server has seen, and how it answers."""

    def __init__(self):
        self.says = {}
        self.seen = Counter()
        self.received = []
        # content that came, but was not acknowledged
        self.unacknowledged = []
        self.port = 0

    async def answer(self, server, command, *args):
        count = self.seen[command]
        self.seen[command] += 1
        said = self.says.get(command, lambda *_: None)(*args, count)
        if said is HANG_UP:
            server.transport.abort()
            return "421 gone"
        if isinstance(said, int | float):
            await asyncio.sleep(said)
            return None
        return said

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802  aiosmtpd calls it so
        session.host_name = hostname
        said = await self.answer(server, "EHLO", hostname)
        return [said] if said else responses

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802  aiosmtpd calls it so
        said = await self.answer(server, "MAIL", address)
        if said is None:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return said or "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  aiosmtpd calls it so
        said = await self.answer(server, "RCPT", address)
        if said is None:
            envelope.rcpt_tos.append(address)
        return said or "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  aiosmtpd calls it so
        (recipient,) = envelope.rcpt_tos
        mail = Received(recipient, envelope.original_content)
        # Content that came whole is kept, also when the client is gone before the answer.
        self.received.append(mail)
        said = await self.answer(server, "DATA", mail)
        if said is not None and not said.startswith("250"):
            self.received.remove(mail)
            self.unacknowledged.append(mail)
        return said or "250 OK"


class Server(SMTP):
    async def smtp_DATA(self, arg):  # noqa: N802  aiosmtpd calls it so
        """Asks for "354" before the content comes."""
        said = await self.event_handler.answer(self, "354")
        if said is not None:
            await self.push(said)
            return
        await super().smtp_DATA(arg)


class SinkController(Controller):
    def factory(self):
        return Server(self.handler, **self.SMTP_kwargs)

    def _trigger_server(self):
        # the system chose the port
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def tls_context():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATES / "server.pem", CERTIFICATES / "server.key")
    return context


@contextmanager
def sink(**options):
    mind = Mind()
    options.setdefault("data_size_limit", 100_000)
    if options.pop("tls", False):
        options["tls_context"] = tls_context()
    if options.pop("implicit_tls", False):
        options["ssl_context"] = tls_context()
    if password := options.pop("password", None):
        options["auth_require_tls"] = False
        options["authenticator"] = lambda server, session, envelope, way, data: (
            AuthResult(success=data.password == password.encode(), handled=False)
        )
    controller = SinkController(mind, hostname="127.0.0.1", port=0, **options)
    controller.start()
    mind.port = controller.port
    try:
        yield mind
    finally:
        controller.stop()
