"""Kills process groups when the supervisor at the other end of the pipe is gone.

Run as a script by `core/supervisor.py`. Standard input carries `+group` and `-group`
lines; its end means that the supervisor ended, in whatever way. Groups still known then
get SIGTERM, and SIGKILL after `GRACE` seconds.
"""

import os
import signal
import sys
import time
from collections.abc import Iterable

GRACE = 4.0


def known_groups(lines: Iterable[str]) -> set[int]:
    """The groups that remain at the end of the input."""
    groups: set[int] = set()
    for line in lines:
        group = int(line[1:])
        if line.startswith("+"):
            groups.add(group)
        else:
            groups.discard(group)
    return groups


def signalled(groups: set[int], number: int) -> set[int]:
    """Those of the groups that still had a member."""
    alive = set()
    for group in groups:
        try:
            os.killpg(group, number)
        except (ProcessLookupError, PermissionError):
            continue
        alive.add(group)
    return alive


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups = known_groups(sys.stdin)
    signalled(groups, signal.SIGCONT)
    alive = signalled(groups, signal.SIGTERM)
    deadline = time.monotonic() + GRACE
    while alive and time.monotonic() < deadline:
        time.sleep(0.1)
        alive = signalled(alive, 0)
    signalled(alive, signal.SIGKILL)


if __name__ == "__main__":
    main()
