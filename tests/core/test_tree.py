import os
import tempfile

import pytest

from core import broker, tree
from core.supervisor import Supervisor
from core.tree import Plan


def plan(**changes):
    fields = {
        "host": "127.0.0.1",
        "port": 8000,
        "data_dir": "/srv/data",
        "needs_broker": True,
        "greeting": ["Hello", "Ünïcode"],
    }
    return Plan(**(fields | changes))


@pytest.fixture
def supervisor(monkeypatch):
    """Starts nothing, remembers what it was asked to start."""
    supervisor = Supervisor()
    supervisor.started = []
    monkeypatch.setattr(supervisor, "start", supervisor.started.append)
    yield supervisor
    for end in (supervisor.wake_read, supervisor.wake_write):
        os.close(end)


def test_plan_survives_the_way_through_a_file():
    with tempfile.TemporaryFile() as file:
        plan().saved(file.fileno())

        assert Plan.loaded(os.dup(file.fileno())) == plan()


def test_environment_does_not_depend_on_where_the_command_was_typed(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/mine")

    environment = plan(port=81).environment

    assert environment["DATA_DIR"] == "/srv/data"
    assert environment["PORT"] == "81"
    assert environment["PYTHONPATH"] == f"{tree.ROOT}{os.pathsep}/mine"


def test_broker_of_ones_own_needs_no_server(supervisor):
    assert tree.start_broker(supervisor, plan(needs_broker=False))
    assert supervisor.started == []


def test_without_a_server_one_sentence_and_no_worker(supervisor, monkeypatch, capsys):
    monkeypatch.setattr(broker, "find_server", lambda: None)

    assert not tree.start_broker(supervisor, plan())
    assert "the scheduler then does all background work" in capsys.readouterr().out
    assert supervisor.started == []


def test_embedded_broker_is_stopped_last(supervisor, tmp_path):
    assert tree.start_broker(supervisor, plan(data_dir=str(tmp_path)))

    (child,) = supervisor.started
    assert child.stop_last
    assert (tmp_path / "broker").is_dir()


def test_commands_write_no_paths_and_no_schedule():
    web = tree.web("127.0.0.1", 8000, {}).command
    beat = tree.beat({}).command

    assert "--access-log" not in web
    assert beat[beat.index("--pidfile") + 1] == ""
    assert "--schedule" not in beat


def test_nobody_answers_on_a_port_where_nobody_listens():
    assert not tree.is_answering("0.0.0.0", 1)  # noqa: S104  compared, not bound
