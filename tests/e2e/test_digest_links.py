"""What a digest leads to, for who has no account: read, switched off, wanted again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from core.tokens import hashed
from tests.e2e.browser import look_troubles
from tests.factories import make_workspace
from tests.portfolio.digests import TOKEN, make_digest, make_reader
from tests.sharing import make_link

pytestmark = pytest.mark.django_db(transaction=True)
OFFER = "o" * 43


@pytest.fixture
def reader():
    """Of this hour: the server that the browser asks reads the real clock."""
    now = timezone.now()
    workspace = make_workspace("Acme", slug="acme")
    link = make_link(workspace, expires_at=now + timedelta(days=1))
    row = make_reader(workspace, link)
    make_digest(row, readable_until=now + timedelta(days=1))
    offered = {"confirmed_at": None, "token_hash": hashed(OFFER), "invited_at": now}
    make_reader(workspace, link, address="lee@board.example", **offered)
    return row


def test_pages_are_readable_in_every_look(open_page, reader):
    page = open_page(expected=["404"])
    urls = [
        reverse("portfolio:digest_open", args=[TOKEN]),
        reverse("portfolio:digest_unsubscribe", args=[TOKEN]),
        reverse("portfolio:digest_confirm", args=[OFFER]),
        reverse("portfolio:digest_open", args=["n" * 43]),
    ]

    found = []
    for url in urls:
        page.goto(url)
        found += look_troubles(page, url)
        assert page.locator("h1").count() == 1, url

    assert found == []


@pytest.mark.parametrize("js", [True, False])
def test_switched_off_and_on_again(open_page, reader, js):
    page = open_page(js=js)

    page.goto(reverse("portfolio:digest_unsubscribe", args=[TOKEN]))
    reader.refresh_from_db()
    assert reader.unsubscribed_at is None
    page.locator("main form button").first.click()
    expect(page.locator("main form button")).to_have_count(1)
    reader.refresh_from_db()
    assert reader.unsubscribed_at is not None
    page.locator("main form button").click()

    expect(page.locator("main form")).to_have_count(0)
    reader.refresh_from_db()
    assert reader.unsubscribed_at is None


def test_the_yes_of_somebody_who_was_asked(open_page, reader):
    page = open_page()

    page.goto(reverse("portfolio:digest_confirm", args=[OFFER]))
    page.locator("main form button").first.click()

    expect(page.locator("main form")).to_have_count(0)
    assert type(reader).objects.filter(confirmed_at__isnull=False).count() == 2
