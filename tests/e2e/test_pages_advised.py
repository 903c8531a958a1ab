"""Every page of a venture as those see it who advise: fewer controls, the same care."""

import pytest

from core.models import Role
from tests.e2e.browser import LOOKS
from tests.e2e.test_pages import pages_of, troubles_of, world  # noqa: F401  a fixture
from tests.factories import make_member

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("theme", "width"), [LOOKS[0], LOOKS[3]])
def test_pages_of_a_venture(open_page, world, theme, width):  # noqa: F811
    membership = make_member(world.workspace, Role.ADVISOR)
    page = open_page(membership.user, theme=theme, width=width)

    troubles = [
        t for url in pages_of(world, membership.may) for t in troubles_of(page, url)
    ]

    assert troubles == []
