"""Long work in short turns, so that whoever waits to write gets theirs in between."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

from django.db import connection

# SQLite has one writer at a time, and no queue: whoever waits looks again after 100 ms
# at the latest. Who begins anew at once would be first each time.
PAUSE: Final = 0.15

T = TypeVar("T")


def turns(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """So many at a time, each turn to be one transaction of its own."""
    for start in range(0, len(items), size):
        if start and connection.vendor == "sqlite":
            time.sleep(PAUSE)
        yield items[start : start + size]
