"""The report for the board on a screen and on paper."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from core.models import Role
from milestones.actions.noting import note_moment
from milestones.eleven import ELEVEN
from tests.e2e.browser import look_troubles
from tests.e2e.pdf import sheets_of
from tests.factories import NOW, make_member, make_workspace
from tests.sharing import TOKEN, make_link
from tests.world import make_world

pytestmark = pytest.mark.django_db(transaction=True)
A4, LETTER = {"prefer_css_page_size": True}, {"format": "Letter"}
# The fullest week, in which all of it came about, and one in which nothing did.
FULL, QUIET = NOW + timedelta(hours=1), NOW + timedelta(days=29)


@pytest.fixture
def clock():
    """The server's, set: what a week holds depends on the day it is told of."""
    with time_machine.travel(FULL, tick=True) as traveller:
        yield traveller


@pytest.fixture
def venture(clock):
    with time_machine.travel(NOW, tick=True):
        world = make_world(make_workspace("Acme", slug="acme"), rows=4)
    note_moment(world.workspace, timezone.now())
    return world.workspace


def packed(text):
    return "".join(text.split())


@pytest.mark.parametrize(
    ("paper", "day"),
    [(A4, FULL), (LETTER, FULL), (LETTER, QUIET)],
    ids=["A4", "Letter", "a quiet week"],
)
def test_on_paper(open_page, venture, clock, paper, day):
    clock.move_to(day)
    page = open_page(make_member(venture, Role.OWNER).user)
    page.goto(reverse("portfolio:report", args=["acme"]))
    page.emulate_media(media="print", color_scheme="dark")

    sheets = sheets_of(page.pdf(**paper))

    assert 2 <= len(sheets) <= 3
    title = packed(page.get_by_role("heading", level=1).inner_text())
    head = title + packed(page.locator(".page-summary").inner_text())
    assert title.startswith("Acme,week")
    assert "Asof" in head
    for sheet in sheets:
        assert head in sheet
        assert sheet.count(title) == 1
    everything = "".join(sheets)
    for question in ELEVEN:
        assert packed(question.wording) in everything.replace("ﬁ", "fi")
    rows = page.locator(".sheets .rows > li").all()
    assert len(rows) > 20
    assert [row for row in rows if is_cut(row, sheets)] == []
    for screen_only in ("Copyastext", "Anotherweek", "Skiptomain", "Newinterview"):
        assert screen_only not in everything


def is_cut(row, sheets):
    """Whether its last words stand on another sheet than its first ones."""
    words = [one for one in row.inner_text().split("\n") if one.strip()]
    first, last = packed(words[0]), packed(words[-1])
    return not any(first in sheet and last in sheet for sheet in plain(sheets))


def plain(sheets):
    return [sheet.replace("ﬁ", "fi").replace("ﬂ", "fl") for sheet in sheets]


def test_the_text_is_copied(open_page, venture):
    page = open_page(make_member(venture, Role.ADVISOR).user)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(reverse("portfolio:report", args=["acme"]))
    page.get_by_role("button", name="Copy").click()

    expect(page.locator("#say")).to_have_text("Copied.")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text == page.get_by_label("The same, in plain words").input_value()
    assert text.startswith("Acme, week ")


def test_without_javascript_the_text_can_be_selected(open_page, venture):
    page = open_page(make_member(venture, Role.ADVISOR).user, js=False)
    page.goto(reverse("portfolio:report", args=["acme"]))

    expect(page.get_by_label("The same, in plain words")).to_be_visible()
    expect(page.get_by_role("button", name="Copy")).to_be_hidden()


def test_by_a_link_in_every_look(open_page, venture):
    make_link(venture, expires_at=timezone.now() + timedelta(days=1))
    page = open_page()
    page.goto(reverse("portfolio:share_open", args=[TOKEN]))
    page.get_by_role("link", name="Report for print").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Acme, week")
    assert look_troubles(page, "share-report") == []
    page.get_by_role("link", name="Back to the dashboard").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Acme, for advisors")


@pytest.mark.parametrize("week", ["1999-W01", "44"])
def test_a_week_that_cannot_be_told_of_in_every_look(open_page, venture, week):
    page = open_page(make_member(venture, Role.OWNER).user, expected=["404"])
    page.goto(reverse("portfolio:report", args=["acme"]) + f"?week={week}")

    assert look_troubles(page, f"report-{week}") == []
    page.get_by_role("link", name="This week").click()
    expect(page.get_by_role("heading", name="This week so far")).to_be_visible()
