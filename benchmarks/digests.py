"""How fast a thousand digests leave, through a mail server that takes its time.

    python -m benchmarks.digests [--json FILE] [--digests N]

Demonstration ventures, the workers of `manage.py up`, and a server on the loopback that
waits 20 ms before each answer. Beside it stands a floor of the same run and machine: a
mail of the same size through as many connections as there are worker processes, by
smtplib alone. From the first pass that plans them to the last answer, passes and pauses
between them included; and how many queries one of them takes.
"""

import argparse
import json
import smtplib
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks.server import Server
from core.tree import WORKER_PROCESSES
from tests.smtp_sink import Mind, sink

DIGESTS, VENTURES = 1000, 8
REPLY_SECONDS = 0.02
COMMANDS = ("EHLO", "MAIL", "RCPT", "354", "DATA")
FLOOR_MAILS = 200
PATIENCE = 900.0
MAKE_READY = "from benchmarks.digests import make_ready; make_ready({digests})"
MAKE_DUE = "from benchmarks.digests import make_due; make_due()"
ASK = "from benchmarks.digests import say_queries; say_queries()"
LEDGER = "from benchmarks.digests import say_ledger; say_ledger()"


# --- inside Django ------------------------------------------------------------------
def make_ready(digests: int) -> None:
    """Ventures that may send mail, their calendars asked, and as many readers.

    The first venture, which is 25 times as large, keeps its own; the others share the
    rest, as in the standard data set, where it has one reader in fifty.
    """
    from core import clock  # noqa: PLC0415  Django is set up by now
    from core.models import Workspace  # noqa: PLC0415
    from core.ticking import run_tick  # noqa: PLC0415
    from portfolio.models import DigestSubscription, ShareLink  # noqa: PLC0415

    Workspace.objects.update(is_sample=False)
    for _turn in range(3):
        run_tick(clock.now())
    links = list(ShareLink.objects.order_by("workspace__slug"))[1:]
    rows = DigestSubscription.objects
    rows.filter(rhythm="monthly").update(rhythm="weekly")
    rows.bulk_create(
        DigestSubscription(
            workspace_id=links[number % len(links)].workspace_id,
            link=links[number % len(links)],
            address=f"reader{number}@board.example",
            name=f"Reader {number}",
            confirmed_at=clock.now(),
            created_at=clock.now(),
        )
        for number in range(digests - rows.count())
    )


def make_due() -> None:
    from core import clock  # noqa: PLC0415
    from core.weeks import iso_week  # noqa: PLC0415
    from portfolio.models import DigestSubscription  # noqa: PLC0415

    now = clock.now()
    period = iso_week(now.date())
    DigestSubscription.objects.update(next_due=now, next_period=period)


def say_queries() -> None:
    """The most that one of each venture's digests asks, rendered once more."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from core.models import Delivery, Workspace  # noqa: PLC0415
    from portfolio.digest.gathered import digest_of, said_in  # noqa: PLC0415
    from portfolio.models import Digest  # noqa: PLC0415

    counts = []
    for workspace in Workspace.objects.order_by("slug"):
        digest = Digest.objects.filter(workspace=workspace).first()
        Digest.objects.filter(pk=digest.pk).update(content=None)
        delivery = Delivery.objects.select_related("workspace").get(key=digest.key)
        with CaptureQueriesContext(connection) as queries:
            said_in(digest_of(delivery), delivery.sent_at)
        counts.append(len(queries))
    print(max(counts))


def say_ledger() -> None:
    from django.db.models import Max, Min  # noqa: PLC0415

    from core.models import Delivery  # noqa: PLC0415

    rows = Delivery.objects.filter(kind="digest")
    found = rows.aggregate(first=Min("planned_at"), last=Max("sent_at"))
    seconds = (found["last"] - found["first"]).total_seconds()
    states = Counter(rows.values_list("state", flat=True))
    print(json.dumps({"seconds": seconds, "states": states}))


# --- outside ------------------------------------------------------------------------
def floor(mind: Mind, content: bytes) -> float:
    """Mails a second."""

    def carry(_connection: int) -> None:
        with smtplib.SMTP("127.0.0.1", mind.port, timeout=30) as line:
            for number in range(FLOOR_MAILS):
                to = f"floor{number}@board.example"
                line.sendmail("floor@fieldproof.example", [to], content)

    begun = time.perf_counter()
    with ThreadPoolExecutor(WORKER_PROCESSES) as pool:
        list(pool.map(carry, range(WORKER_PROCESSES)))
    return WORKER_PROCESSES * FLOOR_MAILS / (time.perf_counter() - begun)


def digests_at(mind: Mind) -> Counter[str]:
    """How many copies came of each."""
    keys = (mail.key or "" for mail in list(mind.received))
    return Counter(key for key in keys if key.startswith("digest:"))


def wait_for(mind: Mind, count: int) -> None:
    ends_at = time.monotonic() + PATIENCE
    seen = 0
    while seen < count and time.monotonic() < ends_at:
        time.sleep(1)
        seen = len(mind.received)
    time.sleep(2)


def measure(server: Server, mind: Mind, digests: int) -> dict[str, Any]:
    server.seed(VENTURES)
    shell = ("shell", "-v", "0", "--no-imports", "-c")
    server.manage(*shell, MAKE_READY.format(digests=digests))
    server.more["EMAIL_URL"] = f"smtp://127.0.0.1:{mind.port}"
    server.manage(*shell, MAKE_DUE)
    server.up()
    try:
        wait_for(mind, digests)
        told: dict[str, Any] = json.loads(server.manage(*shell, LEDGER))
    finally:
        server.down()
    copies = digests_at(mind)
    bare = floor(mind, mind.received[-1].content)
    rate = len(copies) / told["seconds"]
    found: dict[str, Any] = {
        "digests": len(copies),
        "missing": digests - len(copies),
        "second_copies": sum(copies.values()) - len(copies),
        "mails_per_s": round(rate, 1),
        "raw_smtp_per_s": round(bare, 1),
        "share_of_raw": round(rate / bare, 2),
        "queries": int(server.manage(*shell, ASK)),
    }
    return told | found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.digests")
    parser.add_argument("--json")
    parser.add_argument("--digests", type=int, default=DIGESTS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sink() as mind:
        for command in COMMANDS:
            mind.says[command] = lambda *_: REPLY_SECONDS
        data = Path(folder) / "data"
        data.mkdir()
        found = measure(Server(data), mind, options.digests)
    print(*(f"{key} {value}" for key, value in found.items()), sep="  ")
    if options.json:
        Path(options.json).write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
