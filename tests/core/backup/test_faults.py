"""Backups while things go wrong: a full disk, a killed process, people who go on."""

import os
import resource
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction

from core.backup.archive import Archive, ArchiveRefused
from core.backup.making import KIND, BackupFailed, make_backup
from core.backup.places import SCRATCH
from core.files import path_of
from core.models import Heartbeat, Membership, Workspace
from tests.factories import NOW, make_member, make_stored_file, make_workspace
from tests.processes import ROOT, eventually

pytestmark = pytest.mark.django_db(transaction=True)
MEGABYTE = 1024 * 1024


@pytest.fixture
def house(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    return tmp_path


def attach(workspace, size):
    """Its row says something else of the bytes; a backup keeps what is there."""
    file = make_stored_file(workspace)
    path_of(file.workspace_id, file.pk).write_bytes(os.urandom(size))


@contextmanager
def files_of_at_most(size):
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


def test_no_room_leaves_the_older_backup_and_nothing_else(house):
    workspace = make_workspace("Acme")
    target = house / "one.zip"
    make_backup(target, NOW)
    before = target.read_bytes()
    attach(workspace, 5 * MEGABYTE)

    with files_of_at_most(4 * MEGABYTE), pytest.raises(BackupFailed, match="written"):
        make_backup(target, NOW + timedelta(hours=1))

    Workspace.objects.all().delete()
    with files_of_at_most(MEGABYTE // 5), pytest.raises(ArchiveRefused, match="proven"):
        make_backup(target, NOW + timedelta(hours=1))

    assert target.read_bytes() == before
    assert [path.name for path in house.iterdir() if path.name != "data"] == ["one.zip"]
    assert Heartbeat.objects.get(name="backup").at == NOW


def test_what_is_no_backup_is_not_written_over(house):
    (house / "thesis.zip").write_bytes(b"years of work")

    for path in (house / "thesis.zip", house, house / "none" / "x.zip"):
        with pytest.raises(BackupFailed):
            make_backup(path, NOW)

    assert (house / "thesis.zip").read_bytes() == b"years of work"


def test_one_moment_while_others_write(house):
    """Whoever writes two rows in one transaction finds both in a backup, or neither."""
    is_over = threading.Event()

    def write():
        while not is_over.is_set():
            with transaction.atomic():
                make_member(make_workspace(), "owner")
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert eventually(Membership.objects.exists)
        counts = [rows_in(house / f"{number}.zip") for number in range(4)]
    finally:
        is_over.set()
        writer.join()

    assert [ventures for ventures, members in counts if ventures != members] == []
    assert counts == sorted(counts)
    assert counts[0] < (Workspace.objects.count(),) * 2


def rows_in(path):
    tables = make_backup(path, NOW).manifest["tables"]
    rows = {table["label"]: table["rows"] for table in tables}
    return rows["core.Workspace"], rows["core.Membership"]


@pytest.mark.faults
def test_a_killed_backup_leaves_no_file_under_its_name(house, settings):
    if connection.vendor != "sqlite":
        pytest.skip("the killed process asks no database")
    attach(make_workspace("Acme"), 40 * MEGABYTE)
    target, part = house / "one.zip", house / ".one.zip.part"
    process = start_backup(target, settings.DATA_DIR)
    assert eventually(lambda: part.exists() and part.stat().st_size > MEGABYTE, 60)

    process.send_signal(signal.SIGKILL)
    process.wait()

    assert not target.exists()
    (settings.DATA_DIR / f"{SCRATCH}killed").mkdir()
    os.utime(settings.DATA_DIR / f"{SCRATCH}killed", (0, 0))
    assert make_backup(target, NOW).size > 40 * MEGABYTE
    assert not part.exists()
    assert list(settings.DATA_DIR.glob(f"{SCRATCH}*")) == []
    with Archive(target, KIND) as archive:
        archive.check_members()


def start_backup(target, data_dir):
    name = connection.settings_dict["NAME"]
    environment = {
        "DATABASE_URL": f"sqlite:///{name}",
        "DATA_DIR": str(data_dir),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    return subprocess.Popen(
        [sys.executable, "manage.py", "backup", str(target)],
        cwd=ROOT,
        env=os.environ | environment,
    )
