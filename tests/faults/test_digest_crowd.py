"""F11: everybody at the same work at once, and the ledger is as with one of each.

Three workers take the ticks of two beats, and two more run whole passes, as `manage.py
tick` does from a crontab: eight in each of the simulated minutes.
"""

import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from core.models import Delivery
from core.weeks import iso_week
from portfolio.models import Digest, DigestSubscription
from tests.factories import make_workspace
from tests.faults.test_delivery_storm import FAR, database_url
from tests.portfolio.digests import make_reader
from tests.processes import ROOT
from tests.sharing import make_link
from tests.smtp_sink import sink

STORM = os.environ.get("FIELDPROOF_STORM") == "1"
READERS, MINUTES = (120, 30) if STORM else (24, 10)
CROWD = ("worker", "worker", "worker", "tick", "tick")

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def server():
    with sink() as server:
        yield server


@pytest.fixture
def crowd(server, tmp_path):
    """Processes that tick at the same time; told by lines which minute it is."""
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": database_url(),
        "DATA_DIR": str(tmp_path),
        "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
    }
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    command = [sys.executable, "-m", "tests.faults.ticker", *CROWD]
    with subprocess.Popen(command, cwd=ROOT, env=env, **pipes) as process:
        yield process
        process.stdin.close()


def all_tick(crowd, moment):
    crowd.stdin.write(f"{moment.isoformat()}\n")
    crowd.stdin.flush()
    assert crowd.stdout.readline() == f"{len(CROWD)}\n"


def make_readers(start):
    """Due one after the other, all over the minutes."""
    link = make_link(make_workspace(), expires_at=FAR)
    for number in range(READERS):
        due = start + timedelta(minutes=number * (MINUTES - 2) // READERS)
        make_reader(
            link.workspace,
            link,
            address=f"reader{number}@example.com",
            next_due=due,
            next_period=iso_week(start.date()),
        )


def test_a_crowd_at_the_same_work_writes_one_ledger(server, crowd):
    start = datetime.now(UTC).replace(second=0, microsecond=0)
    make_readers(start)
    expected = set(DigestSubscription.objects.values_list("address", flat=True))

    for minute in range(MINUTES):
        all_tick(crowd, start + timedelta(minutes=minute))

    rows = list(Delivery.objects.all())
    assert Counter(row.state for row in rows) == {"sent": READERS}
    assert {row.attempts for row in rows} == {1}
    assert {row.address for row in rows} == expected
    assert Digest.objects.count() == READERS
    copies = Counter(mail.recipient for mail in server.received)
    assert copies == dict.fromkeys(expected, 1)
    planned = {row.address: row.planned_at - start for row in rows}
    for number in range(READERS):
        minute = timedelta(minutes=number * (MINUTES - 2) // READERS)
        assert planned[f"reader{number}@example.com"] == minute
