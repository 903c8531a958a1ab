import os
import socket
import stat
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core import preparing
from core.management.commands import up
from core.models import OneTimeLink, Role
from core.preparing import NotPossibleError
from tests.factories import NOW, make_member, make_workspace
from tests.processes import free_port


# --- folder, port, lock --------------------------------------------------------------
def test_folder_is_made_and_left_clean(tmp_path):
    preparing.check_folder(tmp_path / "new" / "data")

    assert list((tmp_path / "new" / "data").iterdir()) == []


def test_folder_below_a_file_is_refused(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(NotPossibleError, match="cannot write to its data folder"):
        preparing.check_folder(tmp_path / "file" / "data")


def test_port_is_free_or_refused_with_a_way_out():
    port = free_port()
    preparing.check_port("127.0.0.1", port)

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        with pytest.raises(NotPossibleError, match=r"PORT=N make run"):
            preparing.check_port("127.0.0.1", port)


def test_host_that_does_not_exist_is_refused():
    with pytest.raises(NotPossibleError, match=r"no-such-host\.invalid"):
        preparing.check_port("no-such-host.invalid", 8000)


def test_lock_names_its_holder_and_goes_with_the_descriptor(tmp_path):
    first = preparing.lock(tmp_path)

    with pytest.raises(NotPossibleError, match=rf"\(process {os.getpid()}\)"):
        preparing.lock(tmp_path)

    os.close(first)
    os.close(preparing.lock(tmp_path))


def test_lock_waits_for_the_remains_of_a_dead_holder(tmp_path, monkeypatch):
    first = preparing.lock(tmp_path)
    os.pwrite(first, b"999999999", 0)
    waited = []
    monkeypatch.setattr(
        preparing.time,
        "sleep",
        lambda seconds: (waited.append(seconds), os.close(first)),
    )

    os.close(preparing.lock(tmp_path))

    assert len(waited) == 1


def test_lock_gives_up_on_remains_that_stay(tmp_path, monkeypatch):
    monkeypatch.setattr(preparing, "REMAINS_GO_WITHIN", 0.0)
    first = preparing.lock(tmp_path)
    os.pwrite(first, b"999999999", 0)

    with pytest.raises(NotPossibleError, match="already runs"):
        preparing.lock(tmp_path)

    os.close(first)


@pytest.mark.parametrize(("pid", "expected"), [(0, False), (-1, False), (1, True)])
def test_is_alive(pid, expected):
    assert preparing.is_alive(pid) is expected


# --- database, static files, sample ---------------------------------------------------
def test_nothing_is_migrated_when_nothing_is_pending(db):
    assert preparing.migrate() is False


@pytest.fixture
def static_root(tmp_path, settings):
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.css").write_text("a {}")
    settings.STATICFILES_DIRS = [source]
    settings.STATIC_ROOT = str(tmp_path / "collected")
    return Path(settings.STATIC_ROOT)


def test_static_files_are_collected_when_a_source_changed(static_root, settings):
    preparing.collect_static()
    copied = static_root / "a.css"
    assert copied.read_text() == "a {}"

    copied.unlink()
    preparing.collect_static()
    assert not copied.exists()

    (Path(settings.STATICFILES_DIRS[0]) / "a.css").write_text("a { color: red }")
    preparing.collect_static()
    assert copied.read_text() == "a { color: red }"


def test_static_folder_that_cannot_be_written_is_refused(static_root):
    static_root.touch()

    with pytest.raises(NotPossibleError, match="cannot write its static files"):
        preparing.collect_static()


@pytest.fixture
def loaded(monkeypatch):
    names = []
    monkeypatch.setattr(
        preparing, "call_command", lambda command, name, **options: names.append(name)
    )
    monkeypatch.setattr(preparing, "get_commands", lambda: {"load_sample": "portfolio"})
    return names


def test_sample_is_loaded_on_the_first_start_alone(db, tmp_path, loaded):
    preparing.load_sample_once(tmp_path, "webvan")
    preparing.load_sample_once(tmp_path, "webvan")

    assert loaded == ["webvan"]


def test_sample_is_not_laid_beside_ventures_that_are_there(workspace, tmp_path, loaded):
    preparing.load_sample_once(tmp_path, "webvan")
    workspace.delete()
    preparing.load_sample_once(tmp_path, "webvan")

    assert loaded == []


# --- what it says ---------------------------------------------------------------------
def ways_in():
    return list(up.ways_in("http://here", NOW))


def make_sample():
    return make_workspace("Webvan", slug=up.SAMPLE, is_sample=True)


def test_first_start_offers_the_setup(db):
    (line,) = ways_in()

    assert "http://here/setup/?key=" in line
    assert OneTimeLink.objects.get().kind == "setup"


def test_sample_offers_its_owner_and_advisor_beside_the_setup(db):
    sample = make_sample()
    for role in Role:
        make_member(sample, role)

    setup, owner, advisor = ways_in()

    assert "/setup/?key=" in setup
    assert "as owner" in owner
    assert "as advisor" in advisor
    assert all("http://here/enter/" in line for line in (owner, advisor))
    roles = OneTimeLink.objects.filter(kind="login").order_by("created_at")
    assert {link.user.memberships.get().role for link in roles} == {"owner", "advisor"}


def test_setup_ends_with_the_first_owner_of_a_venture(owner, capsys):
    assert ways_in() == []
    with pytest.raises(CommandError, match="There is a venture already"):
        call_command("setup_link")


def test_setup_link_prints_the_way_in(db, capsys, settings):
    make_member(make_sample(), Role.OWNER)

    call_command("setup_link")

    said = capsys.readouterr().out
    assert said.startswith(f"{settings.APP_ORIGIN}/setup/?key=")


@pytest.mark.parametrize(
    ("host", "origin", "address", "lines"),
    [
        ("127.0.0.1", "", "http://127.0.0.1:8000", 2),
        ("0.0.0.0", "", "http://0.0.0.0:8000", 3),  # noqa: S104  compared, not bound
        ("0.0.0.0", "https://a.example", "https://a.example", 2),  # noqa: S104
    ],
)
def test_greeting_gives_the_address_people_type(
    monkeypatch, host, origin, address, lines
):
    monkeypatch.setenv("APP_ORIGIN", origin)

    said = list(up.greeting(host, 8000))

    assert address in said[1]
    assert len(said) == lines


def test_data_of_the_installation_is_private(tmp_path, monkeypatch):
    monkeypatch.setattr(up, "prepare", lambda *args, **kwargs: None)
    monkeypatch.setattr(up, "plan_for", lambda host, port: None)
    monkeypatch.setattr(up, "become_tree", lambda plan, lock: (tmp_path / "x").touch())
    before = os.umask(0o022)

    call_command("up")

    os.umask(before)
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o600
