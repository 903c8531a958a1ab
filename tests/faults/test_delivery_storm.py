"""Workers killed while they plan and send digests: nothing missing, at most two copies,
which say the same, one Message-ID.

`make storm` (FIELDPROOF_STORM=1) runs the full counts and prints what it saw.
"""

import os
import random
import select
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
from django.db.models import Count, Q

from core.models import Delivery
from core.weeks import iso_week
from portfolio.models import Digest, DigestSubscription
from tests.factories import make_workspace
from tests.portfolio.digests import make_reader
from tests.sharing import make_link
from tests.smtp_sink import sink

ROOT = Path(__file__).resolve().parents[2]
STORM = os.environ.get("FIELDPROOF_STORM") == "1"
RECIPIENTS, KILLS, WHOLE_EVERY = (600, 100, 2) if STORM else (80, 16, 8)
READERS_OF_A_VENTURE, PARTS = 20, 2 * RECIPIENTS
# how long the server thinks about a message: room to be killed in
REPLY_SECONDS = 0.02
FAR = datetime(2099, 1, 1, tzinfo=UTC)
STARTABLE, IN_HAND = ["planned", "retry"], ["sending", "handed"]

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
    """A parent process and its child at work; either may be killed once it is `up`."""

    def __init__(self, env):
        self.env = env
        self.start()

    def start(self):
        self.child = None
        self.parent = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.mail_worker"],
            cwd=ROOT,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def up(self, within=0.0):
        """Whether its child is at work; asked again after each kill."""
        out = self.parent.stdout
        if self.child is None and select.select([out], [], [], within)[0]:
            self.child = int(out.readline())
        return self.child is not None

    def kill_child(self):
        os.kill(self.child, signal.SIGKILL)
        self.child = None

    def kill(self):
        self.parent.kill()
        self.parent.wait()
        self.kill_child()
        self.parent.stdout.close()


class Crew:
    """Two workers at the same work."""

    def __init__(self, folder, port):
        self.clock = folder / "minutes"
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": database_url(),
            "DATA_DIR": str(folder),
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        }
        self.workers = [Worker(env) for _worker in range(2)]

    def kill_one(self, chance, *, whole):
        """Those that start are left alone; the other goes on meanwhile."""
        known = [worker for worker in self.workers if worker.up()]
        if not known:
            return 0
        worker = chance.choice(known)
        if whole:
            worker.kill()
            worker.start()
        else:
            worker.kill_child()
        return 1

    def set_clock(self, minutes):
        """While nobody works, so that no lease ends too early."""
        assert all(worker.up(within=120) for worker in self.workers)
        for worker in self.workers:
            os.kill(worker.parent.pid, signal.SIGSTOP)
            worker.kill_child()
        self.clock.write_text(str(minutes))
        for worker in self.workers:
            os.kill(worker.parent.pid, signal.SIGCONT)

    def kill_all(self):
        for worker in self.workers:
            if worker.up(within=120):
                worker.kill()


@contextmanager
def two_workers(folder, port):
    (folder / "minutes").write_text("0")
    crew = Crew(folder, port)
    try:
        yield crew
    finally:
        crew.kill_all()


def storm(folder, server, chance, kills):
    """Kills while there is work, waits out the leases, and lets the rest go in peace.

    Some of the kills fall on rows that were caught in `handed` before.
    """
    done, minutes = 0, 0
    with two_workers(folder, server.port) as crew:
        for share in (0.8, 1.0):
            while done < kills * share and is_left(minutes, STARTABLE):
                see_progress(chance.randint(1, 2 * PARTS // kills))
                done += crew.kill_one(chance, whole=done % WHOLE_EVERY == 1)
            minutes += 11
            crew.set_clock(minutes)
        ends_at = time.monotonic() + 120
        while is_left(minutes, STARTABLE + IN_HAND) and time.monotonic() < ends_at:
            time.sleep(0.05)
    return done


def is_left(minutes, states):
    """Whether a worker `minutes` ahead has a reader to plan for, or a mail to send."""
    then = datetime.now(UTC) + timedelta(minutes=minutes)
    mails = Delivery.objects.filter(state__in=states, not_before__lte=then)
    readers = DigestSubscription.objects.filter(next_due__lte=datetime.now(UTC))
    return mails.exists() or readers.exists()


def progress():
    """Each reader is planned for, and then each mail is settled: so many parts."""
    mails = Delivery.objects.aggregate(
        planned=Count("pk"), settled=Count("pk", filter=~Q(state__in=STARTABLE))
    )
    return mails["planned"] + mails["settled"]


def see_progress(parts):
    """Or wait for a while, where nobody is at work."""
    wanted, ends_at = progress() + parts, time.monotonic() + 0.5
    while progress() < wanted and time.monotonic() < ends_at:
        time.sleep(0.005)


def make_readers(count):
    """All of whom are due now; a digest of an empty venture is as good as any."""
    now = datetime.now(UTC)
    for number in range(count):
        if number % READERS_OF_A_VENTURE == 0:
            link = make_link(make_workspace(), token=f"{number:043}", expires_at=FAR)
        address = f"reader{number}@example.com"
        due = {"next_due": now, "next_period": iso_week(now.date())}
        make_reader(link.workspace, link, address=address, **due)


def test_storm_of_kills_loses_nothing_and_repeats_at_most_once(tmp_path, capsys):
    chance = random.Random(45)  # noqa: S311  no secret
    make_readers(RECIPIENTS)

    with sink() as server:
        server.says["DATA"] = lambda mail, count: REPLY_SECONDS
        kills = storm(tmp_path, server, chance, KILLS)

    rows = {row.key: row for row in Delivery.objects.all()}
    copies = Counter(mail.key for mail in server.received)
    identities, said = defaultdict(set), defaultdict(set)
    for mail in server.received:
        identities[mail.key].add(mail.message_id)
        said[mail.key].add(mail.message.get_body(["plain"]).get_content())
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
    assert {len(texts) for texts in said.values()} == {1}
    assert len(rows) == Digest.objects.count() == RECIPIENTS
    assert {row.message_id for row in rows.values()} == set.union(*identities.values())
    assert set(states) <= {"sent", "unknown"}
    doubled = {key for key, count in copies.items() if count > 1}
    assert doubled <= {key for key, row in rows.items() if row.is_ambiguous}
    assert extra <= kills
