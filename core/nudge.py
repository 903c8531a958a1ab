"""Hints to the broker that never make anybody wait.

`nudge()` puts a task's name on a small queue; one background thread of the process
sends it. When the broker is slow, frozen or gone, hints are dropped and logged: the
row that needs work says so itself, and the next tick finds it.
"""

import logging
import os
import queue
import threading

from celery import current_app
from django.conf import settings
from django.utils.module_loading import import_string
from kombu.exceptions import KombuError, OperationalError

logger = logging.getLogger(__name__)

QUEUE_SIZE = 100
TIMEOUT_SECONDS = 2
EXPIRES_SECONDS = 300
# What a connection may raise, KombuError among them for unknown transports.
BROKER_ERRORS = (OperationalError, KombuError, OSError, ValueError)


class Line:
    """One connection to the broker: short timeouts, no second try."""

    def __init__(self):
        self.connection = current_app.connection_for_write(
            connect_timeout=TIMEOUT_SECONDS,
            transport_options={
                "socket_timeout": TIMEOUT_SECONDS,
                "socket_connect_timeout": TIMEOUT_SECONDS,
                "retry_on_timeout": False,
            },
        )

    def send(self, task_name, args=(), *, expires=EXPIRES_SECONDS) -> bool:
        """False, and a line in the log, when the broker did not take it."""
        try:
            current_app.send_task(
                task_name,
                args,
                connection=self.connection,
                retry=False,
                expires=expires,
                ignore_result=True,
            )
        except BROKER_ERRORS as error:
            logger.warning("broker did not take %s: %s", task_name, error)
            return False
        return True

    def answers(self) -> bool:
        """Whether the broker answers a PING within the timeout."""
        try:
            return bool(self.connection.default_channel.client.ping())
        except (*BROKER_ERRORS, *self.connection.connection_errors):
            return False

    def close(self):
        self.connection.release()


class Messenger:
    """The queue and the thread of one process."""

    def __init__(self):
        self.waiting = queue.Queue(maxsize=QUEUE_SIZE)
        self.thread = threading.Thread(target=self._work, name="nudge", daemon=True)
        self.thread.start()

    @property
    def is_working(self):
        return self.pid == os.getpid() and self.thread.is_alive()

    def put(self, task_name, args):
        try:
            self.waiting.put_nowait((task_name, args))
        except queue.Full:
            logger.warning("hint dropped, too many are waiting: %s", task_name)

    def _work(self):
        line = Line()
        while True:
            task_name, args = self.waiting.get()
            line.send(task_name, args)
            self.waiting.task_done()


_lock = threading.Lock()
_messenger: Messenger | None = None


def messenger() -> Messenger:
    """This process's messenger. Threads do not survive a fork: a child gets a new one."""
    global _messenger
    with _lock:
        if _messenger is None or not _messenger.thread.is_alive():
            _messenger = Messenger()
        return _messenger


def _unlock_after_fork():
    global _lock
    _lock = threading.Lock()


os.register_at_fork(after_in_child=_unlock_after_fork)


def nudge(task_name: str, *args: str) -> None:
    """Asks a worker to run a task soon. To be called after commit; never raises for the
    broker, never waits. With eager tasks, as in tests, runs it here and now."""
    if settings.CELERY_TASK_ALWAYS_EAGER:
        import_string(task_name)(*args)
        return
    messenger().put(task_name, args)
