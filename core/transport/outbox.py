"""Where mails go without a mail server."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core.transport.parcels import Outcome, Parcel, Verdict


@dataclass(frozen=True)
class OutboxTransport:
    """Without a mail server: one file a message, whole or absent, kept over power loss.

    The same name overwrites itself, so a message written twice is there once.
    """

    folder: Path

    def send(self, parcel: Parcel, before_data: Callable[[], bool]) -> Outcome:
        if not before_data():
            return Outcome(Verdict.WITHDRAWN)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_durably(self.folder / f"{parcel.name}.eml", parcel.content)
        except OSError as error:
            return Outcome(Verdict.UNAVAILABLE, f"outbox: {error.strerror}")
        return Outcome(Verdict.ACCEPTED, "written to the outbox")

    def close(self) -> None:
        """Nothing stays open between messages."""


def write_durably(path: Path, content: bytes) -> None:
    """Writes beside, syncs, renames: a reader sees the whole file or none."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(
            os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb"
        ) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
