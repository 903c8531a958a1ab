"""`manage.py up` under faults: real processes, killed, frozen and crowded out."""

import os
import signal
import socket
import time

import pytest

from tests.faults.installation import running
from tests.processes import eventually, free_port, is_alive, start

STORM = os.environ.get("FIELDPROOF_STORM") == "1"
TIMES = 20 if STORM else 1

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(
        bool(os.environ.get("TEST_DATABASE_URL")),
        reason="the tree is the same on PostgreSQL; once, on SQLite, is enough",
    ),
]


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    with running(tmp_path_factory.mktemp("up") / "data") as installation:
        assert eventually(lambda: installation.heartbeat("worker"), within=30), (
            installation.said()
        )
        yield installation


def refused(tmp_path, *options, data_dir=None, port=None, **more):
    """(exit status, what it said) of a start that must not succeed."""
    log, folder = tmp_path / "said", data_dir or tmp_path / "data"
    process = start(folder, port or free_port(), log, *options, **more)
    return process.wait(timeout=60), log.read_text()


@pytest.mark.parametrize("name", ["web", "worker", "beat", "broker", "guard"])
@pytest.mark.parametrize("turn", range(TIMES))
def test_killed_part_comes_back(installation, name, turn):
    first = installation.leader(name)
    rest = installation.others(name)

    os.kill(first, signal.SIGKILL)

    assert eventually(lambda: installation.leader(name) not in (first, None), within=30)
    assert eventually(installation.answers, within=20)
    assert not any(map(is_alive, rest))
    assert is_alive(installation.process.pid)


@pytest.mark.parametrize("name", ["web", "worker"])
@pytest.mark.parametrize("turn", range(TIMES))
def test_killed_process_of_a_pool_comes_back(installation, name, turn):
    assert eventually(lambda: len(installation.others(name)) >= 2, within=30)
    time.sleep(6)  # granian gives up on one that dies again within 5.5 s
    first = installation.others(name)

    os.kill(first[0], signal.SIGKILL)

    assert eventually(
        lambda: len(set(installation.others(name)) - set(first)) >= 1, within=30
    )
    assert eventually(installation.answers, within=20)


@pytest.mark.parametrize("turn", range(TIMES))
def test_worker_consumes_again_after_the_broker_was_killed(installation, turn):
    before = installation.heartbeat("worker")
    broker = installation.leader("broker")

    os.kill(broker, signal.SIGKILL)

    assert eventually(lambda: installation.heartbeat("worker") > before, within=60)
    assert installation.leader("broker") not in (broker, None)


def slowest_of(installation, team, guests):
    """Seconds that an invitation and the page after it took at most."""
    slowest = 0.0
    for number in guests:
        started = time.monotonic()
        invited = {"email": f"guest{number}@example.com", "role": "advisor"}
        assert installation.ask("POST", f"{team}invite/", invited) in (302, 303)
        assert installation.ask("GET", team) == 200
        slowest = max(slowest, time.monotonic() - started)
    return slowest


def test_frozen_broker_delays_no_page_and_no_form(installation):
    team = f"/w/{installation.sign_in()}/settings/team/"
    calm = slowest_of(installation, team, range(8))
    broker = installation.leader("broker")
    os.kill(broker, signal.SIGSTOP)

    try:
        frozen = slowest_of(installation, team, range(8, 20))
    finally:
        os.kill(broker, signal.SIGCONT)

    # one request that waited for the broker would take its time-out of 2 s longer
    assert frozen < max(1.0, 2 * calm)
    # nothing was lost either: the rows were there, whoever sent them
    assert eventually(
        lambda: (
            installation.one("SELECT count(*) FROM core_delivery WHERE state = 'sent'")
            == (20,)
        ),
        within=130,
    )


def test_second_start_on_the_same_folder_is_refused(installation, tmp_path):
    status, said = refused(tmp_path, data_dir=installation.data_dir)

    assert status == 1
    assert "already runs on the data folder" in said
    assert "Traceback" not in said
    assert installation.answers()


def test_taken_port_is_said_in_a_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        status, said = refused(tmp_path, port=taken.getsockname()[1])

    assert status == 1
    assert "cannot listen on 127.0.0.1" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("key", ["", "x" * 60])
def test_folder_that_cannot_be_written_is_said_in_a_sentence(tmp_path, key):
    (tmp_path / "file").write_text("not a folder")

    status, said = refused(
        tmp_path, data_dir=tmp_path / "file" / "data", SECRET_KEY=key
    )

    assert status == 1
    assert "cannot write to its data folder" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stop_takes_seconds_and_leaves_nobody(tmp_path, number):
    with running(tmp_path / "data") as installation:
        assert len(installation.everybody()) >= 6

        started = time.monotonic()
        installation.stop(number)

        assert time.monotonic() - started < 10
        assert installation.process.returncode == 0
        assert installation.everybody() == {}


def test_killed_supervisor_leaves_nobody_and_the_folder_is_free_again(tmp_path):
    with running(tmp_path / "data") as first:
        first.process.kill()
        first.process.wait()

        # the second waits for the remains of the first
        with running(first.data_dir, port=first.port) as second:
            assert eventually(second.answers, within=20)

        assert first.everybody() == {}
