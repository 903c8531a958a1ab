"""A crowd of processes that all tick when they are told which minute it is: `worker`
takes the minute if nobody has it, for each of two beats; `tick` does a whole pass
whoever else does.

Reads moments from standard input, and writes how many processes ended well. Only the
steps of the digest.
"""

import os
import sys
from datetime import datetime

import django

from tests.faults.mail_worker import load_once

STEPS = ["portfolio.actions.digests.plan_due", "core.deliveries.dispatch_due"]


def tick(kind, now):
    from core.ticking import run_tick, tick_once  # noqa: PLC0415  needs the set-up

    for one in [tick_once, tick_once] if kind == "worker" else [run_tick]:
        result = one(now)
        assert result is None or not result.failed, result


def fork(kind, now):
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        tick(kind, now)
        status = 0
    finally:
        os._exit(status)


def main(kinds):
    django.setup()
    from django.conf import settings  # noqa: PLC0415

    settings.TICK_STEPS = STEPS
    load_once()
    for line in sys.stdin:
        now = datetime.fromisoformat(line.strip())
        children = [fork(kind, now) for kind in kinds]
        ended = [os.waitpid(child, 0)[1] for child in children]
        sys.stdout.write(f"{ended.count(0)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
