import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.guard import known_groups
from core.supervisor import Child, Supervisor, delay_after

ROOT = Path(__file__).resolve().parents[2]
SLEEP = (sys.executable, "-c", "import time; time.sleep(60)")
# ignores the polite signal, and has a child of its own that does the same
STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if "inner" not in sys.argv:
    print(subprocess.Popen([sys.executable, "-c", open(sys.argv[1]).read(),
                            sys.argv[1], "inner"]).pid, file=open(sys.argv[2], "w"))
time.sleep(60)
"""
PARENT = """
import sys
from core.supervisor import Child, Supervisor
supervisor = Supervisor(stop_within=3)
supervisor.listen()
for name, command in (("one", sys.argv[1:3]), ("two", sys.argv[3:])):
    supervisor.start(Child(name, [sys.executable, *command]))
print(*(r.process.pid for r in supervisor.running.values()),
      supervisor.guard.pid, flush=True)
supervisor.run()
supervisor.stop()
"""


@pytest.fixture
def supervisor():
    before = {n: signal.getsignal(n) for n in (signal.SIGCHLD, signal.SIGTERM)}
    supervisor = Supervisor(stop_within=2)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(supervisor.wake_write, warn_on_full_buffer=False)
    yield supervisor
    supervisor.stop()
    signal.set_wakeup_fd(-1)
    for number, handler in before.items():
        signal.signal(number, handler)
    for end in (supervisor.wake_read, supervisor.wake_write):
        os.close(end)


def is_alive(pid):
    """Neither gone nor a zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def eventually(condition, within=8.0):
    end = time.monotonic() + within
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return condition()


def turn_until(supervisor, condition, within=8.0):
    supervisor.run(until=condition, for_seconds=within)
    assert condition()


@pytest.mark.parametrize(
    ("quick_deaths", "seconds"),
    [(0, 0.25), (1, 0.5), (2, 1.0), (5, 8.0), (6, 10.0), (1000, 10.0)],
)
def test_delay_doubles_up_to_ten_seconds(quick_deaths, seconds):
    assert delay_after(quick_deaths) == seconds


def test_guard_knows_the_groups_that_were_not_taken_back():
    assert known_groups(["+1\n", "+2\n", "-1\n", "+3\n", "-9\n"]) == {2, 3}


def test_child_that_ends_well_is_started_again_with_growing_delay(supervisor):
    starts = []
    supervisor.start(
        Child("brief", (sys.executable, "-c", ""), before_start=starts.append)
    )

    turn_until(supervisor, lambda: len(starts) == 3)

    assert starts == [0, 1, 2]


def test_killed_child_comes_back_and_leaves_no_grandchild(supervisor, tmp_path):
    script = tmp_path / "stubborn.py"
    script.write_text(STUBBORN)
    noted = tmp_path / "pid"
    command = (sys.executable, "-c", STUBBORN, str(script), str(noted))
    supervisor.start(Child("stubborn", command))
    assert eventually(lambda: noted.exists() and noted.read_text().strip())
    first = supervisor.running["stubborn"].process.pid
    inner = int(noted.read_text())

    os.kill(first, signal.SIGKILL)
    turn_until(
        supervisor,
        lambda: (
            supervisor.running["stubborn"].process is not None
            and supervisor.running["stubborn"].process.pid != first
        ),
    )

    assert eventually(lambda: not is_alive(inner))


def test_command_that_does_not_exist_is_tried_again(supervisor, caplog):
    starts = []
    supervisor.start(Child("lost", ("/no/such/file",), before_start=starts.append))

    turn_until(supervisor, lambda: len(starts) == 2)

    assert "lost cannot be started" in caplog.text


def test_killed_guard_is_replaced_and_told_everything(supervisor):
    supervisor.start(Child("sleeper", SLEEP))
    first = supervisor.guard.pid

    os.kill(first, signal.SIGKILL)
    turn_until(
        supervisor,
        lambda: supervisor.guard is not None and supervisor.guard.pid != first,
    )

    sleeper = supervisor.running["sleeper"].process.pid
    supervisor.guard.stdin.close()
    assert eventually(lambda: not is_alive(sleeper))
    supervisor.guard.wait()
    supervisor.guard = None


def test_stop_kills_the_stubborn_and_ends_the_last_one_last(supervisor, tmp_path):
    script = tmp_path / "stubborn.py"
    script.write_text(STUBBORN)
    noted, order = tmp_path / "pid", tmp_path / "order"
    note = f"import signal, sys, time\ndef end(*_):\n  open({str(order)!r}, 'a').write(sys.argv[1])\n  sys.exit()\nsignal.signal(signal.SIGTERM, end)\nopen(sys.argv[2], 'w')\ntime.sleep(60)"
    for name, last in (("z", True), ("a", False)):
        command = (sys.executable, "-c", note, name, str(tmp_path / name))
        supervisor.start(Child(name, command, stop_last=last))
    command = (sys.executable, "-c", STUBBORN, str(script), str(noted))
    supervisor.start(Child("stubborn", command))
    assert eventually(
        lambda: (
            noted.exists() and (tmp_path / "a").exists() and (tmp_path / "z").exists()
        )
    )
    time.sleep(0.2)
    inner = int(noted.read_text())

    started = time.monotonic()
    supervisor.stop()

    assert time.monotonic() - started < 3
    assert order.read_text() == "az"
    assert not is_alive(inner)
    assert [r.process for r in supervisor.running.values()] == [None, None, None]


def parent(tmp_path):
    """A supervisor in a process of its own: (process, pids of children and guard)."""
    script = tmp_path / "stubborn.py"
    script.write_text(STUBBORN)
    noted = tmp_path / "pid"
    stubborn = ["-c", STUBBORN, str(script), str(noted)]
    process = subprocess.Popen(
        [sys.executable, "-c", PARENT, *SLEEP[1:], *stubborn],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )
    pids = [int(word) for word in process.stdout.readline().split()]
    assert eventually(lambda: noted.exists() and noted.read_text().strip())
    return process, [*pids, int(noted.read_text())]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGABRT])
def test_nobody_survives_a_killed_supervisor(tmp_path, number):
    process, pids = parent(tmp_path)
    assert len(pids) == 4

    os.kill(process.pid, number)
    process.communicate()

    assert eventually(lambda: not any(map(is_alive, pids)))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signals_stop_everything_in_time(tmp_path, number):
    process, pids = parent(tmp_path)

    started = time.monotonic()
    os.kill(process.pid, number)
    process.communicate(timeout=10)

    assert process.returncode == 0
    assert time.monotonic() - started < 5
    assert not any(map(is_alive, pids))
