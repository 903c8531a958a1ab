"""The process tree of `manage.py up`: broker, web server, worker and beat.

`manage.py up` prepares with Django and then becomes this program, which needs neither
Django nor its memory: `python -m core.tree PLAN LOCK`, two open file descriptors.
"""

import http.client
import ipaddress
import json
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from http import HTTPStatus
from pathlib import Path

from core import broker
from core.supervisor import Child, Supervisor

WEB_PROCESSES = 2
WEB_THREADS = 8
WORKER_PROCESSES = 2
WEB_ANSWERS_WITHIN = 60.0
# Containers run as root. Celery's reason to warn is pickle, and our messages are JSON.
QUIET_ROOT = {"PYTHONWARNINGS": "ignore:You're running the worker"}
LOOPBACK = {4: "127.0.0.1", 6: "::1"}
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Plan:
    """What the preparation found out; `greeting` is printed once pages come back."""

    host: str
    port: int
    data_dir: str
    needs_broker: bool
    greeting: Sequence[str]

    @property
    def environment(self) -> dict[str, str]:
        """Absolute, so that it does not matter where the command was typed."""
        path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
        return {
            "HOST": self.host,
            "PORT": str(self.port),
            "DATA_DIR": self.data_dir,
            "PYTHONPATH": path,
        }

    def saved(self, handle: int) -> None:
        os.write(handle, json.dumps(asdict(self)).encode())
        os.lseek(handle, 0, os.SEEK_SET)

    @classmethod
    def loaded(cls, handle: int) -> "Plan":
        with os.fdopen(handle, "rb") as file:
            return cls(**json.load(file))


def broker_child(data_dir: Path, server: Path) -> Child:
    return Child(
        "broker",
        broker.command(server, data_dir),
        stop_last=True,
        before_start=partial(broker.make_way, data_dir),
    )


def web(host: str, port: int, environment: Mapping[str, str]) -> Child:
    """No access log: paths may carry one-time tokens. Granian brings a dead process back
    in a moment; if it dies again at once, granian ends and the supervisor waits.

    `backpressure` stays at its default: it counts connections, not requests, and idle
    browsers would use up a small number."""
    command = [sys.executable, "-m", "granian", "config.wsgi:application"]
    command += ["--interface", "wsgi", "--host", host, "--port", str(port)]
    command += ["--workers", str(WEB_PROCESSES), "--http", "1", "--no-ws"]
    command += ["--blocking-threads", str(WEB_THREADS)]
    command += ["--respawn-failed-workers", "--respawn-interval", "0.1"]
    command += ["--workers-kill-timeout", "5", "--log-level", "error"]
    return Child("web", command, environment)


def worker(environment: Mapping[str, str]) -> Child:
    command = [sys.executable, "-m", "celery", "--quiet", "-A", "config", "worker"]
    command += ["--concurrency", str(WORKER_PROCESSES), "--loglevel", "warning"]
    command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return Child("worker", command, QUIET_ROOT | dict(environment))


def beat(environment: Mapping[str, str]) -> Child:
    command = [sys.executable, "-m", "celery", "--quiet", "-A", "config", "beat"]
    command += ["--pidfile", "", "--loglevel", "warning"]
    return Child("beat", command, environment)


def run(plan: Plan, lock: int) -> None:
    supervisor = Supervisor(keep_open=[lock])
    supervisor.listen()
    try:
        has_broker = start_broker(supervisor, plan)
        # The web server has the processors to itself until it answers.
        supervisor.start(web(plan.host, plan.port, plan.environment))
        answers = partial(is_answering, plan.host, plan.port)
        supervisor.run(until=answers, for_seconds=WEB_ANSWERS_WITHIN)
        if not supervisor.is_stopping:
            supervisor.start(beat(plan.environment))
            if has_broker:
                supervisor.start(worker(plan.environment))
            say(*plan.greeting)
        supervisor.run()
    finally:
        supervisor.stop()
    say("Fieldproof stopped.")


def start_broker(supervisor: Supervisor, plan: Plan) -> bool:
    """False when there is none and the scheduler must do all the work."""
    if not plan.needs_broker:
        return True
    server, folder = broker.find_server(), Path(plan.data_dir)
    if server is None:
        say(broker.NO_SERVER)
        return False
    broker.prepare(folder)
    supervisor.start(broker_child(folder, server))
    return True


def is_everywhere(host: str) -> bool:
    """Whether it stands for all addresses of the machine, as 0.0.0.0 and :: do."""
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def is_answering(host: str, port: int) -> bool:
    """Whether a page comes back; the name in the request is one that is always allowed."""
    address = LOOPBACK[6 if ":" in host else 4] if is_everywhere(host) else host
    visit = http.client.HTTPConnection(address, port, timeout=2)
    try:
        visit.request("GET", "/healthz", headers={"Host": "localhost"})
        return visit.getresponse().status == HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        visit.close()


def say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)  # noqa: T201  the command's answer


if __name__ == "__main__":
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s")
    run(Plan.loaded(int(sys.argv[1])), int(sys.argv[2]))
