"""Migrations are complete and named by hand."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

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
