"""The cast, and a database that keeps its history even between tests."""

import os
import re
import shutil

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection, transaction
from django.db.backends.base.operations import BaseDatabaseOperations
from hypothesis import settings as hypothesis_settings

from core.models import Role
from tests.database import record_migrations
from tests.e2e.browser import LEFT_OUT, find_chromium
from tests.factories import NOW, make_member, make_user, make_workspace
from tests.faults import installation
from tests.settings import SCRATCH

# What passes once passes again; `make storm` looks for more.
hypothesis_settings.register_profile("steady", derandomize=True, deadline=None)
if os.environ.get("FIELDPROOF_STORM") != "1":
    hypothesis_settings.load_profile("steady")


# Files about pages, whose forms end in actions that have tests of their own. With real
# transactions they run on either database.
PAGES = re.compile(r"^test_(views|.*_?pages)(_.*)?\.py$")


def flush_with_history(self, sql_list):
    """Empties tables whose triggers refuse it: `core_erasing` is emptied last."""
    with (
        transaction.atomic(
            using=self.connection.alias,
            savepoint=self.connection.features.can_rollback_ddl,
        ),
        self.connection.cursor() as cursor,
    ):
        if self.connection.vendor == "sqlite":
            cursor.execute("INSERT OR IGNORE INTO core_erasing (id) VALUES (1)")
        for sql in sorted(sql_list, key=lambda sql: "core_erasing" in sql):
            cursor.execute(sql)


BaseDatabaseOperations.execute_sql_flush = flush_with_history


def pytest_terminal_summary(terminalreporter):
    """Here and not beside the browser tests: with several processes the one that
    reports does not load their conftest."""
    if find_chromium() is None:
        terminalreporter.write_line(LEFT_OUT)


def pytest_unconfigure():
    """Nothing of a run stays behind. Each process has a folder of its own."""
    shutil.rmtree(SCRATCH, ignore_errors=True)


def pytest_collection_modifyitems(config, items):
    """What asks no database, or nothing that depends on its kind, is run once."""
    if not os.environ.get("TEST_DATABASE_URL"):
        return
    asking, others = [], []
    for item in items:
        (asking if asks_this_database(item) else others).append(item)
    config.hook.pytest_deselected(items=others)
    items[:] = asking


def asks_this_database(item):
    if item.get_closest_marker("one_database"):
        return False
    marked = item.get_closest_marker("django_db")
    if "transactional_db" in item.fixturenames or (marked and marked.kwargs):
        return True
    if PAGES.search(item.path.name):
        return False
    faults = item.get_closest_marker("faults")
    return bool("db" in item.fixturenames or marked or faults)


@pytest.fixture(scope="session", autouse=True)
def databases_for_installations(django_db_blocker):
    installation.databases["allowed"] = django_db_blocker.unblock


@pytest.fixture(autouse=True)
def nothing_remembered(request):
    """Tests with real transactions leave the table of the cache as it is."""
    if request.node.get_closest_marker("django_db"):
        cache.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        record_migrations(connection)


@pytest.fixture
def on_sqlite():
    return connection.vendor == "sqlite"


@pytest.fixture
def workspace(db):
    return make_workspace("Acme", slug="acme")


@pytest.fixture
def owner(workspace):
    user = make_user("owner@example.com", name="Olga Owner")
    return make_member(workspace, Role.OWNER, user=user, is_leadership=True).user


@pytest.fixture
def founder(workspace):
    user = make_user("founder@example.com", name="Frida Founder")
    return make_member(workspace, Role.FOUNDER, user=user, is_leadership=True).user


@pytest.fixture
def member(workspace):
    user = make_user("member@example.com", name="Malik Member")
    return make_member(workspace, Role.MEMBER, user=user).user


@pytest.fixture
def advisor(workspace):
    user = make_user("advisor@example.com", name="Ada Advisor")
    return make_member(workspace, Role.ADVISOR, user=user).user


@pytest.fixture
def observer(workspace):
    user = make_user("observer@example.com", name="Otto Observer")
    return make_member(workspace, Role.OBSERVER, user=user).user


@pytest.fixture
def stranger(db):
    """Owner of another venture."""
    user = make_user("stranger@example.com", name="Stella Stranger")
    make_member(make_workspace("Other", slug="other"), Role.OWNER, user=user)
    return user


@pytest.fixture
def second_of_november():
    """Monday 2 November 2026, 13:30 UTC, and it stays so."""
    with time_machine.travel(NOW, tick=False):
        yield NOW
