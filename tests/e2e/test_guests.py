"""An advisor without an account: three minutes from a mail to "read", counted; and every
page they come through, readable in each look and without JavaScript."""

import re
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from core.models import Delivery
from core.tokens import hashed
from milestones.actions.noting import note_moment
from portfolio.digest.mails import render
from portfolio.models import Comment, DashboardRead, ShareLink
from tests.e2e.browser import look_troubles, overflow, wait_until
from tests.e2e.counting import Hand
from tests.factories import NOW, make_workspace
from tests.portfolio.digests import make_digest, make_reader
from tests.portfolio.guests import make_guest
from tests.sharing import TOKEN, make_link
from tests.world import make_world

pytestmark = pytest.mark.django_db(transaction=True)
MOST_CLICKS = 6
STOP_MAIL = "e" * 43


@pytest.fixture
def venture():
    cache.clear()
    with time_machine.travel(NOW, tick=True):
        world = make_world(make_workspace("Acme", slug="acme"), rows=2)
    note_moment(world.workspace, timezone.now())
    return world.workspace


@pytest.fixture
def link(venture):
    """Of this hour: the server that the browser asks reads the real clock."""
    return make_link(venture, expires_at=timezone.now() + timedelta(days=1))


@pytest.fixture
def mail(venture, link):
    """The digest of a reader without an account, of this week."""
    now = timezone.now()
    row = make_reader(venture, link, created_at=now)
    until = now + timedelta(days=14)
    digest = make_digest(row, content=None, readable_until=until)
    with time_machine.travel(now, tick=True):
        return render(Delivery.objects.get(key=digest.key))


def mailed_code():
    """Of the newest mail, as it left by the ledger."""
    rows = Delivery.objects.filter(kind="guest_code", state=Delivery.State.SENT)
    key = wait_until(rows.order_by("planned_at").last, what="the mail").key
    for file in Path(settings.DATA_DIR, "outbox").glob("*.eml"):
        mail = message_from_bytes(file.read_bytes(), policy=default)
        if mail["X-Delivery-Key"] == key:
            return re.search(r"\b(\d{6})\b", mail.get_body(("plain",)).get_content())[1]
    raise AssertionError(key)


def links_in(mail, live_server):
    """Those of the stop, then the rest, on the server of the test."""
    found = re.findall(r'href="https?://[^/"]+(/[^"]*)"', mail.html)
    return [live_server.url + path for path in found]


@pytest.mark.parametrize(("js", "width"), [(True, 1280), (False, 320)])
def test_three_minutes_by_a_link_without_a_password(
    open_page, live_server, venture, link, mail, js, width
):
    stop = next(one for one in links_in(mail, live_server) if "#since" in one)
    page = open_page(js=js, width=width)
    kim = Hand(page)

    kim.open(stop)
    expect(page.locator("#open-stops")).to_be_visible()
    kim.click(page.get_by_role("link", name="Comment on this stop"))
    kim.fill(page.get_by_label("Comment"), "Show us one customer who paid.")
    kim.click(page.get_by_role("button", name="Comment"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Who are you?")
    expect(page.get_by_text("Show us one customer who paid.")).to_be_visible()
    kim.fill(page.get_by_label("Your e-mail address"), "kim@board.example")
    kim.fill(page.get_by_label("Your name"), "Kim Ode")
    kim.click(page.get_by_role("button", name="Send me the code"))
    expect(page.get_by_label("The code of six digits")).to_be_visible()
    kim.fill(page.get_by_label("The code of six digits"), mailed_code())
    kim.click(page.get_by_role("button", name="Send the comment"))
    expect(page.get_by_text("Your comment was sent.")).to_be_visible()
    expect(page.get_by_text("You: Kim Ode")).to_be_visible()
    kim.click(page.get_by_role("button", name="Mark as read"))

    expect(page.get_by_text("You read it on")).to_be_visible()
    assert kim.clicks <= MOST_CLICKS
    assert page.locator("input[type=password]").count() == 0
    assert Comment.objects.get(guest__name="Kim Ode").thread.alert is not None
    assert DashboardRead.objects.filter(guest__name="Kim Ode", link=link).exists()


def test_the_digest_on_a_phone(open_page, live_server, mail):
    """360 px, no images, no scripts: the news without tapping, then its exact place."""
    page = open_page(js=False, width=360, expected=["ERR_FAILED", "404"])
    page.context.route("**/*.{png,jpg,gif,svg,webp}", lambda route: route.abort())
    page.set_viewport_size({"width": 360, "height": 740})

    page.set_content(mail.html)

    assert page.locator("img").count() == 0
    assert overflow(page) <= 0
    assert len(mail.html.encode()) < 60_000
    stop = page.locator(".stop-text, td[bgcolor='#7A1212'] p").first
    assert stop.bounding_box()["y"] < 740
    assert "top and evaluate" in stop.inner_text()
    small = page.evaluate(
        "[...document.querySelectorAll('p, a, td, h1, h2')].filter((one) => "
        "one.innerText?.trim() && parseFloat(getComputedStyle(one).fontSize) < 13 "
        "&& getComputedStyle(one).display !== 'none').map((one) => one.innerText)"
    )
    assert small == []
    for address in dict.fromkeys(links_in(mail, live_server)):
        page.goto(address)
        anchor = address.partition("#")[2]
        assert page.locator("h1").count() == 1
        if anchor:
            expect(page.locator(f"#{anchor}")).to_be_in_viewport()
    # the last one stops it, by one press of a button
    assert "unsubscribe" in address
    assert ShareLink.objects.count() >= 1
    page.locator("main form button").click()
    expect(page.get_by_text("Nothing more is sent.")).to_be_visible()


def test_pages_of_guests_are_readable_in_every_look(open_page, venture, link):
    page = open_page(expected=["404", "422", "429"])
    page.goto(reverse("portfolio:share_open", args=[TOKEN]))
    home = page.url
    found = look_troubles(page, "guest-dashboard")
    page.goto(f"{home}comments/")
    found += look_troubles(page, "guest-threads")
    page.locator("main .rows a").first.click()
    found += look_troubles(page, "guest-thread")
    page.get_by_label("Comment").fill("Which three clinics?")
    page.get_by_role("button", name="Comment").click()
    found += look_troubles(page, "guest-who")
    page.get_by_role("button", name="Send me the code").click()
    found += look_troubles(page, "guest-who-wrong")
    page.get_by_label("Your e-mail address").fill("kim@board.example")
    page.get_by_label("Your name").fill("Kim Ode")
    page.get_by_label("Send me a mail").check()
    page.get_by_role("button", name="Send me the code").click()
    found += look_troubles(page, "guest-code")
    wrong = f"{(int(mailed_code()) + 1) % 10**6:06}"
    page.get_by_label("The code of six digits").fill(wrong)
    page.get_by_role("button", name="Send the comment").click()
    found += look_troubles(page, "guest-code-wrong")
    page.get_by_label("The code of six digits").fill(mailed_code())
    page.get_by_role("button", name="Send the comment").click()
    found += look_troubles(page, "guest-sent")
    page.get_by_role("link", name="Read it in its thread").click()
    found += look_troubles(page, "guest-own-thread")
    page.get_by_role("link", name="Correct").first.click()
    found += look_troubles(page, "guest-correct")

    assert found == []
    assert page.locator("h1").count() == 1


def test_the_page_that_stops_mails_about_answers(open_page, venture, link):
    make_guest(link, wants_replies=True, stop_hash=hashed(STOP_MAIL))
    page = open_page()
    page.goto(reverse("portfolio:replies_stop", args=[STOP_MAIL]))
    found = look_troubles(page, "guest-stop")
    page.get_by_role("button", name="Stop them").click()

    expect(page.get_by_text("Nothing more is sent.")).to_be_visible()
    assert found + look_troubles(page, "guest-stopped") == []
