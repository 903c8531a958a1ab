"""B1 and B2: backups of demonstration ventures while people go on writing.

What was acknowledged before a backup began is in it; each comes back whole, without a
key that leads nowhere.
"""

import os
import threading
from contextlib import contextmanager
from itertools import count
from random import Random

import pytest
from django.db import connection

from core.backup.making import make_backup
from core.backup.restoring import restore
from core.models import ActivityEntry, User, Workspace
from discovery.actions import add_person
from discovery.models import Organisation, Person
from interviews.models import SearchDocument
from portfolio.seeding.dice import Dice
from portfolio.seeding.ventures import seed_venture
from tests.factories import NOW
from tests.portfolio.test_seeding import SMALL

STORM = os.environ.get("FIELDPROOF_STORM") == "1"
BACKUPS, VENTURES, WRITERS = (20, 8, 4) if STORM else (5, 2, 2)

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ventures(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    for number in range(VENTURES):
        dice = Dice(Random(number))  # noqa: S311  test data
        seed_venture(f"demo-{number}", SMALL, dice, now=NOW, password=None)
    return list(Workspace.objects.order_by("slug"))


class Writer(threading.Thread):
    """Writes down people with their organisations, as a page does, until it is told to
    stop. `acknowledged` holds the names whose transaction was committed."""

    def __init__(self, number, workspace, is_over):
        super().__init__()
        self.number, self.workspace, self.is_over = number, workspace, is_over
        self.by = User.objects.filter(memberships__workspace=workspace).first()
        self.acknowledged = []

    def run(self):
        for turn in count():
            if self.is_over.wait(0.01):
                break
            name = f"Writer {self.number} met {turn}"
            terms = {"organisation_name": f"Firm of {name}", "roles": ["user"]}
            add_person(self.workspace, by=self.by, now=NOW, name=name, **terms)
            self.acknowledged.append(name)
        connection.close()


@contextmanager
def people_writing(ventures):
    is_over = threading.Event()
    writers = [
        Writer(number, ventures[number % len(ventures)], is_over)
        for number in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    try:
        yield writers
    finally:
        is_over.set()
        for writer in writers:
            writer.join()


def test_backups_of_a_busy_installation_come_back_whole(ventures, tmp_path):
    made = []
    with people_writing(ventures) as writers:
        for number in range(BACKUPS):
            known = {name for writer in writers for name in writer.acknowledged}
            path = tmp_path / f"{number}.zip"
            made.append((path, make_backup(path, NOW), known))
        written = sum(len(writer.acknowledged) for writer in writers)
    assert written > len(made[-1][2]) > 0

    for path, backup, known in made:
        restored = restore(path, now=NOW, is_forced=True)

        assert restored.rows == backup.rows
        assert_nothing_dangles()
        names = Person.objects.filter(name__startswith="Writer ")
        names = set(names.values_list("name", flat=True))
        assert known <= names
        assert_each_is_whole(names)
        assert len(known) < written


def assert_nothing_dangles():
    connection.check_constraints()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchall() == [("ok",)]


def assert_each_is_whole(names):
    """Person, organisation, history and what search knows are of one moment."""
    rows = Person.objects.filter(name__in=names)
    firms = Organisation.objects.filter(name__startswith="Firm of ")
    assert {f"Firm of {name}" for name in names} == set(
        firms.values_list("name", flat=True)
    )
    told = ActivityEntry.objects.filter(subject_id__in=rows.values("pk"))
    assert told.filter(verb="person.added").count() == len(names)
    found = SearchDocument.objects.filter(object_id__in=rows.values("pk"))
    assert found.values("object_id").distinct().count() == len(names)
