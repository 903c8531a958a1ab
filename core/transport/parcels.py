"""One message for one address, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Verdict(StrEnum):
    ACCEPTED = "accepted"
    # a temporary answer to this message
    DEFERRED = "deferred"
    # the recipient was refused for good
    BOUNCED = "bounced"
    # the message was refused for good
    REJECTED = "rejected"
    # the connection ended after the message left and before the answer came
    LOST = "lost"
    # nobody gets through just now
    UNAVAILABLE = "unavailable"
    # nobody gets through until somebody changes something
    MISCONFIGURED = "misconfigured"
    # `before_data` said no: somebody else has this message
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Outcome:
    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True)
class Parcel:
    """One message for one address. `name` is its file name in the outbox."""

    sender: str
    recipient: str
    content: bytes
    name: str


class Transport(Protocol):
    def send(self, parcel: Parcel, before_data: Callable[[], bool]) -> Outcome: ...

    def close(self) -> None: ...


def ascii_address(address: str) -> str:
    """The address as SMTP carries it. Raises UnicodeError if it cannot be carried."""
    local, _at, domain = address.rpartition("@")
    local.encode("ascii")
    return f"{local}@{domain.encode('idna').decode()}"


def in_words(code: int, reply: bytes | str) -> str:
    text = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
    return " ".join(f"{code} {text}".split())[:250]
