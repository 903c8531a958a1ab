"""What must be true before `manage.py up` starts anything, and what a first start does."""

import fcntl
import hashlib
import os
import socket
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command, get_commands

from core.health import pending_migrations
from core.models import Workspace

# How long to wait for the remains of an installation whose supervisor was killed.
REMAINS_GO_WITHIN = 10.0


class NotPossibleError(Exception):
    """A sentence for whoever typed the command."""


def check_folder(folder: Path) -> None:
    probe = folder / f".writable-{os.getpid()}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        reason = error.strerror or str(error)
        raise NotPossibleError(
            f"Fieldproof cannot write to its data folder {folder}: {reason}."
        ) from error


def check_port(host: str, port: int) -> None:
    try:
        family, kind, _protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind) as probe:
            # A port whose last connections are still winding down counts as free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
    except OSError as error:
        reason = error.strerror or str(error)
        raise NotPossibleError(
            f"Fieldproof cannot listen on {host}:{port}: {reason}. "
            "Another port: manage.py up --port N, or PORT=N make run."
        ) from error


def lock(folder: Path) -> int:
    """Holds the data folder for one installation; returns the open file descriptor.

    The lock goes with the last process that has the descriptor open.
    """
    handle = os.open(folder / "up.lock", os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + REMAINS_GO_WITHIN
    while not try_lock(handle):
        holder = os.pread(handle, 20, 0).decode() or "0"
        if is_alive(int(holder)) or time.monotonic() > deadline:
            os.close(handle)
            raise NotPossibleError(
                f"Fieldproof already runs on the data folder {folder} "
                f"(process {holder}). Stop it first, or set another DATA_DIR."
            )
        time.sleep(0.1)
    os.ftruncate(handle, 0)
    os.pwrite(handle, str(os.getpid()).encode(), 0)
    return handle


def try_lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_alive(pid: int) -> bool:
    if pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def migrate() -> bool:
    """Brings the database up to date; True if there was anything to do."""
    if not pending_migrations():
        return False
    call_command("migrate", interactive=False, verbosity=0)
    return True


def collect_static() -> None:
    """Copies and compresses the static files unless they are the same as last time.

    Older files stay: an installation that still runs beside this one needs them.
    """
    target = Path(settings.STATIC_ROOT)
    stamp, wanted = target / ".collected", static_fingerprint()
    with suppress(OSError):
        if stamp.read_text() == wanted:
            return
    try:
        target.mkdir(parents=True, exist_ok=True)
        with (target / ".lock").open("w") as one_at_a_time:
            fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
            call_command("collectstatic", interactive=False, verbosity=0)
            stamp.write_text(wanted)
    except OSError as error:
        raise NotPossibleError(
            f"Fieldproof cannot write its static files: {error}."
        ) from error


def static_fingerprint() -> str:
    """Name, size and time of every source file."""
    seen = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in finders.get_finders():
        for name, storage in finder.list(ignore_patterns=None):
            found = Path(storage.path(name)).stat()
            seen.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def load_sample_once(folder: Path, name: str) -> None:
    """On the first start only: a sample that was removed does not come back."""
    mark = folder / "sample_offered"
    if mark.exists() or "load_sample" not in get_commands():
        return
    if not Workspace.objects.exists():
        call_command("load_sample", name, verbosity=0)
    mark.touch()
