"""Making a backup, and proving that one can be restored."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from core.backup.archive import Archive, ArchiveRefused, Writer
from core.backup.places import scratch_folder, still_view
from core.backup.proving import loaded
from core.backup.reading import (
    about_this_database,
    all_files,
    rows_of,
    write_files,
    write_table,
)
from core.backup.tables import whole
from core.erased import known_marks
from core.heartbeats import beat
from core.installation import recognise_database
from core.models import Heartbeat
from core.sealing import derived

KIND = "installation"


class BackupFailed(Exception):  # noqa: N818  told in a sentence
    """Why there is no backup, in a sentence."""


@dataclass(frozen=True)
class Backup:
    """What a backup file holds."""

    path: Path
    made_at: str
    sha256: str
    size: int
    manifest: dict[str, Any]

    @property
    def rows(self) -> int:
        return sum(table["rows"] for table in self.manifest["tables"])


# --- making ----------------------------------------------------------------------
def make_backup(path: Path, now: datetime) -> Backup:
    """Written beside, restored into a scratch database and compared, then renamed: under
    the final name there is a whole, proven backup or what was there before."""
    check_target(path)
    recognise_database(now)
    with draft_of(path) as (draft, file):
        try:
            write_backup(file, now)
            file.flush()
            os.fsync(file.fileno())
            prove(draft)
        except OSError as error:
            reason = error.strerror or str(error)
            raise BackupFailed(f"The backup could not be written: {reason}.") from error
        draft.replace(path)
        sync_folder(path.parent)
    note_backup(now)
    with Archive(path, KIND) as archive:
        return described(archive)


def check_target(path: Path, kind: str = KIND) -> None:
    if not path.parent.is_dir():
        raise BackupFailed(f"There is no folder {path.parent}.")
    if path.is_dir():
        raise BackupFailed(f"{path} is a folder. Name the file to write.")
    if path.exists():
        try:
            Archive(path, kind).close()
        except ArchiveRefused as error:
            raise BackupFailed(
                f"{path} is there already and no such file: it is left as it is."
            ) from error


@contextmanager
def draft_of(path: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """One at a time; what a killed backup left is written over."""
    draft = path.with_name(f".{path.name}.part")
    file = os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.close()
        raise BackupFailed(f"Another backup is being written to {path}.") from error
    try:
        file.truncate(0)
        yield draft, file
    finally:
        draft.unlink(missing_ok=True)
        # what a full disk did not take is written once more when the file is closed
        with suppress(OSError):
            file.close()


def write_backup(file: IO[bytes], now: datetime) -> None:
    with still_view(), Writer(file, now) as writer:
        about = about_this_database()
        tables = [write_table(writer, model, rows_of(model)) for model in whole()]
        files = write_files(writer, all_files())
        manifest = {
            **about,
            "kind": KIND,
            "made_at": now.isoformat(),
            "tables": tables,
            "files": files.kept,
            "missing_files": files.missing,
            "erased": sorted(known_marks()),
        }
        writer.close(manifest, keys()[0])


def sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def keys() -> list[bytes]:
    """What backups are signed with: the current key first, then those it replaced."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [derived(secret, "backup") for secret in secrets]


# --- proving ---------------------------------------------------------------------
def verify_backup(path: Path) -> Backup:
    """Raises ArchiveRefused with what is wrong. Touches no row but the sign of life
    that `doctor` reads."""
    backup = prove(path)
    note_backup(datetime.fromisoformat(backup.made_at))
    return backup


def prove(path: Path) -> Backup:
    """Every byte read, every row restored into a scratch database and compared."""
    with Archive(path, KIND) as archive:
        check(archive)
        with scratch_folder() as folder, loaded(archive, folder):
            pass
        return described(archive)


def check(archive: Archive, *, accepts_other_key: bool = False) -> None:
    """Whether it is whole and ours, before anything of it is used."""
    if not archive.is_signed_by(keys()) and not accepts_other_key:
        raise ArchiveRefused(
            "It was made with another SECRET_KEY, or by somebody else. Set the "
            "SECRET_KEY of the installation it comes from (its DATA_DIR/secret_key), "
            "or name it in SECRET_KEY_FALLBACKS."
        )
    archive.check_members()


def described(archive: Archive) -> Backup:
    with archive.path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Backup(
        path=archive.path,
        made_at=archive.manifest["made_at"],
        sha256=sha256,
        size=archive.path.stat().st_size,
        manifest=archive.manifest,
    )


def note_backup(made_at: datetime) -> None:
    """The newest verified backup, for `doctor`; an older one changes nothing."""
    newest = Heartbeat.objects.filter(name="backup", at__gte=made_at)
    if not newest.exists():
        beat("backup", made_at)
