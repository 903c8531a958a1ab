"""A sample takes seconds to build: once for the tests of a module, not for each."""

import pytest
from django.db import transaction

from portfolio.samples import linenfold, webvan
from tests.factories import NOW


@pytest.fixture(scope="module")
def loaded_webvan(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield webvan.load(now=NOW)
        transaction.set_rollback(True)


@pytest.fixture
def sample(loaded_webvan, db):
    loaded_webvan.refresh_from_db()
    return loaded_webvan


@pytest.fixture(scope="module")
def loaded_linenfold(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield linenfold.load(now=NOW)
        transaction.set_rollback(True)


@pytest.fixture
def learned(loaded_linenfold, db):
    loaded_linenfold.refresh_from_db()
    return loaded_linenfold
