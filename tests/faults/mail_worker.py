"""A worker for digests: a parent that is never busy, and its child that does the work.

The child does what a tick does, over and over: plans what is due, and sends it. Whenever
it is killed, the parent starts another and writes its process id. `DATA_DIR/minutes` says
by how many minutes the worker's clock is ahead.
"""

import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django


def work():
    from core.deliveries import dispatch_due  # noqa: PLC0415  needs the set-up
    from portfolio.actions.digests import plan_due  # noqa: PLC0415

    minutes = int((Path(os.environ["DATA_DIR"]) / "minutes").read_text())
    while True:
        now = datetime.now(UTC) + timedelta(minutes=minutes)
        plan_due(now)
        dispatch_due(now)
        time.sleep(0.02)


def load_once():
    """What a first digest would load is loaded for all children: those are to be killed
    at work, not while they start."""
    from django.template.loader import get_template  # noqa: PLC0415
    from django.urls import get_resolver  # noqa: PLC0415

    import portfolio.digest.mails  # noqa: F401, PLC0415

    assert get_resolver().url_patterns
    for part in ("html", "txt", "subject.txt"):
        get_template(f"emails/digest.{part}")


def main():
    django.setup()
    load_once()
    while True:
        child = os.fork()
        if not child:
            work()
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
