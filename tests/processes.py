"""Starting, watching and freezing real processes."""

import os
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from core import broker

ROOT = Path(__file__).resolve().parents[1]


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
