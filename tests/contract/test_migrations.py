"""Migrations are complete and named by hand."""

import re
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from core.backup.places import in_place, opened, scratch_database
from core.migrating import CreateModels
from tests.database import shape_of

ROOT = Path(__file__).resolve().parents[2]

# a table of Django's that nothing uses: its migrations number the rows in four bytes
DJANGOS_OWN = {(0, "auth_group_permissions", "id")}


@contextmanager
def empty_database(folder):
    """Of the same kind as that of the tests, in its place."""
    if connection.vendor == "sqlite":
        with scratch_database(folder) as other:
            yield other
        return
    usual, name = connection.settings_dict, f"{connection.settings_dict['NAME']}_empty"
    with opened(usual | {"NAME": "postgres"}) as server, server.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        try:
            with opened(usual | {"NAME": name}) as other, in_place(other):
                yield other
        finally:
            cursor.execute(f"DROP DATABASE {name}")


@pytest.mark.django_db
def test_migrations_make_the_tables_that_tests_run_on(tmp_path):
    """Which are made from the models, as that is quicker."""
    ours = shape_of(connection)

    with empty_database(tmp_path) as migrated:
        call_command("migrate", interactive=False, verbosity=0)
        theirs = shape_of(migrated)

    assert len(ours) > 100
    wrong = {key for key in ours | theirs if ours.get(key) != theirs.get(key)}
    assert wrong <= DJANGOS_OWN


@pytest.mark.django_db
def test_no_migration_is_pending():
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO())


def test_no_migration_is_named_by_the_machine():
    names = [path.stem for path in ROOT.glob("*/migrations/0*.py")]

    named_by_machine = [
        name for name in names if re.search(r"_auto_\d|_initial$|_and_more$", name)
    ]

    assert names
    assert named_by_machine == []


def state_of(operations):
    state = ProjectState()
    state.apps  # noqa: B018  as in a migration under way: rendered before
    for operation in operations:
        operation.state_forwards("shop", state)
    return {name: model.options for name, model in state.models.items()}, state


def test_many_tables_at_once_leave_the_same_state_as_one_after_another():
    operations = [
        migrations.CreateModel("Cart", [("id", models.AutoField(primary_key=True))]),
        migrations.CreateModel(
            "Row",
            [
                ("id", models.AutoField(primary_key=True)),
                ("cart", models.ForeignKey("shop.Cart", models.CASCADE)),
            ],
        ),
    ]

    one_by_one, _ = state_of(operations)
    together, state = state_of([CreateModels(operations)])

    assert together == one_by_one
    assert state.apps.get_model("shop", "Row")._meta.get_field("cart").related_model
