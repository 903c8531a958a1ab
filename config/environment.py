"""Reading the environment: every mistake is reported at once, in words."""

import os
import secrets
import sys
from pathlib import Path
from urllib.parse import urlsplit

from environs import EnvError, FileAwareEnv

MAIL_SCHEMES = ("smtp", "smtps", "submission")


def kept_secret(folder: Path) -> str:
    """The installation's own key: made once, kept with mode 0600.

    Two processes starting together agree, since only one of them can create the file.
    """
    path = folder / "secret_key"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    except OSError as error:
        sys.exit(f"Fieldproof cannot write to its data folder {folder}: {error}.")
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()


def origin(value: str) -> str:
    """A public address such as https://fieldproof.example: scheme and host, no path."""
    if not value:
        return ""
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise EnvError(
            f"{value!r} is not an address such as https://fieldproof.example"
        )
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise EnvError(f"{value!r} may hold scheme, host and port only")
    return f"{parts.scheme}://{parts.netloc}"


def mail_address(value: str) -> str:
    """smtp://user:password@host:port/?from=address, or smtps:// or submission://."""
    parts = urlsplit(value)
    if value and (parts.scheme not in MAIL_SCHEMES or not parts.hostname):
        raise EnvError(
            f"{parts.scheme}://… is none of {', '.join(MAIL_SCHEMES)}://host"
        )
    return value


def broker_address(value: str) -> str:
    if value and urlsplit(value).scheme not in ("redis", "rediss", "redis+socket"):
        raise EnvError("it begins with redis://, rediss:// or redis+socket://")
    return value


def sealed(env: FileAwareEnv) -> None:
    """Ends the reading. Wrong values stop the program with one line for each."""
    try:
        env.seal()
    except EnvError as error:
        messages = getattr(error, "error_messages", {}) or {"": [str(error)]}
        lines = [f"  {name}: {'; '.join(said)}" for name, said in messages.items()]
        sys.exit(
            "Fieldproof cannot start, its environment is wrong:\n" + "\n".join(lines)
        )
