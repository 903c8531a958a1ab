"""Channels of a venture, a receiver on the loopback, and the seam that lets a test call
it: production reaches public addresses only."""

import ssl
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from core.deliveries import plan
from core.deliveries.calling import new_secret
from core.models import Channel
from core.sealing import seal
from core.transport.calls import Caller
from tests.factories import NOW, make_user
from tests.smtp_sink import CERTIFICATES

CHANNELS = {
    "core:channel_detail": Channel,
    "core:channel_test": Channel,
    "core:channel_secret": Channel,
    "core:channel_remove": Channel,
}
URL = "http://hooks.example/services/T0/B0/secret-part"


def make_channel(workspace, *, by=None, url=URL, secret=None, **fields):
    defaults = {
        "name": "Our program",
        "kind": Channel.Kind.SIGNED,
        "host": "hooks.example",
        "created_at": NOW,
    }
    return Channel.objects.create(
        workspace=workspace,
        created_by=by or make_user(),
        url=seal(url),
        secret=seal(secret or new_secret()),
        **defaults | fields,
    )


def open_channels(workspace, by, number):
    """What the world of the tests holds of it."""
    canary = f"CANARY-{workspace.slug}-{number}"
    channel = make_channel(workspace, by=by, name=f"{canary}-channel")
    plan(
        kind="channel_test",
        workspace=workspace,
        channel=channel,
        subject_id=channel.pk,
        transition="first",
        now=NOW,
    )


# --- a receiver -----------------------------------------------------------------------
@dataclass
class Mind:
    """What came, and how it is answered: a status, or a callable of the handler."""

    port: int = 0
    status: object = 200
    headers: dict = field(default_factory=dict)
    connections: int = 0
    requests: list = field(default_factory=list)


@dataclass(frozen=True)
class Request:
    path: str
    headers: dict
    body: bytes


@contextmanager
def receiver(*, secure=False):
    """Counts connections, and keeps what was posted. A secured one is hooks.example."""
    mind = Mind()

    class Handler(BaseHTTPRequestHandler):
        def setup(self):
            super().setup()
            mind.connections += 1

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            mind.requests.append(Request(self.path, dict(self.headers), body))
            if callable(mind.status):
                mind.status(self)
                return
            self.send_response(mind.status)
            for name, value in mind.headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if secure:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATES / "hooks.pem", CERTIFICATES / "hooks.key")
        server.socket = context.wrap_socket(server.socket, server_side=True)
    mind.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield mind
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def caller_to(server, **seams):
    """Every name stands for the loopback, every address may be reached."""
    defaults = {
        "resolve": lambda host, port: ["127.0.0.1"],
        "may_reach": lambda address: True,
        "ports": (server.port,),
    }
    return Caller(**defaults | seams)
