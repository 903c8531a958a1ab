"""The board of 5,000 talks: questions to the database, and time beside its bare rows.

    python -m benchmarks.board [--json FILE]

Each segment of the first venture has its eleven questions. The floor reads the same
evidence, answers and scores on the same server and writes one line of each. Also how
long it takes to note where all questions of that venture stand, as the worker does.
"""

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import requests

from benchmarks.pages import milliseconds
from benchmarks.server import Server, running

ROUNDS = 15
NOTE = "from benchmarks.board import note; note({slug!r})"


def note(slug: str) -> None:
    """Inside Django. Nothing of it stays."""
    from django.db import transaction  # noqa: PLC0415  Django is set up by now

    from core import clock  # noqa: PLC0415
    from core.models import Workspace  # noqa: PLC0415
    from milestones.actions.noting import note_moment  # noqa: PLC0415

    workspace = Workspace.objects.get(slug=slug)
    with transaction.atomic():
        begun = time.perf_counter()
        note_moment(workspace, clock.now())
        print(time.perf_counter() - begun)
        transaction.set_rollback(True)


def beside(session: requests.Session, page: str, floor: str) -> dict[str, float]:
    """By turns, so that whatever slows the machine slows both."""
    pairs = [
        (milliseconds(session, page), milliseconds(session, floor))
        for _ in range(ROUNDS + 1)
    ][1:]
    ours, bare = (statistics.median(times) for times in zip(*pairs, strict=True))
    queries = int(session.get(page, timeout=60).headers["X-Queries"])
    return {"ms": ours, "floor_ms": bare, "ratio": ours / bare, "queries": queries}


def measure(server: Server, venture: dict[str, Any]) -> dict[str, Any]:
    session = server.sign_in(venture["users"][0]["email"])
    slug = venture["slug"]
    boards = {}
    for number, segment in enumerate(venture["ids"]["segment"], 1):
        asked = f"?segment={segment}"
        page = f"{server.origin}/w/{slug}/questions/{asked}"
        found = beside(session, page, f"{server.origin}/floor/{slug}/board/{asked}")
        boards[f"segment {number}"] = found
        print(
            f"segment {number}: {found['ms']:6.1f} ms  floor {found['floor_ms']:6.1f} ms"
            f"  {found['ratio']:4.1f} ×  {found['queries']:.0f} queries"
        )
    return {
        "boards": boards,
        "ratio": max(found["ratio"] for found in boards.values()),
        "queries": max(found["queries"] for found in boards.values()),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--json")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder) / "data", 1) as (server, seeded),
    ):
        venture = seeded["ventures"][0]
        results = measure(server, venture)
        words = NOTE.format(slug=venture["slug"])
        noted = server.manage("shell", "--no-imports", "-c", words)
        results["note_seconds"] = float(noted)
    print(f"noting all questions: {results['note_seconds']:.1f} s")
    if options.json:
        Path(options.json).write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
