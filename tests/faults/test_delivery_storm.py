"""Workers killed at any moment: nothing missing, at most two copies, one Message-ID.

`make storm` (FIELDPROOF_STORM=1) runs the full counts and prints what it saw.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import Q

from core.deliveries import plan
from core.models import Delivery
from tests.smtp_sink import sink

ROOT = Path(__file__).resolve().parents[2]
STORM = os.environ.get("FIELDPROOF_STORM") == "1"
RECIPIENTS, KILLS, WHOLE_EVERY = (600, 100, 2) if STORM else (80, 16, 8)
# how long the server thinks about a message: room to be killed in
REPLY_SECONDS = 0.02
OPEN = ["planned", "retry", "sending", "handed"]

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


def database_url():
    """The tests' own database, for another process."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    host, port = known["HOST"] or "", known["PORT"] or ""
    options = known.get("OPTIONS", {})
    where = f"?host={options['host']}" if "host" in options else ""
    if host.startswith("/"):
        where, host = f"?host={host}", ""
    place = f"{host}:{port}" if port else host
    return (
        f"postgres://{known['USER']}:{known['PASSWORD']}@{place}/{known['NAME']}{where}"
    )


class Worker:
    """A parent process and its child at work; either may be killed."""

    def __init__(self, env):
        self.env = env
        self.start()

    def start(self):
        self.parent = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.mail_worker"],
            cwd=ROOT,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.meet_child()

    def meet_child(self):
        self.child = int(self.parent.stdout.readline())

    def kill_child(self):
        os.kill(self.child, signal.SIGKILL)
        self.meet_child()

    def kill(self):
        self.parent.kill()
        self.parent.wait()
        os.kill(self.child, signal.SIGKILL)
        self.parent.stdout.close()


class Crew:
    """Two workers at the same work."""

    def __init__(self, folder, port):
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.faults.mail_worker_settings",
            "DATABASE_URL": database_url(),
            "DATA_DIR": str(folder),
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        }
        self.workers = [Worker(env) for _worker in range(2)]

    def kill_one(self, chance, *, whole):
        worker = chance.choice(self.workers)
        if whole:
            worker.kill()
            worker.start()
        else:
            worker.kill_child()

    def kill_all(self):
        for worker in self.workers:
            worker.kill()


@contextmanager
def workers(folder, port, minutes):
    (folder / "minutes").write_text(str(minutes))
    crew = Crew(folder, port)
    try:
        yield crew
    finally:
        crew.kill_all()


def open_rows():
    return Delivery.objects.filter(state__in=OPEN).count()


def storm(folder, server, chance, kills):
    """Kills while there is work, waits out the leases, and lets the rest go in peace.

    The clock moves only while no worker runs, so that no lease ends too early. Some of
    the kills fall on rows that were caught in `handed` before.
    """
    done, minutes = 0, 0
    for share in (0.8, 1.0):
        with workers(folder, server.port, minutes) as crew:
            while done < kills * share and open_rows():
                time.sleep(chance.uniform(0.0, 0.12))
                done += 1
                crew.kill_one(chance, whole=done % WHOLE_EVERY == 0)
        minutes += 11
    with workers(folder, server.port, minutes):
        ends_at = time.monotonic() + 120
        while left_to_do(minutes) and time.monotonic() < ends_at:
            time.sleep(0.05)
    return done


def left_to_do(minutes):
    """Rows that a worker `minutes` ahead has in hand, or may start now."""
    then = datetime.now(UTC) + timedelta(minutes=minutes)
    waiting = Q(state__in=["planned", "retry"], not_before__lte=then)
    in_hand = Q(state__in=["sending", "handed"])
    return Delivery.objects.filter(waiting | in_hand).count()


def plan_all(count):
    for number in range(count):
        plan(
            kind="note",
            address=f"reader{number}@example.com",
            period="2026-W45",
            now=datetime.now(UTC),
        )


def test_storm_of_kills_loses_nothing_and_repeats_at_most_once(tmp_path, capsys):
    chance = random.Random(45)  # noqa: S311  no secret
    plan_all(RECIPIENTS)

    with sink() as server:
        server.says["DATA"] = lambda mail, count: REPLY_SECONDS
        kills = storm(tmp_path, server, chance, KILLS)

    rows = {row.key: row for row in Delivery.objects.all()}
    copies = Counter(mail.key for mail in server.received)
    identities = defaultdict(set)
    for mail in server.received:
        identities[mail.key].add(mail.message_id)
    states = Counter(row.state for row in rows.values())
    extra = sum(copies.values()) - len(copies)
    with capsys.disabled():
        if STORM:
            sys.stdout.write(
                f"\n{RECIPIENTS} recipients, {kills} kills: {dict(states)}, "
                f"missing {len(rows) - len(copies)}, second copies {extra}, "
                f"most copies {max(copies.values())}\n"
            )
    assert kills >= 5
    # Only a row whose worker died twice between `handed` and the content may be without
    # a copy, and it says so; a third try could be the third copy.
    missing = {key: row.state for key, row in rows.items() if key not in copies}
    assert set(missing.values()) <= {"unknown"}
    assert len(missing) <= kills // 50
    assert set(copies) <= set(rows)
    assert max(copies.values()) <= 2
    assert {len(known) for known in identities.values()} == {1}
    assert {row.message_id for row in rows.values()} == set.union(*identities.values())
    assert set(states) <= {"sent", "unknown"}
    doubled = {key for key, count in copies.items() if count > 1}
    assert doubled <= {key for key, row in rows.items() if row.is_ambiguous}
    assert extra <= kills
