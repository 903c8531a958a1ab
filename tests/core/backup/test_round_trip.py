"""Everything comes back: every table, every column, on either database."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, models, transaction
from django.db.models import F

from core.actions import invite_member
from core.backup.making import make_backup, verify_backup
from core.backup.places import scratch_database, scratch_folder
from core.backup.restoring import RestoreRefused, restore
from core.backup.tables import all_tables, is_left_out, whole
from core.deliveries import deliver_due
from core.erasure import erasing
from core.files import path_of
from core.health import check
from core.installation import Hold, hold, recognise_database, release
from core.models import FormKey, ImportRun, Installation, Role, StoredFile, User
from discovery.actions.erasing import erase_person
from discovery.models import Person
from forecasts.models import Actual, SalesCurve
from interviews.search import find
from portfolio.actions.commenting import resolve_thread
from portfolio.actions.digests import subscribe_members
from portfolio.models import Thread
from tests.core.backup.exits import end_beside
from tests.core.backup.fullness import dumped, fill
from tests.database import make_everything
from tests.decisions.commitments import make_commitment
from tests.factories import (
    NOW,
    make_import_run,
    make_member,
    make_person,
    make_user,
    make_workspace,
)
from tests.world import make_world

pytestmark = pytest.mark.django_db(transaction=True)

# Columns whose rules bind several at once, with others of their kind beside them.
OF_SEVERAL = {
    "decisions.FollowUp.ended_at",
    "decisions.FollowUp.replaced_by",
    "discovery.Need.parent",
    "forecasts.Actual.supersedes",
    "forecasts.Point.high",
    "interviews.QuoteLink.rung",
    "milestones.Challenge.closed_at",
    "milestones.ScheduledStop.held_by",
    "milestones.ScheduledStop.held_on",
}


LATER = NOW + timedelta(days=1)


@pytest.fixture
def house(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    settings.EMAIL_URL = ""
    return tmp_path


@pytest.fixture
def full(house):
    """A venture with something in every table and column, and a second, empty one."""
    world = make_world(make_workspace("Acme", slug="acme"), rows=2)
    end_beside(world.workspace)
    say_the_rest(world)
    make_world(make_workspace("Other", slug="other"), rows=1)
    assert set(fill()) <= OF_SEVERAL
    return world


def say_the_rest(world):
    """What rules of several columns bind, done as the product does it."""
    thread = Thread.objects.in_workspace(world.workspace).first()
    resolve_thread(thread, by=world.by, now=NOW)
    subscribe_members(NOW)
    make_commitment(
        world.workspace,
        "Reps",
        kind="first_reps",
        hires=2,
        hire_kind="renaissance",
        sales_curve=SalesCurve.objects.in_workspace(world.workspace).first(),
    )


def test_every_table_and_every_column_comes_back(full, house, settings):
    before = dumped()
    file = StoredFile.objects.filter(workspace=full.workspace).first()
    bytes_before = path_of(file.workspace_id, file.pk).read_bytes()
    backup = make_backup(house / "one.zip", NOW)
    assert {table["label"] for table in backup.manifest["tables"]} == set(before)
    assert [m for m in all_tables() if is_left_out(m) == (m in whole())] == []
    assert [label for label, rows in before.items() if not rows] == []
    live_on(full, file)

    with pytest.raises(RestoreRefused, match="2 ventures"):
        restore(house / "one.zip", now=LATER, is_forced=False)
    assert User.objects.filter(email="late@example.com").exists()
    restored = restore(house / "one.zip", now=LATER, is_forced=True)

    assert dumped() == before
    assert restored.erased_again == 0
    assert path_of(file.workspace_id, file.pk).read_bytes() == bytes_before
    assert not Session.objects.exists()
    assert str(Installation.objects.get().database_id) == backup.manifest["database_id"]
    assert_it_works_as_before(full)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "y" * 50
    assert verify_backup(house / "one.zip").rows == restored.rows


def live_on(full, file):
    """What happens after the backup, and is undone by the restore."""
    make_user("late@example.com")
    Session.objects.create(session_key="k", session_data="x", expire_date=NOW)
    path_of(file.workspace_id, file.pk).unlink()
    with erasing():
        history = models.QuerySet(Actual).filter(superseded_by=None)
        history.update(value=F("value") + 1)


def assert_it_works_as_before(full):
    """Search, numbers given by the database, and history that nobody rewrites."""
    assert FormKey.objects.create(key="next", created_at=NOW).pk
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        models.QuerySet(Actual).update(value=1)
    assert find(full.workspace, "rota").groups


def test_over_another_database_and_back(full, house):
    """From the tests' database into SQLite, and from there back: on PostgreSQL that is
    both ways across."""
    before = dumped()
    first = make_backup(house / "first.zip", NOW)
    with scratch_folder() as folder, scratch_database(folder) as other:
        make_everything(other)
        restore(house / "first.zip", now=LATER, is_forced=False)
        second = make_backup(house / "second.zip", NOW)

    restore(house / "second.zip", now=LATER, is_forced=True)

    assert second.manifest["engine"] == "sqlite"
    assert first.manifest["engine"] == connection.vendor
    assert second.manifest["tables"] == first.manifest["tables"]
    assert dumped() == before


@pytest.mark.usefixtures("second_of_november")
def test_mail_stays_here_and_who_was_erased_stays_erased(house):
    recognise_database(NOW)
    hold(Hold.MANUAL, NOW)
    workspace = make_workspace("Acme", slug="acme")
    owner = make_member(workspace, Role.OWNER, is_leadership=True).user
    invite_member(workspace, by=owner, email="new@example.com", role="advisor", now=NOW)
    person = make_person(workspace, "Dana Ruiz", email="dana@example.com")
    run = make_import_run(workspace, [], by=owner, lease_until=NOW + timedelta(1))
    make_backup(house / "one.zip", NOW)
    release()
    deliver_due(NOW)
    outbox = house / "data" / "outbox"
    sent = {path.name: path.unlink() for path in outbox.glob("*.eml")}
    erase_person(person, by=owner, now=NOW)

    restored = restore(house / "one.zip", now=NOW, is_forced=True)
    deliver_due(NOW + timedelta(hours=2))

    assert len(sent) == 1
    assert list(outbox.glob("*.eml")) == []
    assert Installation.objects.get().outbound_hold == "restored"
    assert restored.erased_again == 1
    assert ImportRun.objects.get(pk=run.pk).lease_until == NOW
    assert Person.objects.get().name == Person.objects.get().pseudonym
    assert "Dana" not in str(dumped())
    release()
    deliver_due(NOW + timedelta(hours=3))
    assert {path.name for path in outbox.glob("*.eml")} == set(sent)


def test_doctor_knows_the_newest_proven_backup(house):
    make_user()
    assert state_of_backups(NOW) == "warning"

    make_backup(house / "old.zip", NOW)
    make_backup(house / "new.zip", NOW + timedelta(hours=20))
    verify_backup(house / "old.zip")

    assert state_of_backups(NOW + timedelta(hours=40)) == "ok"
    assert state_of_backups(NOW + timedelta(hours=47)) == "failure"


def state_of_backups(now):
    return check(now, only="backups").checks[0].state
