"""What becomes of a delivery after a try. PURE: values in, the next state out.

`attempts` counts starts, `deferrals` the starts that ended in a temporary answer of the
mail server. A message is *poison* when five starts ended otherwise without a result
(the worker died, the renderer failed): it is not started a sixth time. Deferrals wait
1, 5, 15, 60, 240, 720 and 1,440 minutes, each up to a fifth longer; the eighth is the
last. A message whose fate is unknown is sent once more, with the same Message-ID; the
second time it stays unknown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

STEPS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720, 1440))
STARTS = 5
COPY_WAIT = timedelta(minutes=10)
PAUSE_UNAVAILABLE = timedelta(minutes=1)
PAUSE_MISCONFIGURED = timedelta(minutes=15)


@dataclass(frozen=True)
class Tried:
    """A delivery in the middle of a start: `attempts` counts this one too."""

    key: str
    attempts: int
    deferrals: int
    is_ambiguous: bool


@dataclass(frozen=True)
class Settlement:
    """`state` is one of Delivery.State. `pause`: how long nothing at all is sent."""

    state: str
    reason: str = ""
    not_before: datetime | None = None
    deferrals: int = 0
    is_ambiguous: bool = False
    pause: timedelta | None = None

    @property
    def is_final(self) -> bool:
        return self.state != "retry"


def jittered(wait: timedelta, key: str, step: int) -> timedelta:
    """Up to a fifth longer, by the key: rows that failed together come back apart."""
    digest = sha256(f"{key}:{step}".encode()).digest()
    return wait * (1 + int.from_bytes(digest[:2]) / 65535 / 5)


def settled(tried: Tried, verdict: str, reason: str, now: datetime) -> Settlement:
    """`verdict` is one of core.transport.Verdict, but WITHDRAWN."""
    stays = Settlement("", reason, None, tried.deferrals, tried.is_ambiguous)
    match verdict:
        case "accepted":
            return replace(stays, state="sent")
        case "bounced":
            return replace(stays, state="bounced")
        case "rejected":
            return replace(stays, state="failed")
        case "lost":
            return lost(tried, stays, now)
        case "unavailable":
            return replace(deferred(tried, stays, now), pause=PAUSE_UNAVAILABLE)
        case "misconfigured":
            return replace(deferred(tried, stays, now), pause=PAUSE_MISCONFIGURED)
        case "deferred":
            return deferred(tried, stays, now)
    raise ValueError(f"no such verdict: {verdict}")


def lost(tried: Tried, stays: Settlement, now: datetime) -> Settlement:
    if tried.is_ambiguous:
        return replace(stays, state="unknown")
    return replace(stays, state="retry", is_ambiguous=True, not_before=now + COPY_WAIT)


def deferred(tried: Tried, stays: Settlement, now: datetime) -> Settlement:
    count = tried.deferrals + 1
    if count > len(STEPS):
        return replace(stays, state="failed", deferrals=count)
    wait = jittered(STEPS[count - 1], tried.key, count)
    return replace(stays, state="retry", deferrals=count, not_before=now + wait)


def broken(tried: Tried, reason: str, now: datetime) -> Settlement:
    """Our own code could not make or check the message."""
    stays = Settlement("", reason, None, tried.deferrals, tried.is_ambiguous)
    failures = tried.attempts - tried.deferrals
    if failures >= STARTS:
        return replace(stays, state="failed")
    wait = jittered(STEPS[failures - 1], tried.key, failures)
    return replace(stays, state="retry", not_before=now + wait)
