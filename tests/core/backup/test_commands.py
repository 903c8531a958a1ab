"""backup, verify_backup, restore, export_venture, restore_venture: words, JSON, status."""

import hashlib
import json
import zipfile
from io import StringIO
from itertools import count

import pytest
from django.core.management import CommandError, call_command

from core import preparing
from core.backup.archive import MANIFEST, SEAL, signature
from core.backup.making import keys
from core.backup.places import scratch_folder
from core.erased import listed
from core.installation import alone
from core.models import Heartbeat, Installation, Role, User, Workspace
from tests.factories import make_member, make_workspace

numbers = count(1)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    make_member(make_workspace("Acme", slug="acme"), Role.OWNER)
    return tmp_path


def run(*args, **options):
    out = StringIO()
    call_command(*map(str, args), stdout=out, **options)
    return out.getvalue()


def told(*args, **options):
    return json.loads(run(*args, json=True, **options))


def refused(*args, **options):
    """The reason, in JSON as in words; exit status 1."""
    out = StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command(*map(str, args), stdout=out, json=True, **options)
    assert refusal.value.returncode == 1
    said = json.loads(out.getvalue())
    assert said["ok"] is False
    assert said["error"] == str(refusal.value)
    return said["error"]


def resealed(path, change, key=None):
    """The same backup with another manifest, signed as if we had written it."""
    with zipfile.ZipFile(path) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    manifest = json.loads(members[MANIFEST])
    change(manifest)
    members[MANIFEST] = text = json.dumps(manifest).encode()
    seal = {"sha256": hashlib.sha256(text).hexdigest()}
    seal["signature"] = signature(key or keys()[0], text)
    members[SEAL] = json.dumps(seal).encode()
    target = path.with_name(f"changed-{next(numbers)}.zip")
    with zipfile.ZipFile(target, "w") as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return target


def test_a_backup_and_back(house):
    path = house / "one.zip"
    made = told("backup", path)
    assert (made["ok"], made["verified"], made["rows"]["core.Workspace"]) == (
        True,
        True,
        1,
    )
    assert made["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert told("verify_backup", path) == made
    assert "every row is as it was" in run("verify_backup", path)
    assert Heartbeat.objects.get(name="backup").at.isoformat() == made["made_at"]
    assert oct(path.stat().st_mode)[-3:] == "600"

    assert "--force" in refused("restore", path)
    User.objects.update(name="changed since")
    words = run("restore", path, force=True)

    assert "1 ventures" in words
    assert "outbound release" in words
    assert User.objects.get().name != "changed since"
    assert told("restore", path, force=True)["outbound_hold"] == "restored"
    assert Installation.objects.get().outbound_hold == "restored"


@pytest.mark.parametrize("make", ["scratch", "alone", "start"])
def test_whoever_makes_the_data_folder_makes_it_private(house, settings, make):
    """The database of a restore is a file that everybody on the machine might read."""
    folder = settings.DATA_DIR
    assert not folder.exists()

    if make == "start":
        preparing.check_folder(folder)
    else:
        with {"scratch": scratch_folder, "alone": alone}[make]():
            pass

    assert folder.stat().st_mode & 0o077 == 0


def test_what_is_refused_before_anything_is_touched(house, settings):
    path = house / "one.zip"
    run("backup", path)
    newer = resealed(path, lambda m: m["migrations"]["core"].append("0999_tomorrow"))
    lost = resealed(path, lambda m: m["tables"][0].update(rows=7))
    unknown = resealed(path, lambda m: m["tables"][0].update(label="core.Nothing"))
    cut = house / "cut.zip"
    cut.write_bytes(path.read_bytes()[:-30])
    foreign = resealed(path, lambda m: None, key=b"another")
    User.objects.update(name="as it is now")

    for file, why in (
        (newer, "core.0999_tomorrow"),
        (lost, "differ"),
        (unknown, "core.Nothing"),
        (cut, "its end is missing"),
        (foreign, "another SECRET_KEY"),
        (house / "none.zip", "There is no file"),
    ):
        assert why in refused("verify_backup", file)
        assert why in refused("restore", file, force=True)
        assert User.objects.get().name == "as it is now"
    handle = preparing.lock(settings.DATA_DIR)
    assert "already runs" in refused("restore", path, force=True)
    preparing.os.close(handle)

    assert told("restore", foreign, force=True, accept_other_key=True)["ok"]
    assert User.objects.get().name != "as it is now"


def test_a_backup_of_an_older_version_is_brought_up_to_date(house):
    path = house / "one.zip"
    run("backup", path)
    older = resealed(path, as_of_the_first_portfolio)
    User.objects.update(name="changed since")

    assert told("restore", older, force=True)["ventures"] == 1

    assert User.objects.get().name != "changed since"


def as_of_the_first_portfolio(manifest):
    """With the one table that it had then."""
    manifest["migrations"]["portfolio"] = ["0001_sample_orders"]
    manifest["tables"] = [
        table
        for table in manifest["tables"]
        if not table["label"].startswith("portfolio.")
        or table["label"] == "portfolio.SampleOrder"
    ]


def test_a_venture_and_back(house):
    path = house / "acme.zip"
    made = told("export_venture", "acme", path)
    assert (made["venture"], made["rows"]["core.User"]) == ("acme", 1)
    assert "stay behind" in run("export_venture", "acme", path)
    assert "no venture" in refused("export_venture", "none", path)
    assert "--slug" in refused("restore_venture", path)

    arrived = told("restore_venture", path, slug="again")
    words = run("restore_venture", path, slug="third")

    assert arrived["has_new_ids"]
    assert "/w/third/" in words
    assert set(Workspace.objects.values_list("slug", flat=True)) == {
        "acme",
        "again",
        "third",
    }
    assert "restore_venture" in refused("restore", path, force=True)
    assert "manage.py restore takes it" in refused("restore_venture", backup_of(house))
    assert listed() == set()


def backup_of(house):
    run("backup", house / "all.zip")
    return house / "all.zip"
