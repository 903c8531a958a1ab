"""PURE. Whole days as a calendar that other programs read (RFC 5545).

Lines end in CRLF and are folded at 75 octets, never within a character; backslash,
semicolon, comma and line ends within a text are escaped, other controls left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

OCTETS: Final = 75
PRODUCT: Final = "-//Fieldproof//Dates of a venture//EN"
ESCAPES: Final = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
# those that only some readers take for one are none of ours to leave standing
LINE_END: Final = re.compile("\r\n|[\r\x85\u2028\u2029]")
ASKED_AGAIN: Final = "PT4H"


@dataclass(frozen=True)
class Entry:
    """Something due on a day. `uid` is the same at every reading; `url` is absolute."""

    uid: str
    day: date
    title: str
    detail: str = ""
    url: str = ""


def calendar(name: str, entries: Iterable[Entry], *, now: datetime) -> str:
    """The file. `now` is when it was made: DTSTAMP of all entries."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"NAME:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{ASKED_AGAIN}",
        f"X-PUBLISHED-TTL:{ASKED_AGAIN}",
    ]
    for entry in entries:
        lines += event(entry, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def event(entry: Entry, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(entry.uid)}"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}"
    # the end is the first day that is no longer part of it
    yield f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(entry.title)}"
    if entry.detail:
        yield f"DESCRIPTION:{escaped(entry.detail)}"
    if entry.url:
        yield f"URL:{entry.url}"
    # it is due, it takes no time
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    text = LINE_END.sub("\n", text)
    kept = (char for char in text if char in "\n\t" or is_shown(char))
    return "".join(ESCAPES.get(char, char) for char in kept)


def is_shown(char: str) -> bool:
    """No control character, and nothing that UTF-8 cannot carry."""
    code = ord(char)
    return code >= 32 and code != 127 and not 0xD800 <= code <= 0xDFFF


def folded(line: str) -> str:
    """Every part has at most 75 octets, the space before a later one among them."""
    parts, part, size = [], "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > OCTETS:
            parts.append(part)
            part, size = " ", 1
        part, size = part + char, size + octets
    return "\r\n".join([*parts, part])
