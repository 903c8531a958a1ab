"""PURE. Which addresses this server may be told to call, and which never.

Whoever manages a venture may name an address outside; this server stands where they do
not, inside a network. So the address is read by one strict pattern and not by a parser
that tries to please: what browsers, curl and libraries read differently (user names,
octal numbers, backslashes, fragments) is refused. What a name stands for is asked once,
and every answer must be an address of the public internet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
)

PORTS = {"https": 443, "http": 80}
LONGEST_URL, LONGEST_HOST = 2000, 253
URL = re.compile(
    r"(?P<scheme>https?)://"
    r"(?:(?P<name>[A-Za-z0-9.-]+)|\[(?P<six>[0-9A-Fa-f:.]+)\])"
    r"(?::(?P<port>[0-9]{1,5}))?"
    # printable ASCII without quotes, brackets, backslash and fragment
    r"(?P<path>/[!$-;=?-Z_a-z~]*)?"
)
LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")

Address = IPv4Address | IPv6Address

# IANA's registry of special-purpose addresses, and one that only looks public.
CLOSED_V4 = tuple(
    IPv4Network(block)
    for block in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8"),
        *("169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24"),
        *("192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24"),
        *("192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15"),
        *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        # the agent of the host machine, from inside a rented one
        "168.63.129.16/32",
    )
)
# All else of IPv6 is loopback, link-local, private, multicast, or wraps an IPv4 address
# (::ffff:0:0/96, 64:ff9b::/96).
OPEN_V6 = IPv6Network("2000::/3")
CLOSED_V6 = tuple(
    IPv6Network(block)
    for block in (
        # protocols, Teredo among them; documentation; 6to4; documentation again
        *("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48"),
        "3fff::/20",
    )
)


class RefusedError(Exception):
    """This address is not called. The text says why, in a few words."""


@dataclass(frozen=True)
class Target:
    """`host` in lower case without brackets; `literal` when it is an IP address itself;
    `path` with the query."""

    scheme: str
    host: str
    port: int
    path: str
    literal: Address | None = None

    @property
    def is_secure(self) -> bool:
        return self.scheme == "https"

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        is_usual = self.port == PORTS[self.scheme]
        return host if is_usual else f"{host}:{self.port}"


def target_of(url: str, ports: Iterable[int] = tuple(PORTS.values())) -> Target:
    """Raises RefusedError for whatever is not plainly http(s)://name-or-address/path."""
    found = URL.fullmatch(url) if len(url) <= LONGEST_URL else None
    if found is None:
        raise RefusedError("not a plain http:// or https:// address")
    scheme = found["scheme"]
    port = int(found["port"] or PORTS[scheme])
    if port not in ports:
        raise RefusedError("only the ports 443 and 80 are called")
    host = (found["name"] or found["six"]).lower()
    literal = literal_of(host, is_six=found["six"] is not None)
    if literal is None:
        refuse_odd_name(host)
    return Target(scheme, host, port, found["path"] or "/", literal)


def literal_of(host: str, *, is_six: bool) -> Address | None:
    """None for a name. Numbers are read in the one usual way or not at all."""
    last = host.rpartition(".")[2]
    is_number = last.isdigit() or last.startswith("0x")
    if not is_six and not is_number:
        return None
    try:
        literal = IPv6Address(host) if is_six else IPv4Address(host)
    except ValueError as error:
        raise RefusedError("not an address written in the usual way") from error
    if not is_public(literal):
        raise RefusedError("not a public address")
    return literal


def refuse_odd_name(host: str) -> None:
    labels = host.split(".")
    is_odd = len(host) > LONGEST_HOST or len(labels) < 2
    if is_odd or not all(LABEL.fullmatch(label) for label in labels):
        raise RefusedError("not a full host name")


def is_public(address: Address) -> bool:
    if isinstance(address, IPv4Address):
        return not any(address in block for block in CLOSED_V4)
    if address.scope_id is not None or address not in OPEN_V6:
        return False
    return not any(address in block for block in CLOSED_V6)


def address_of(text: str) -> Address:
    """As a resolver gives it. Raises RefusedError for what is no address."""
    try:
        return ip_address(text)
    except ValueError as error:
        raise RefusedError("the name stands for no address") from error
