"""The clock of the forecast pages: Monday 2 November 2026, week 45."""

import pytest
import time_machine
from django.urls import reverse

from tests.factories import NOW


@pytest.fixture
def monday():
    with time_machine.travel(NOW, tick=False):
        yield NOW


@pytest.fixture
def signed_in(client, founder, monday):
    client.force_login(founder)
    return client


@pytest.fixture
def url(workspace):
    def address(name, *args):
        return reverse(f"forecasts:{name}", args=[workspace.slug, *args])

    return address
