"""A worker for mails: a parent that is never busy, and its child that does the work.

The child does what a tick does, over and over; whenever it is killed, the parent starts
another and writes its process id. `DATA_DIR/minutes` says by how many minutes the
worker's clock is ahead.
"""

import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django


def work():
    from core.deliveries import dispatch_due  # noqa: PLC0415  needs the set-up

    minutes = int((Path(os.environ["DATA_DIR"]) / "minutes").read_text())
    while True:
        dispatch_due(datetime.now(UTC) + timedelta(minutes=minutes))
        time.sleep(0.02)


def main():
    django.setup()
    import core.deliveries  # noqa: F401, PLC0415  once, for all children

    while True:
        child = os.fork()
        if not child:
            work()
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
