"""The file itself: whole, ours, and known to us, or refused with the reason."""

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest

from core.backup import archive
from core.backup.archive import MANIFEST, SEAL, Archive, ArchiveRefused, Writer

NOW = datetime(2026, 11, 2, 13, 30, tzinfo=UTC)
KEY = b"k" * 32
ROWS = "rows/core.User.jsonl"
SAID = {
    "kind": "installation",
    "tables": [],
    "files": {},
    "missing_files": [],
    "migrations": {},
    "version": "1",
    "made_at": NOW.isoformat(),
}
FILE = f"files/{'a' * 64}"


def write(path, members=None, manifest=None, key=KEY):
    with path.open("wb") as file:
        writer = Writer(file, NOW)
        for name, data in (
            members or {ROWS: b'{"id":1}\n', FILE: b"%PDF" * 99}
        ).items():
            with writer.member(name, is_packed=name == ROWS) as sink:
                sink.write(data)
        writer.close(SAID | (manifest or {}), key)
    return path


@pytest.fixture
def good(tmp_path):
    return write(tmp_path / "good.zip")


def rezipped(path, change):
    """The same members after `change(dict of them)`, as others would pack them."""
    with zipfile.ZipFile(path) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    change(members)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return path


def test_what_was_written_is_read(good):
    with Archive(good, "installation") as found:
        found.check_members()
        assert list(found.lines(ROWS)) == [b'{"id":1}\n']
        assert found.is_signed_by([b"other", KEY])
        assert not found.is_signed_by([b"other"])


@pytest.mark.parametrize("name", [ROWS, FILE, MANIFEST, SEAL])
def test_one_byte_that_differs_is_found_and_its_member_named(good, name):
    data = bytearray(good.read_bytes())
    with zipfile.ZipFile(good) as packed:
        info = packed.getinfo(name)
    extra = int.from_bytes(data[info.header_offset + 28 :][:2], "little")
    start = info.header_offset + 30 + len(name) + extra
    for place in range(start, start + info.compress_size, 7):
        broken = bytes([*data[:place], data[place] ^ 0x10, *data[place + 1 :]])
        good.write_bytes(broken)
        with pytest.raises(ArchiveRefused, match=r"damaged: \w+") as refusal:
            read_all(good)
        assert name in str(refusal.value)


@pytest.mark.parametrize("name", [ROWS, FILE, MANIFEST])
def test_a_byte_that_the_zip_itself_vouches_for_is_found_too(good, name):
    def change(members):
        members[name] = members[name].replace(b"1", b"2").replace(b"%", b"&")

    rezipped(good, change)

    with pytest.raises(ArchiveRefused, match=f"damaged: {name}"):
        read_all(good)


def read_all(path, kind="installation"):
    with Archive(path, kind) as found:
        found.check_members()


def test_a_file_that_ends_too_early(good):
    whole = good.read_bytes()
    for size in range(0, len(whole), 37):
        good.write_bytes(whole[:size])
        with pytest.raises(ArchiveRefused, match="its end is missing"):
            read_all(good)


@pytest.mark.parametrize(
    "name",
    [
        "../etc/passwd",
        "rows/../../x.jsonl",
        "/rows/core.User.jsonl",
        "rows\\core.User.jsonl",
        "files/inner.zip",
        "README",
        "rows/core.User.jsonl\n",
    ],
)
def test_names_that_are_none_of_ours(good, name):
    rezipped(good, lambda members: members.update({name: b"x"}))

    with pytest.raises(ArchiveRefused, match="none of ours"):
        read_all(good)


def test_what_is_not_announced_and_what_is_missing(good):
    extra = f"files/{'b' * 64}"
    rezipped(good, lambda members: members.update({extra: b"x"}))
    with pytest.raises(ArchiveRefused, match="does not announce"):
        read_all(good)

    rezipped(good, lambda members: (members.pop(extra), members.pop(ROWS)))
    with pytest.raises(ArchiveRefused, match=f"{ROWS} is missing"):
        read_all(good)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_twice(good):
    with zipfile.ZipFile(good, "a") as packed:
        packed.writestr(ROWS, b"other rows")

    with pytest.raises(ArchiveRefused, match="twice"):
        read_all(good)


def test_what_is_packed_to_fill_a_disk_is_refused_before_it_is_unpacked(good):
    rezipped(good, lambda members: members.update({FILE: b"\0" * 60_000_000}))
    assert good.stat().st_size < 200_000

    with pytest.raises(ArchiveRefused, match="would unpack to"):
        Archive(good, "installation")


def test_more_members_than_any_of_ours(good, monkeypatch):
    monkeypatch.setattr(archive, "MAX_MEMBERS", 3)

    with pytest.raises(ArchiveRefused, match="more members"):
        Archive(good, "installation")


def test_a_manifest_larger_than_any_of_ours(good, monkeypatch):
    monkeypatch.setattr(archive, "MAX_MANIFEST", 100)

    with pytest.raises(ArchiveRefused, match="larger than any"):
        Archive(good, "installation")


@pytest.mark.parametrize(
    ("manifest", "why"),
    [
        ({"product": "another"}, "no archive of Fieldproof"),
        ({"format": 2}, "newer Fieldproof"),
        ({"format": "1"}, "newer Fieldproof"),
        ({"kind": "venture"}, "holds one venture"),
        ({"tables": {}}, "does not say what it must"),
        ({"version": None}, "does not say what it must"),
    ],
)
def test_archives_that_this_version_does_not_take(tmp_path, manifest, why):
    path = write(tmp_path / "odd.zip", manifest=manifest)

    with pytest.raises(ArchiveRefused, match=why):
        Archive(path, "installation")


@pytest.mark.parametrize("content", [b"", b"PK", b"notes", b"PK\x05\x06" + b"\0" * 18])
def test_other_files(tmp_path, content):
    path = tmp_path / "other"
    path.write_bytes(content)

    with pytest.raises(ArchiveRefused, match="no archive of Fieldproof"):
        Archive(path, "installation")


def test_no_file(tmp_path):
    with pytest.raises(ArchiveRefused, match="There is no file"):
        Archive(tmp_path / "none.zip", "installation")


@pytest.mark.parametrize("seal", [b"", b"[]", b"{}", b'{"sha256": 1, "signature": 2}'])
def test_a_seal_that_says_nothing(good, seal):
    rezipped(good, lambda members: members.update({SEAL: seal}))

    with pytest.raises(ArchiveRefused, match="damaged"):
        Archive(good, "installation")


def test_a_line_without_an_end(tmp_path):
    path = write(tmp_path / "cut.zip", {ROWS: b'{"id":1}\n{"id"'})

    with Archive(path, "installation") as found, pytest.raises(ArchiveRefused):
        list(found.lines(ROWS))


def test_a_manifest_is_written_for_people_too(good):
    with zipfile.ZipFile(good) as packed:
        said = json.loads(packed.read(MANIFEST))

    assert said["members"][ROWS]["size"] == 9
    assert said["format"] == archive.FORMAT
    assert io.BytesIO(good.read_bytes()).read(2) == b"PK"
