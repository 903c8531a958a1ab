"""A tree of child processes: started, restarted for ever, stopped together.

No Django here, so that it can be tested and started quickly. Each child leads a process
group of its own. Whatever happens to the supervisor, its children go too: on Linux the
kernel tells each child when its parent dies, and everywhere a small guard process
(`core/guard.py`) waits at the end of a pipe and then kills the groups it was told of.
"""

import ctypes
import logging
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

logger = logging.getLogger(__name__)

FIRST_DELAY = 0.25
LONGEST_DELAY = 10.0
STEADY_AFTER = 20.0
PR_SET_PDEATHSIG = 1
GUARD = Path(__file__).with_name("guard.py")
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def nothing(_failures: int) -> None:
    """The default of `Child.before_start`."""


@dataclass(frozen=True)
class Child:
    """What to run.

    `stop_last` keeps a child, such as the broker, until the others have gone.
    `before_start` gets the number of quick deaths in a row, 0 at first.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    stop_last: bool = False
    before_start: Callable[[int], None] = nothing


@dataclass
class Running:
    child: Child
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    quick_deaths: int = 0
    start_at: float = 0.0


def delay_after(quick_deaths: int) -> float:
    """Seconds to wait before the next start: doubles from a quarter of a second to ten."""
    return min(LONGEST_DELAY, FIRST_DELAY * 2.0 ** min(quick_deaths, 10))


def die_with_parent(parent: int) -> None:
    """Runs in the child between fork and exec."""
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before the kernel knew
            os._exit(1)


def signal_group(group: int, number: int) -> bool:
    """Signals a whole group; False when nobody of it is left."""
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return False
    except PermissionError:  # macOS says this of a group of zombies
        return False
    return True


class Supervisor:
    """Use from the main thread: `start` children, then `run` until a signal comes.

    `keep_open` are file descriptors, such as a lock, that stay with the guard until the
    last child is gone.
    """

    def __init__(self, *, stop_within: float = 9.0, keep_open: Sequence[int] = ()):
        self.stop_within = stop_within
        self.running: dict[str, Running] = {}
        self.is_stopping = False
        self.keep_open = tuple(keep_open)
        self.guard: subprocess.Popen[bytes] | None = None
        self.wake_read, self.wake_write = os.pipe()
        for end in (self.wake_read, self.wake_write):
            os.set_blocking(end, False)

    # --- life ---------------------------------------------------------------------
    def listen(self) -> None:
        """Takes over the signals. Until then a signal has its usual effect."""
        stopping = [signal.SIGINT, signal.SIGTERM]
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # set by nohup
            stopping.append(signal.SIGHUP)
        for number in stopping:
            signal.signal(number, self._asked_to_stop)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # only to wake up
        signal.set_wakeup_fd(self.wake_write, warn_on_full_buffer=False)

    def _asked_to_stop(self, *_: object) -> None:
        self.is_stopping = True

    def start(self, child: Child) -> None:
        self.running[child.name] = Running(child)
        self._start(self.running[child.name])

    def run(
        self,
        *,
        until: Callable[[], bool] = lambda: False,
        for_seconds: float = float("inf"),
    ) -> None:
        """Restarts what dies, until a signal comes, `until()` is true or time is up."""
        end = time.monotonic() + for_seconds
        longest = 0.5 if for_seconds == float("inf") else 0.1
        while not self.is_stopping and time.monotonic() < end and not until():
            self.turn(longest)

    def turn(self, longest: float = 0.5) -> None:
        """One look at the children, after at most `longest` seconds of waiting."""
        self._sleep(longest)
        self._reap()
        now = time.monotonic()
        if self.guard is None and self.running:
            self._start_guard()
        for running in self.running.values():
            if running.process is None and running.start_at <= now:
                self._start(running)

    def stop(self) -> None:
        """Ends all children within `stop_within` seconds, those with `stop_last` last."""
        self.is_stopping = True
        deadline = time.monotonic() + self.stop_within
        first = [r for r in self.running.values() if not r.child.stop_last]
        last = [r for r in self.running.values() if r.child.stop_last]
        self._end(first, deadline - 0.25 * self.stop_within if last else deadline)
        self._end(last, deadline)
        if self.guard is not None and self.guard.stdin is not None:
            self.guard.stdin.close()  # end of file: the guard has nobody left, and goes
            self.guard.wait(timeout=5)

    # --- parts --------------------------------------------------------------------
    def _start(self, running: Running) -> None:
        if self.guard is None:
            self._start_guard()
        child, parent = running.child, os.getpid()
        child.before_start(running.quick_deaths)
        running.started_at = time.monotonic()
        try:
            running.process = subprocess.Popen(  # noqa: S603  commands are our own
                child.command,
                env=os.environ | dict(child.environment),
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=lambda: die_with_parent(parent),
            )
        except OSError as error:
            logger.error("%s cannot be started: %s", child.name, error)
            self._plan_restart(running)
        else:
            self._tell_guard(f"+{running.process.pid}")

    def _start_guard(self) -> None:
        self.guard = subprocess.Popen(  # noqa: S603  a script of our own
            [sys.executable, "-I", "-S", str(GUARD)],
            stdin=subprocess.PIPE,
            start_new_session=True,
            pass_fds=self.keep_open,
        )
        for running in self.running.values():
            if running.process is not None:
                self._tell_guard(f"+{running.process.pid}")

    def _close_guard(self, code: int) -> None:
        """It was killed: the next turn starts another and tells it everything."""
        if self.guard is not None and self.guard.stdin is not None:
            self.guard.returncode = code
            self.guard.stdin.close()
        self.guard = None

    def _tell_guard(self, line: str) -> None:
        if self.guard is not None and self.guard.stdin is not None:
            with suppress(BrokenPipeError):
                os.write(self.guard.stdin.fileno(), f"{line}\n".encode())

    def _reap(self) -> None:
        """Collects every dead child, also orphans when we are process 1."""
        by_pid = {r.process.pid: r for r in self.running.values() if r.process}
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            code = os.waitstatus_to_exitcode(status)
            if pid in by_pid:
                self._ended(by_pid[pid], code)
            elif self.guard is not None and pid == self.guard.pid:
                self._close_guard(code)

    def _ended(self, running: Running, code: int) -> None:
        if running.process is not None:
            running.process.returncode = code
            group, running.process = running.process.pid, None
            signal_group(group, signal.SIGKILL)  # what the dead one left behind
            self._tell_guard(f"-{group}")
        if not self.is_stopping:
            self._plan_restart(running)
            logger.warning(
                "%s ended with status %s and is started again", running.child.name, code
            )

    def _plan_restart(self, running: Running) -> None:
        now = time.monotonic()
        if now - running.started_at > STEADY_AFTER:
            running.quick_deaths = 0
        running.start_at = now + delay_after(running.quick_deaths)
        running.quick_deaths += 1

    def _end(self, some: list[Running], deadline: float) -> None:
        for running in some:
            if running.process is not None:
                # Not Popen.terminate(), which would reap behind our back. A frozen
                # process hears nothing before it is continued.
                os.kill(running.process.pid, signal.SIGCONT)
                os.kill(running.process.pid, signal.SIGTERM)
        while any(r.process for r in some) and time.monotonic() < deadline:
            self._sleep(0.1)
            self._reap()
        for running in some:
            if running.process is not None:
                signal_group(running.process.pid, signal.SIGKILL)
        while any(r.process for r in some):
            self._sleep(0.1)
            self._reap()

    def _sleep(self, longest: float) -> None:
        """Waits for a signal, such as the death of a child."""
        if select.select([self.wake_read], [], [], longest)[0]:
            with suppress(BlockingIOError):
                os.read(self.wake_read, 4096)
