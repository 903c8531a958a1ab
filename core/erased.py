"""Who was erased here, as hashes in DATA_DIR/erased.txt.

A backup that is older than an erasure holds the person still: `restore` erases them
again. The list says nothing of anybody: it holds the SHA-256 of random ids.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from django.conf import settings

from core.models import ActivityEntry


def mark_of(person_id: UUID | str) -> str:
    return sha256(f"fieldproof.erased:{person_id}".encode()).hexdigest()


def path() -> Path:
    return Path(settings.DATA_DIR) / "erased.txt"


def note_erased(ids: Iterable[UUID], now: datetime) -> None:
    add_marks([mark_of(pk) for pk in ids], now)


def add_marks(marks: Iterable[str], now: datetime) -> None:
    """Appended in one piece, so that several processes may write."""
    known = listed()
    new = [mark for mark in dict.fromkeys(marks) if mark not in known]
    if not new:
        return
    path().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, "".join(f"{mark} {now:%Y-%m-%d}\n" for mark in new).encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def listed() -> set[str]:
    try:
        lines = path().read_text().splitlines()
    except FileNotFoundError:
        return set()
    return {line.split(" ")[0] for line in lines if line.strip()}


def known_marks() -> set[str]:
    """The list, and what the log of this database says of erasures."""
    entries = ActivityEntry.objects.filter(verb="person.erased")
    ids = entries.values_list("subject_id", flat=True)
    return listed() | {mark_of(pk) for pk in ids if pk}
