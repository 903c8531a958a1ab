"""Migrations are complete and named by hand."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import migrations, models
from django.db.migrations.state import ProjectState

from core.migrating import CreateModels

ROOT = Path(__file__).resolve().parents[2]


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
