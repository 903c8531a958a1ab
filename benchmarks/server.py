"""An installation full of demonstration ventures, and somebody signed in to it."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests

from tests.processes import (
    ROOT,
    environment,
    eventually,
    free_port,
    processes_with,
    start,
)

SEED = 1


class Server:
    """`manage.py up` on a folder of its own, with the floor beside the pages."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.port = free_port()
        self.log = folder.with_suffix(".log")
        self.more = {"DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
        self.origin = f"http://127.0.0.1:{self.port}"

    def manage(self, *words: str) -> str:
        """What a management command prints."""
        command = [sys.executable, "-W", "ignore", "manage.py", *words]
        more = self.more | {"APP_ORIGIN": self.origin}
        done = subprocess.run(  # noqa: S603  ourselves
            command,
            cwd=ROOT,
            env=environment(self.folder, **more),
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def seed(self, tenants: int) -> dict[str, Any]:
        self.manage("migrate", "-v", "0")
        words = ["seed_demo", "--tenants", str(tenants), "--seed", str(SEED), "--json"]
        seeded: dict[str, Any] = json.loads(self.manage(*words))
        return seeded

    def up(self) -> float:
        """Seconds until the first answer."""
        began = time.monotonic()
        self.process = start(
            self.folder, self.port, self.log, "--no-sample", **self.more
        )
        if not eventually(self.answers, within=60):
            raise RuntimeError(self.log.read_text())
        return time.monotonic() - began

    def answers(self) -> bool:
        try:
            return requests.get(f"{self.origin}/healthz", timeout=2).ok
        except requests.RequestException:
            return False

    def down(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)

    def sign_in(self, email: str) -> requests.Session:
        """By the one-time link, as a person would."""
        link = self.manage("login_link", email).strip()
        path = urlsplit(link).path
        session = requests.Session()
        page = session.get(self.origin + path, timeout=30)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        if token is None:
            raise RuntimeError("the sign-in page has no form")
        form = {"csrfmiddlewaretoken": token[1]}
        key = re.search(r'name="form_key" value="([^"]+)"', page.text)
        if key:
            form["form_key"] = key[1]
        session.post(self.origin + path, form, timeout=30).raise_for_status()
        return session

    def megabytes(self) -> float:
        """Memory of the whole tree: shared pages counted once (PSS)."""
        total = 0
        for pid in processes_with(f"DATA_DIR={self.folder}\0"):
            try:
                text = Path(f"/proc/{pid}/smaps_rollup").read_text()
            except OSError:
                continue
            total += int(re.search(r"^Pss:\s+(\d+)", text, re.M)[1])  # type: ignore[index]
        return total / 1024


@contextmanager
def running(folder: Path, tenants: int) -> Iterator[tuple[Server, dict[str, Any]]]:
    os.makedirs(folder, exist_ok=True)  # noqa: PTH103  the parent may be there
    server = Server(folder)
    seeded = server.seed(tenants)
    server.up()
    try:
        yield server, seeded
    finally:
        server.down()
