"""Starting, watching and freezing real processes."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from core import broker

ROOT = Path(__file__).resolve().parents[1]
# Set by the test run itself; the installation has its own.
NOT_INHERITED = {
    "DJANGO_SETTINGS_MODULE",
    "DATABASE_URL",
    "TEST_DATABASE_URL",
    "REDIS_URL",
    "EMAIL_URL",
    "APP_ORIGIN",
    "FIELDPROOF_NOW",
    "DEBUG",
}


def environment(data_dir, **more):
    kept = {name: v for name, v in os.environ.items() if name not in NOT_INHERITED}
    return kept | {"DATA_DIR": str(data_dir), "PYTHONUNBUFFERED": "1"} | more


def start(data_dir, port, log, *options, **more):
    with log.open("w") as file:
        return subprocess.Popen(
            [sys.executable, "manage.py", "up", "--port", str(port), *options],
            cwd=ROOT,
            env=environment(data_dir, **more),
            stdout=file,
            stderr=subprocess.STDOUT,
        )


def eventually(condition, within=10.0):
    """The condition's first true value, or its last one."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(0.05)
    return condition()


def is_alive(pid):
    """Neither gone nor a zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running_broker(data_dir):
    """A broker of its own; yields the process."""
    broker.prepare(data_dir)
    process = subprocess.Popen(broker.command(broker.find_server(), data_dir))
    assert eventually(broker.socket_path(data_dir).exists)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def processes_with(word):
    """{pid: command} of every process that has the word in command or environment."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            environment = (folder / "environ").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if word in command or word in environment:
            found[int(folder.name)] = command
    found.pop(os.getpid(), None)
    return {pid: command for pid, command in found.items() if is_alive(pid)}
