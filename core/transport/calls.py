"""A message to an address outside, by HTTP: the one client of this product that calls
where users tell it to.

The name is resolved once and all its addresses must be public; the connection goes to
one of those very addresses, while SNI, certificate and Host keep the name, so that a
name which means something else a moment later changes nothing. Redirects are not
followed, proxies of the environment not used, and of the answer only the status is read.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from queue import Empty, Queue
from threading import Thread, Timer
from time import monotonic

from core.transport.parcels import Outcome, Verdict
from core.transport.targets import (
    PORTS,
    Address,
    RefusedError,
    Target,
    address_of,
    is_public,
    target_of,
)

STEP_SECONDS = 10.0
NAME_SECONDS = 5.0
CALL_SECONDS = 20.0
# an answer that may be another one tomorrow
TRY_AGAIN = (408, 425, 429)


@dataclass(frozen=True)
class Call:
    """One message for one address; `url` may itself be a secret."""

    url: str = field(repr=False)
    body: bytes
    headers: Mapping[str, str]


def resolved(host: str, port: int) -> list[str]:
    """What the system's resolver says, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


@dataclass(frozen=True)
class Caller:
    """The fields are the seams of the tests; production has no setting for them."""

    resolve: Callable[[str, int], list[str]] = resolved
    may_reach: Callable[[Address], bool] = is_public
    ports: tuple[int, ...] = tuple(PORTS.values())
    make_context: Callable[[], ssl.SSLContext] = ssl.create_default_context

    def send(self, call: Call, before_data: Callable[[], bool]) -> Outcome:
        """`before_data`: see core.transport. Raises for nothing the other side does."""
        ends_at = monotonic() + CALL_SECONDS
        try:
            target = target_of(call.url, self.ports)
            address = self.address_for(target)
        except RefusedError as refusal:
            return Outcome(Verdict.REJECTED, f"not called: {refusal}")
        except OSError:
            return Outcome(Verdict.DEFERRED, "the name was not found")
        line = Line(target, address, self.make_context)
        with ended_at(ends_at, line):
            try:
                line.connect()
            except (OSError, ValueError) as error:
                line.close()
                return Outcome(Verdict.DEFERRED, f"no connection: {told(error)}")
            return exchanged(line, target, call, before_data)

    def address_for(self, target: Target) -> Address:
        """The one to connect to. Raises RefusedError, or OSError for an unknown name."""
        if target.literal is not None:
            found = [target.literal]
        else:
            names = within(NAME_SECONDS, self.resolve, target.host, target.port)
            found = [address_of(name) for name in names]
        if not found:
            raise OSError("no address")
        if not all(self.may_reach(address) for address in found):
            raise RefusedError("the name stands for an address that is not public")
        return found[0]

    def close(self) -> None:
        """Nothing stays open between messages."""


class Line(HTTPConnection):
    """A connection to an address that was chosen before."""

    def __init__(
        self,
        target: Target,
        address: Address,
        make_context: Callable[[], ssl.SSLContext],
    ) -> None:
        super().__init__(target.host, target.port, timeout=STEP_SECONDS)
        self.target, self.address, self.make_context = target, address, make_context

    def connect(self) -> None:
        place = (str(self.address), self.target.port)
        self.sock = socket.create_connection(place, timeout=STEP_SECONDS)
        if self.target.is_secure:
            # in two steps, so that whoever hangs up finds the socket that shakes hands
            secured = self.make_context().wrap_socket(
                self.sock,
                server_hostname=self.target.host,
                do_handshake_on_connect=False,
            )
            self.sock = secured
            secured.do_handshake()


def exchanged(
    line: Line, target: Target, call: Call, before_data: Callable[[], bool]
) -> Outcome:
    """From `before_data` on a silent end may mean that the message has arrived."""
    if not before_data():
        line.close()
        return Outcome(Verdict.WITHDRAWN)
    headers = {**call.headers, "Host": target.host_header, "Connection": "close"}
    try:
        line.request("POST", target.path, body=call.body, headers=headers)
        status = line.getresponse().status
    except (OSError, HTTPException, ValueError) as error:
        return Outcome(Verdict.LOST, f"no answer: {told(error)}")
    finally:
        line.close()
    return Outcome(verdict_of(status), f"answered {status}")


def verdict_of(status: int) -> Verdict:
    if 200 <= status < 300:
        return Verdict.ACCEPTED
    if status in TRY_AGAIN or status >= 500:
        return Verdict.DEFERRED
    return Verdict.REJECTED


def told(error: Exception) -> str:
    """Nothing of what the other side said, which may be anything."""
    if isinstance(error, TimeoutError):
        return "not in time"
    if isinstance(error, ssl.SSLCertVerificationError):
        return "its certificate is not valid"
    if isinstance(error, ssl.SSLError):
        return "it does not speak TLS"
    if isinstance(error, ConnectionRefusedError):
        return "refused"
    return "it hung up" if isinstance(error, ConnectionError) else type(error).__name__


def within(
    seconds: float, ask: Callable[[str, int], list[str]], host: str, port: int
) -> list[str]:
    """The system's resolver knows no time limit. Raises OSError when it is over."""
    answers: Queue[list[str] | OSError] = Queue()

    def work() -> None:
        try:
            answers.put(ask(host, port))
        except (OSError, UnicodeError) as error:
            answers.put(OSError(str(error)))

    Thread(target=work, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except Empty as silence:
        raise TimeoutError("no answer in time") from silence
    if isinstance(answer, OSError):
        raise answer
    return answer


@contextmanager
def ended_at(moment: float, line: Line) -> Iterator[None]:
    """Hangs up then. Timeouts of single reads do not stop a server that gives one byte
    every nine seconds."""

    def hang_up() -> None:
        with suppress(OSError):
            if line.sock is not None:
                line.sock.shutdown(socket.SHUT_RDWR)

    timer = Timer(max(0.0, moment - monotonic()), hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
