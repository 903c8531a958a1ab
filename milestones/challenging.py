"""PURE. How long a question asked back may stay open, and who may know of it meanwhile.

Founders score blind: whoever still owes a score of the open round sees what was asked as
it stood when that round opened. Nothing that came after, and no ending, tells them what
others claim; see milestones/rounds.py.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from milestones.support import RULES

# founders this far apart have to talk
SPREAD: Final = 2


def caps_from(opened_on: date) -> date:
    """From that day it holds the support down, unless it was closed before."""
    return opened_on + timedelta(days=RULES.challenge_days)


def is_spread(claims: Iterable[int]) -> bool:
    """Whether the current claims lie so far apart that the founders have to talk."""
    values = list(claims)
    return bool(values) and max(values) - min(values) >= SPREAD


def known_end(
    closed_at: datetime | None, owed_since: datetime | None
) -> datetime | None:
    """When it was closed, as far as a reader may know. `owed_since`: when the round
    opened in which they still owe a score, or None."""
    if closed_at is None or (owed_since is not None and closed_at >= owed_since):
        return None
    return closed_at
