"""Whoever has a link reads the dashboard: with and without JavaScript, narrow and dark."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from milestones.actions.noting import note_moment
from portfolio.models import DashboardRead, ShareLink
from tests.e2e.browser import axe_violations, overflow
from tests.factories import NOW, make_workspace
from tests.sharing import TOKEN, make_link
from tests.world import make_world

pytestmark = pytest.mark.django_db(transaction=True)
LOOKS = [("light", 1280, True), ("dark", 320, True), ("light", 320, False)]


@pytest.fixture
def venture():
    with time_machine.travel(NOW, tick=True):
        world = make_world(make_workspace("Acme", slug="acme"), rows=2)
    note_moment(world.workspace, timezone.now())
    return world.workspace


def share(workspace, **fields):
    """Of this hour: the server that the browser asks reads the real clock."""
    return make_link(workspace, expires_at=timezone.now() + timedelta(days=1), **fields)


@pytest.mark.parametrize(("theme", "width", "js"), LOOKS)
def test_read_and_marked_by_a_link(open_page, venture, theme, width, js):
    share(venture)
    page = open_page(theme=theme, width=width, js=js)

    page.goto(reverse("portfolio:share_open", args=[TOKEN]))
    assert TOKEN not in page.url
    if js:
        assert axe_violations(page) == []
    assert overflow(page) <= 0
    assert page.locator("h1").count() == 1
    expect(page.locator("#questions .board-row")).to_have_count(11)
    page.get_by_role("button", name="Mark as read").click()

    expect(page.get_by_text("You read it on")).to_be_visible()
    expect(page.get_by_text("Nothing changed since").first).to_be_visible()
    assert DashboardRead.objects.filter(by=None, link__name="Kim, board").count() >= 1


@pytest.mark.parametrize(("theme", "width", "js"), LOOKS)
def test_a_passphrase_is_asked_for_once(open_page, venture, theme, width, js):
    share(venture, passphrase=make_password("seven grey herons"))
    page = open_page(theme=theme, width=width, js=js, expected=("422",))

    page.goto(reverse("portfolio:share_open", args=[TOKEN]))
    if js:
        assert axe_violations(page) == []
    page.get_by_label("Passphrase").fill("seven grey geese")
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_text("That is not the passphrase.").first).to_be_visible()
    assert overflow(page) <= 0
    page.get_by_label("Passphrase").fill("seven grey herons")
    page.get_by_role("button", name="Open").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Acme, for advisors")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Acme, for advisors")


def test_what_opens_nothing_says_so(open_page, venture):
    link = share(venture)
    page = open_page(expected=("404",))
    page.goto(reverse("portfolio:share_open", args=[TOKEN]))
    ShareLink.objects.filter(pk=link.pk).update(revoked_at=timezone.now())

    page.reload()

    expect(page.get_by_role("heading", level=1)).to_have_text("This link opens nothing")
    assert axe_violations(page) == []
