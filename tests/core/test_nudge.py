import os
import queue
import signal
import threading
import time
import warnings
from contextlib import suppress

import pytest

from config.celery import app as current_app
from core import nudge as module
from core.broker import socket_url
from core.nudge import Line, Messenger, messenger, nudge
from tests.processes import eventually, running_broker

called = []


def note(*args):
    called.append(args)


@pytest.fixture
def data_dir(tmp_path, settings):
    settings.CELERY_TASK_ALWAYS_EAGER = False
    changed = {"broker_url": socket_url(tmp_path), "task_always_eager": False}
    before = {name: current_app.conf[name] for name in changed}
    current_app.conf.update(changed)
    module._messenger = None
    yield tmp_path
    forget_what_waits()
    current_app.conf.update(before)
    module._messenger = None


def forget_what_waits():
    """So that no thread sends hints of this test in the middle of the next."""
    waiting = module._messenger.waiting if module._messenger else queue.Queue()
    with suppress(queue.Empty):
        while True:
            waiting.get_nowait()
            waiting.task_done()
    waiting.join()


@pytest.fixture
def asleep(monkeypatch):
    """The background thread takes nothing from the queue."""
    event = threading.Event()
    monkeypatch.setattr(Messenger, "_work", lambda self: event.wait())
    yield
    event.set()


def waiting_tasks(line):
    client = line.connection.default_channel.client
    return client.llen(current_app.conf.task_default_queue)


def test_eager_tasks_run_here_and_now(settings):
    settings.CELERY_TASK_ALWAYS_EAGER = True
    called.clear()

    nudge(f"{__name__}.note", "1", "2")

    assert called == [("1", "2")]


def test_task_reaches_the_broker_from_the_background(data_dir):
    with running_broker(data_dir):
        line = Line()
        assert line.answers()

        nudge("core.tasks.tick")

        assert eventually(lambda: waiting_tasks(line) == 1)
        line.close()


@pytest.mark.faults
def test_frozen_broker_makes_nobody_wait_and_recovers(data_dir, caplog):
    with running_broker(data_dir) as broker:
        line = Line()
        nudge("core.tasks.tick")
        assert eventually(lambda: waiting_tasks(line) == 1)
        os.kill(broker.pid, signal.SIGSTOP)

        started = time.monotonic()
        for _ in range(20):
            nudge("core.tasks.tick")
        assert time.monotonic() - started < 0.1

        started = time.monotonic()
        assert not line.answers()
        assert not line.send("core.tasks.tick")
        assert time.monotonic() - started < 2.5 * module.TIMEOUT_SECONDS
        assert eventually(lambda: "did not take" in caplog.text)
        os.kill(broker.pid, signal.SIGCONT)
        assert eventually(line.answers)
        assert line.send("core.tasks.tick")
        line.close()


def test_missing_broker_is_logged_not_raised(data_dir, caplog):
    line = Line()

    assert not line.send("core.tasks.tick")
    assert not line.answers()
    assert "broker did not take core.tasks.tick" in caplog.text
    line.close()


def test_a_thread_that_died_is_replaced(data_dir, monkeypatch):
    monkeypatch.setattr(Messenger, "_work", lambda self: None)
    nudge("core.tasks.tick")
    first = messenger()
    first.thread.join()

    assert messenger() is not first


def test_full_queue_drops_and_says_so(data_dir, asleep, caplog):
    for _ in range(module.QUEUE_SIZE + 3):
        nudge("core.tasks.tick")

    assert messenger().waiting.full()
    assert caplog.text.count("hint dropped") == 3


def test_thread_starts_with_the_first_hint_and_anew_in_a_forked_child(data_dir, asleep):
    assert module._messenger is None
    nudge("core.tasks.tick")
    first = messenger()
    assert messenger() is first

    with warnings.catch_warnings(action="ignore"):  # newer Pythons warn of the threads
        child = os.fork()
    if child == 0:
        nudge("core.tasks.tick")
        is_new = messenger() is not first and messenger().thread.is_alive()
        os._exit(0 if is_new and messenger().waiting.qsize() == 1 else 1)

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
