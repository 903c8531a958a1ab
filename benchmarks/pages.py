"""How long pages take beside bare views of the same rows, for 1 and for 16 clients.

    python -m benchmarks.pages [--json FILE] [--tenants N]

The first venture holds 5,000 talks; with more tenants others stand beside it. Start-up
and memory of the whole process tree are measured on the way.
"""

import argparse
import json
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import requests

from benchmarks.server import Server, running

CLIENTS = 16
ROUNDS = 20
EACH = 6
# page → (path below the venture, the bare view beside it)
PAGES = {
    "today": ("", "scores"),
    "board": ("questions/", "scores"),
    "question": ("questions/1/", "scores"),
    "customers": ("customers/", "people"),
    "customers, searched": ("customers/?q=person-name-12", "people"),
    "person": ("customers/{person}/", "talks"),
    "interviews": ("interviews/", "talks"),
    "interview": ("interviews/{interview}/", "quotes"),
    "inbox": ("interviews/inbox/", "quotes"),
    "search": ("search/?q=rota+nurse", "quotes"),
    "problems": ("problems/", "people"),
    "forecasts": ("forecasts/", "scores"),
}


def milliseconds(session: requests.Session, url: str) -> float:
    began = time.perf_counter()
    answer = session.get(url, timeout=60)
    took = time.perf_counter() - began
    if answer.status_code != requests.codes.ok:
        raise RuntimeError(f"{url} answered {answer.status_code}")
    return took * 1000


def alone(session: requests.Session, url: str) -> float:
    milliseconds(session, url)
    return statistics.median(milliseconds(session, url) for _ in range(ROUNDS))


def together(sessions: list[requests.Session], url: str) -> tuple[float, float]:
    """Median in ms, and answers a second."""
    began = time.perf_counter()
    with ThreadPoolExecutor(len(sessions)) as pool:
        asked = [
            pool.submit(milliseconds, session, url)
            for session in sessions
            for _time in range(EACH)
        ]
        times = [one.result() for one in asked]
    return statistics.median(times), len(times) / (time.perf_counter() - began)


def page_times(
    server: Server, seeded: dict[str, Any], sessions: list[requests.Session]
) -> dict[str, dict[str, float]]:
    venture = seeded["ventures"][0]
    ids = {name: known[0] for name, known in venture["ids"].items()}
    found = {}
    for name, (path, kind) in PAGES.items():
        url = f"{server.origin}/w/{venture['slug']}/{path.format(**ids)}"
        floor = f"{server.origin}/floor/{venture['slug']}/{kind}/"
        one, bare = alone(sessions[0], url), alone(sessions[0], floor)
        many, rate = together(sessions, url)
        found[name] = {
            "ms": one,
            "floor_ms": bare,
            "ratio": one / bare,
            "ms_of_16": many,
            "answers_a_second_of_16": rate,
        }
        print(
            f"{name:22}{one:8.1f} ms  floor {bare:6.1f} ms  {one / bare:6.1f} ×"
            f"  16 clients {many:8.1f} ms {rate:6.1f}/s"
        )
    return found


def restarts(server: Server) -> float:
    """Seconds until an installed copy answers again, the best of three."""
    times = []
    for _time in range(3):
        server.down()
        times.append(server.up())
    return min(times)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--json")
    parser.add_argument("--tenants", type=int, default=2)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder) / "data", options.tenants) as (server, seeded),
    ):
        owner = seeded["ventures"][0]["users"][0]["email"]
        sessions = [server.sign_in(owner) for _client in range(CLIENTS)]
        results: dict[str, Any] = {"pages": page_times(server, seeded, sessions)}
        results["megabytes"] = server.megabytes()
        results["restart_seconds"] = restarts(server)
    print(f"\nprocess tree {results['megabytes']:.0f} MB (PSS)")
    print(f"restart {results['restart_seconds']:.1f} s until the first answer")
    if options.json:
        Path(options.json).write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
