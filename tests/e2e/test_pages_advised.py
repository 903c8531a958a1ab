"""Every page of a venture as those see it who advise: fewer controls, the same care."""

import pytest

from core.models import Role
from tests.e2e.test_pages import pages_of, troubles_on, world  # noqa: F401  a fixture
from tests.factories import make_member

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.storm]


def test_pages_of_a_venture(open_page, world):  # noqa: F811
    membership = make_member(world.workspace, Role.ADVISOR)

    assert (
        troubles_on(open_page(membership.user), pages_of(world, membership.may)) == []
    )
