"""Lists of 10,000 decisions and commitments: time and questions beside those of 100.

    python -m benchmarks.lists [--json FILE]

Also the file of each, and how soon its first row is there: it is written while it is
read. The rows are copies of what the standard data hold, in a venture of their own.
"""

import argparse
import json
import statistics
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import requests

from benchmarks.pages import milliseconds
from benchmarks.server import Server, running

SIZES = (100, 10_000)
ROUNDS = 9
LISTS = {
    "commitments": "commitments/",
    "commitments, narrowed": "commitments/?standing=signed&q=kept",
    "decision log": "decisions/",
    "decision log, narrowed": "decisions/?kind=stop&became=open",
}
FILES = {
    "commitments": "commitments/?format=csv",
    "decision log": "decisions/?format=csv",
}
FILL = "from benchmarks.lists import fill; fill({slug!r}, {rows})"


def fill(slug: str, rows: int) -> None:
    """Inside Django: as many signed commitments and decided alerts as are missing."""
    from core import clock  # noqa: PLC0415  Django is set up by now
    from core.models import Workspace  # noqa: PLC0415

    workspace, now = Workspace.objects.get(slug=slug), clock.now()
    by = workspace.memberships.order_by("joined_at").first().user
    add_signed(workspace, rows, by, now)
    add_decided(workspace, rows, by, now)


def add_signed(workspace: Any, rows: int, by: Any, now: datetime) -> None:
    from decisions.models import Commitment  # noqa: PLC0415

    today, own = workspace.today(now), Commitment.objects.in_workspace(workspace)
    Commitment.objects.bulk_create(
        Commitment(
            workspace=workspace,
            title=f"Kept {number}",
            currency=workspace.currency,
            amount_minor=100 + number,
            starts_on=today,
            ends_on=today,
            status=Commitment.Status.SIGNED,
            created_by=by,
            created_at=now - timedelta(days=60, minutes=number),
            signed_by=by,
            signed_at=now - timedelta(days=50, minutes=number),
        )
        for number in range(rows - own.count())
    )


def add_decided(workspace: Any, rows: int, by: Any, now: datetime) -> None:
    from decisions.models import Alert, Decision  # noqa: PLC0415

    today, own = workspace.today(now), Decision.objects.in_workspace(workspace)
    alerts = Alert.objects.bulk_create(
        Alert(
            workspace=workspace,
            subject_kind="venture",
            subject_key=f"venture:{workspace.pk}",
            family="scheduled",
            rule="scheduled",
            severity="review",
            state=Alert.State.CLOSED,
            reason=f"Planned {number}.",
            raised_at=now - timedelta(days=60, minutes=number),
            closed_at=now - timedelta(days=50, minutes=number),
            evaluate_by=today,
        )
        for number in range(rows - own.count())
    )
    Decision.objects.bulk_create(
        Decision(
            workspace=workspace,
            alert=alert,
            kind=Decision.Kind.STOP,
            reasons="It came to this. " * 15,
            review_on=today,
            by=by,
            decided_at=alert.closed_at,
        )
        for alert in alerts
    )


def page(session: requests.Session, url: str) -> dict[str, float]:
    times = [milliseconds(session, url) for _round in range(ROUNDS + 1)][1:]
    queries = int(session.get(url, timeout=60).headers["X-Queries"])
    return {"ms": statistics.median(times), "queries": queries}


def file(session: requests.Session, url: str) -> dict[str, float]:
    begun = time.perf_counter()
    with session.get(url, stream=True, timeout=120) as answer:
        parts = answer.iter_content(4096)
        size = len(next(parts))
        first = time.perf_counter() - begun
        size += sum(map(len, parts))
    return {"first_s": first, "s": time.perf_counter() - begun, "bytes": size}


def measure(server: Server, venture: dict[str, Any]) -> dict[str, Any]:
    session = server.sign_in(venture["users"][0]["email"])
    origin = f"{server.origin}/w/{venture['slug']}"
    found: dict[str, Any] = {}
    for rows in SIZES:
        words = FILL.format(slug=venture["slug"], rows=rows)
        server.manage("shell", "--no-imports", "-c", words)
        pages = {
            name: page(session, f"{origin}/{path}") for name, path in LISTS.items()
        }
        files = {
            name: file(session, f"{origin}/{path}") for name, path in FILES.items()
        }
        found[str(rows)] = {"pages": pages, "files": files}
    return found


def show(found: dict[str, Any]) -> None:
    few, many = (found[str(rows)] for rows in SIZES)
    for name in LISTS:
        a, b = few["pages"][name], many["pages"][name]
        print(
            f"{name:24} {a['ms']:6.1f} ms, {a['queries']:2.0f} queries → "
            f"{b['ms']:6.1f} ms, {b['queries']:2.0f} queries  ({b['ms'] / a['ms']:.1f} ×)"
        )
    for name in FILES:
        one = many["files"][name]
        print(
            f"{name:24} file of {one['bytes'] / 1e6:.1f} MB: first row after "
            f"{one['first_s']:.2f} s, all after {one['s']:.2f} s"
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--json")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder) / "data", 1) as (server, seeded),
    ):
        results = measure(server, seeded["ventures"][0])
    show(results)
    if options.json:
        Path(options.json).write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
