"""A whole installation in a folder of its own, as `manage.py up` runs it.

It finds its tables made, as after the first start, which takes a quarter of a minute;
`prepared=False` starts from nothing.
"""

import http.client
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import contextmanager, nullcontext, suppress
from urllib.parse import urlencode

from tests.database import prepare_folder
from tests.processes import (
    ROOT,
    environment,
    eventually,
    free_port,
    processes_with,
    start,
)

PARTS = {
    "web": "granian",
    "worker": "celery --quiet -A config worker",
    "beat": "celery --quiet -A config beat",
    "broker": "valkey-server",
    "guard": "guard.py",
}

# Lets a test without a database make one; set by tests/conftest.py.
databases = {"allowed": nullcontext}


class Installation:
    def __init__(self, data_dir, port=None, options=("--no-sample",), *, prepared=True):
        if prepared and not data_dir.exists():
            with databases["allowed"]():
                prepare_folder(data_dir)
        self.data_dir = data_dir
        self.port = port or free_port()
        self.log = data_dir.with_suffix(f".{self.port}.log")
        self.process = start(data_dir, self.port, self.log, *options)
        self.cookie = ""

    def wait_until_ready(self):
        """Until it has said its address."""
        runs = "Fieldproof runs at"
        assert eventually(lambda: runs in self.log.read_text(), within=120), self.said()

    def said(self):
        return self.log.read_text()

    # --- processes ----------------------------------------------------------------
    def everybody(self):
        return processes_with(f"DATA_DIR={self.data_dir}\0") | self.parts("broker")

    def parts(self, name):
        """{pid: command}; the broker rewrites its environment, hence the socket's name."""
        word = str(self.data_dir)
        found = processes_with(word)
        return {pid: text for pid, text in found.items() if PARTS[name] in text}

    def leader(self, name):
        """The process that the supervisor started itself, or None."""
        for pid in self.parts(name):
            with suppress(FileNotFoundError, ProcessLookupError):
                if os.getpgid(pid) == pid:
                    return pid
        return None

    def others(self, name):
        return [pid for pid in self.parts(name) if pid != self.leader(name)]

    def stop(self, number=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(number)
        self.process.wait(timeout=30)

    # --- pages ---------------------------------------------------------------------
    def ask(self, method, path, data=None, timeout=10):
        """The status of the answer."""
        visit = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        headers = {"Cookie": self.cookie, "Host": f"127.0.0.1:{self.port}"}
        if data is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            data = urlencode(data | {"csrfmiddlewaretoken": "f" * 32})
        try:
            visit.request(method, path, data, headers)
            answer = visit.getresponse()
            answer.read()
            return answer.status
        finally:
            visit.close()

    def answers(self):
        try:
            return self.ask("GET", "/healthz", timeout=2) == 200
        except (OSError, http.client.HTTPException):
            return False

    def sign_in(self):
        """As the owner of a venture; returns its slug."""
        seeded = subprocess.run(
            [sys.executable, "-m", "tests.faults.seed_visitor"],
            cwd=ROOT,
            env=environment(self.data_dir, DJANGO_SETTINGS_MODULE="config.settings"),
            capture_output=True,
            text=True,
            check=True,
        )
        slug, key = seeded.stdout.split()
        self.cookie = f"sessionid={key}; csrftoken={'f' * 32}"
        return slug

    # --- database -------------------------------------------------------------------
    def one(self, sql):
        connection = sqlite3.connect(self.data_dir / "fieldproof.sqlite3", timeout=5)
        try:
            return connection.execute(sql).fetchone()
        finally:
            connection.close()

    def heartbeat(self, name):
        return self.one(f"SELECT at FROM core_heartbeat WHERE name = '{name}'")  # noqa: S608  a test's own word


@contextmanager
def running(data_dir, **how):
    installation = Installation(data_dir, **how)
    try:
        installation.wait_until_ready()
        yield installation
    finally:
        installation.stop()
        for pid in installation.everybody():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        assert eventually(lambda: not installation.everybody())
