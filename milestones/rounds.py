"""Founders score blind: who may see which claim of the round now open.

Claims carry the number of their round. A round opens with the first new claim and ends
when everybody who scores has given theirs, or after seven days. Until a founder has
given their own they do not see the others' of that round, not even through a figure
worked out from them. A correction stays in the round of the claim it corrects.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

ROUND_LASTS = timedelta(days=7)


@dataclass(frozen=True)
class Entry:
    """One saved claim."""

    key: str
    author: str
    at: datetime
    round: int


@dataclass(frozen=True)
class Round:
    """The round now open."""

    number: int
    opened_at: datetime
    given_by: frozenset[str]
    keys: frozenset[str]

    @property
    def ends_at(self) -> datetime:
        return self.opened_at + ROUND_LASTS

    def is_owed_by(self, person: str, scorers: Collection[str]) -> bool:
        """Whether this person scores, and has not yet done so in this round."""
        return person in scorers and person not in self.given_by


def open_round(
    entries: Sequence[Entry], scorers: Collection[str], now: datetime
) -> Round | None:
    """The round open at `now`, or None. `scorers` are those who score today."""
    number = latest_number(entries)
    latest = [entry for entry in entries if entry.round == number]
    if not latest:
        return None
    current = Round(
        number=number,
        opened_at=min(entry.at for entry in latest),
        given_by=frozenset(entry.author for entry in latest),
        keys=frozenset(entry.key for entry in latest),
    )
    is_over = current.given_by.issuperset(scorers) or now >= current.ends_at
    return None if is_over else current


def latest_number(entries: Sequence[Entry]) -> int:
    return max((entry.round for entry in entries), default=0)


def round_for_claim(
    entries: Sequence[Entry], scorers: Collection[str], now: datetime
) -> int:
    """The round a new claim belongs to: the open one, or the next."""
    current = open_round(entries, scorers, now)
    return current.number if current else latest_number(entries) + 1


def hidden_keys(
    entries: Sequence[Entry], viewer: str, scorers: Collection[str], now: datetime
) -> frozenset[str]:
    """The claims this viewer must not see yet."""
    current = open_round(entries, scorers, now)
    if current is None or not current.is_owed_by(viewer, scorers):
        return frozenset()
    return current.keys
