"""How fast ten thousand people come in by CSV, and what the worker's memory does.

    python -m benchmarks.imports [--json FILE] [--small]

Beside it stands a floor of the same run and machine: the same file read by the csv
module and written by bulk_create, without checks, pseudonyms, search index or undo.
"""

import argparse
import csv
import io
import json
import resource
import time
from pathlib import Path
from typing import Any

from benchmarks.child import databases, in_django

PEOPLE = 10_000
WORK = "from benchmarks.imports import measure; measure({path}, %d)"
HEADER = ("Name", "Company", "E-Mail", "Job title", "Phone", "Next step")
CHOICES = {"duplicates": "fill", "source": "cold", "consent": "notes"}


def measure(path: str, rows: int) -> None:
    """Inside Django: the floor, then the import, its repetition and its undo."""
    from core.models import User, Workspace  # noqa: PLC0415  Django is set up by now

    now = current_time()
    by = User.objects.create_user("bench@example.com", "x" * 14, name="Bench")
    workspace = Workspace.objects.create(name="B", slug="bench", created_at=now)
    data = table_of(rows).encode()
    found: dict[str, Any] = {"rows": rows, "floor_s": floor(workspace, data, now)}
    before = memory()
    found |= brought_in(workspace, by, data, now)
    found["memory_mb"] = round(memory() - before, 1)
    seconds = sum(found[name] for name in ("read_s", "check_s", "run_s"))
    found["seconds"] = round(seconds, 2)
    found["rows_per_s"] = round(rows / seconds)
    found["times_the_floor"] = round(seconds / found["floor_s"], 1)
    found |= {"again_s": brought_in(workspace, by, data, now)["run_s"]}
    Path(path).write_text(json.dumps(found))


def table_of(rows: int) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    for n in range(rows):
        firm = f"Company {n // 3}"
        address = f"p{n}@c{n // 3}.example"
        writer.writerow([f"Person {n}", firm, address, "Manager", f"030 {n}", "Call"])
    return out.getvalue()


def floor(workspace: Any, data: bytes, now: Any) -> float:
    from discovery.models import Organisation, Person  # noqa: PLC0415

    begun = time.perf_counter()
    lines = list(csv.DictReader(io.StringIO(data.decode())))
    names = dict.fromkeys(line["Company"] for line in lines)
    own = {"workspace": workspace, "created_at": now}
    firms = {
        name: Organisation(name=name, pseudonym=f"O{n}", **own)
        for n, name in enumerate(names)
    }
    Organisation.objects.bulk_create(firms.values(), batch_size=500)
    people = [
        Person(
            name=line["Name"],
            email=line["E-Mail"],
            organisation=firms[line["Company"]],
            role_title=line["Job title"],
            phone=line["Phone"],
            next_step=line["Next step"],
            pseudonym=f"P{n}",
            **own,
        )
        for n, line in enumerate(lines)
    ]
    Person.objects.bulk_create(people, batch_size=500)
    seconds = time.perf_counter() - begun
    Person.objects.all().delete()
    Organisation.objects.all().delete()
    return round(seconds, 3)


def brought_in(workspace: Any, by: Any, data: bytes, now: Any) -> dict[str, float]:
    """Each step as the pages and the worker take it, and its longest transaction."""
    from core import importing  # noqa: PLC0415
    from core.spreadsheets import read_table  # noqa: PLC0415

    times = Times()
    table = read_table(data, "people.csv")
    run = importing.stage_table(
        workspace, by=by, now=now, kind="people", target="", table=table
    )
    del table
    times.note("read_s")
    importing.choose_columns(run, by=by, now=now, mapping=run.mapping, choices=CHOICES)
    times.work(run)
    times.note("check_s")
    importing.start_run(run, by=by, now=now)
    times.work(run)
    times.note("run_s")
    return times.found


class Times:
    def __init__(self) -> None:
        self.found: dict[str, float] = {}
        self.begun = time.perf_counter()

    def note(self, name: str) -> None:
        self.found[name] = round(time.perf_counter() - self.begun, 2)
        self.begun = time.perf_counter()

    def work(self, run: Any) -> None:
        from core.importing.claiming import WORKING, release  # noqa: PLC0415
        from core.importing.work import STAGES, claim, one_batch  # noqa: PLC0415

        run = claim(run.pk, current_time())
        stage, longest, is_on = STAGES[run.state](run), 0.0, run.state in WORKING
        while is_on:
            begun = time.perf_counter()
            is_on = one_batch(run, stage, current_time())
            longest = max(longest, time.perf_counter() - begun)
        release(run)
        known = self.found.get("longest_transaction_ms", 0)
        self.found["longest_transaction_ms"] = max(known, round(longest * 1000))


def current_time() -> Any:
    from core import clock  # noqa: PLC0415

    return clock.now()


def memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.imports")
    parser.add_argument("--json")
    parser.add_argument("--small", action="store_true", help="a tenth of the rows")
    options = parser.parse_args()
    rows = PEOPLE // 10 if options.small else PEOPLE
    results = {name: in_django(url, WORK % rows) for name, url in databases()}
    for name, found in results.items():
        print(name, *(f"{key} {value}" for key, value in found.items()), sep="  ")
    if options.json:
        Path(options.json).write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
