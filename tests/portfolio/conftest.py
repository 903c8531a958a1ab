"""A link with something to comment on, and samples: they take seconds to build, so that
the tests of a module share one."""

import pytest
from django.db import transaction

from portfolio.samples import linenfold, webvan
from tests.factories import NOW, make_metric
from tests.portfolio.guests import by_link
from tests.sharing import make_link


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


@pytest.fixture
def link(workspace):
    return make_link(workspace)


@pytest.fixture
def metric(workspace):
    return make_metric(workspace, "Orders")


@pytest.fixture
def start(client, link, metric):
    """The page on which somebody with the link comments on the metric."""
    return by_link(client, "share_comments", "metric", metric.pk)
