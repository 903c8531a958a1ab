"""The board of the sample: eleven questions and the red block on one screen."""

import pytest
import time_machine

from core.models import Membership
from portfolio.samples import webvan
from tests.factories import NOW

pytestmark = pytest.mark.django_db(transaction=True)

BOARD = "/w/webvan/questions/"


@pytest.fixture
def people():
    """Owner and advisor of the sample, whose stop is open."""
    with time_machine.travel(NOW, tick=True):
        workspace = webvan.load(now=NOW, slug="webvan")
        members = Membership.objects.filter(workspace=workspace)
        yield {m.role: m.user for m in members.select_related("user")}


def is_cut(page, selector):
    return page.locator(selector).evaluate(
        "e => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1"
    )


def bottom(page, selector):
    box = page.locator(selector).last.bounding_box()
    return box["y"] + box["height"]


def test_the_board_below_an_open_stop(open_page, people):
    """For who steers the venture and for who only reads: one load of the sample."""
    for role in ("owner", "advisor"):
        page = open_page(people[role])
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(BOARD)

        assert page.locator("#open-stops").is_visible()
        assert bottom(page, ".board-row") <= 900, role
        assert page.locator(".top").bounding_box()["height"] <= 64, role
        assert not is_cut(page, ".top-name")

        page.set_viewport_size({"width": 320, "height": 640})
        assert not is_cut(page, ".top-name")
        assert not any(is_cut(page, f"#question-{n} .board-text") for n in range(1, 12))

    page.set_viewport_size({"width": 1280, "height": 900})
    before = page.locator("#board-summary").inner_text()
    page.locator("#id_as_of").fill("1999-01-01")
    page.wait_for_url("**as_of=1999-01-01**")
    assert page.locator("#board-summary").inner_text() != before
