"""A comment that is typed while something breaks: the line under the form is true, and
the text is found again."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from portfolio.models import Comment, CommentDraft
from tests.e2e.browser import wait_until
from tests.factories import make_metric
from tests.portfolio.commenting import place
from tests.portfolio.guests import BROWSER, by_link, make_guest
from tests.sharing import TOKEN, make_link

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "Which three clinics?"
# the browser itself writes these when a request does not succeed
NO_ANSWER = ("ERR_FAILED", "ERR_INTERNET_DISCONNECTED", "ERR_CONNECTION")
COPIES = "Object.keys(localStorage).filter((key) => key.startsWith('comment:')).length"


@pytest.fixture
def url(workspace):
    return place(make_metric(workspace, "Orders"))


def draft():
    return CommentDraft.objects.values_list("text", flat=True).first()


def refuse_posts(page):
    def answer(route):
        is_post = route.request.method == "POST"
        route.abort() if is_post else route.continue_()

    page.context.route("**/*", answer)


def field(page):
    return page.locator("form[data-comment] textarea")


def test_kept_on_the_server_and_then_nowhere_else(open_page, founder, url):
    page = open_page(founder)
    page.goto(url)
    field(page).fill(TEXT)

    expect(page.get_by_text("Draft kept on the server.")).to_be_visible()
    assert draft() == TEXT
    assert page.evaluate(COPIES) == 0


def test_without_a_connection_the_device_keeps_it_and_tries_again(
    open_page, founder, url
):
    page = open_page(founder, expected=NO_ANSWER)
    page.goto(url)
    page.context.set_offline(True)
    field(page).fill(TEXT)

    expect(page.get_by_text("Not on the server. Kept on this device")).to_be_visible()
    assert draft() is None
    assert page.evaluate(COPIES) == 1
    page.context.set_offline(False)

    wait_until(lambda: draft() == TEXT, what="the draft")
    expect(page.get_by_text("Draft kept on the server.")).to_be_visible()
    assert page.evaluate(COPIES) == 0


def test_a_page_that_died_gives_its_text_back(open_page, founder, url):
    page = open_page(founder, expected=NO_ANSWER)
    page.goto(url)
    page.context.set_offline(True)
    field(page).fill(TEXT)
    expect(page.get_by_text("Kept on this device")).to_be_visible()
    refuse_posts(page)
    page.context.set_offline(False)

    page.goto(url)

    expect(field(page)).to_have_value(TEXT)
    left = re.compile("This is the text you left here|Not on the server")
    expect(page.get_by_text(left)).to_be_visible()


def test_a_copy_that_differs_is_asked_about(open_page, founder, url, workspace):
    page = open_page(founder, expected=NO_ANSWER)
    page.goto(url)
    page.context.set_offline(True)
    field(page).fill(TEXT)
    expect(page.get_by_text("Kept on this device")).to_be_visible()
    refuse_posts(page)
    page.context.set_offline(False)
    CommentDraft.objects.update_or_create(
        workspace=workspace,
        by=founder,
        place=f"metric:{url.rstrip('/').rpartition('/')[2]}",
        defaults={"text": "from elsewhere", "saved_at": timezone.now()},
    )

    page.goto(url)

    expect(field(page)).to_have_value("from elsewhere")
    expect(page.get_by_text("is on this device.")).to_be_visible()
    page.get_by_role("button", name="Put it back").click()
    expect(field(page)).to_have_value(TEXT)
    expect(field(page)).to_be_focused()


def test_what_was_sent_leaves_no_copy(open_page, founder, url):
    page = open_page(founder)
    page.goto(url)
    field(page).fill(TEXT)
    page.get_by_role("button", name="Comment").click()
    expect(page.locator("#c-1")).to_contain_text(TEXT)

    assert page.evaluate(COPIES) == 0
    page.goto(url)
    expect(field(page)).to_have_value("")


def test_signing_out_asks_and_then_takes_copies_along(open_page, founder, url):
    page = open_page(founder, expected=NO_ANSWER)
    page.goto(url)
    page.context.set_offline(True)
    field(page).fill(TEXT)
    expect(page.get_by_text("Kept on this device")).to_be_visible()
    assert page.evaluate(COPIES) == 1
    page.evaluate(
        "document.querySelector('form[data-sign-out]').addEventListener("
        "'submit', (event) => event.preventDefault())"
    )
    press = "document.querySelector('form[data-sign-out]').requestSubmit()"

    page.evaluate(press)
    assert page.evaluate(COPIES) == 1
    page.evaluate(press)
    assert page.evaluate(COPIES) == 0
    # what a page does last does not bring them back
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert page.evaluate(COPIES) == 0
    page.context.set_offline(False)


def test_not_you_asks_and_then_takes_copies_along(open_page, client, workspace):
    """Two people at one device: the second must not find what the first one typed."""
    metric = make_metric(workspace, "Orders")
    link = make_link(workspace, expires_at=timezone.now() + timedelta(days=1))
    make_guest(link)
    url = by_link(client, "share_comments", "metric", metric.pk)
    page = open_page()
    page.goto(reverse("portfolio:share_open", args=[TOKEN]))
    cookie = {"name": f"guest-{link.pk.hex[:12]}", "value": BROWSER, "path": "/s/view/"}
    page.context.add_cookies([cookie | {"domain": urlsplit(page.url).hostname}])
    page.goto(url)
    field(page).fill(TEXT)
    expect(page.get_by_text("on this device")).to_be_visible()

    page.get_by_role("button", name="Not you?").click()
    expect(page.get_by_text("was not sent. Press again")).to_be_visible()
    assert page.evaluate(COPIES) == 1
    page.get_by_role("button", name="Not you?").click()

    expect(page.get_by_text("Opened by the link")).to_be_visible()
    page.goto(url)
    expect(field(page)).to_have_value("")
    assert page.evaluate(COPIES) == 0


def test_by_a_link_the_device_keeps_it_until_it_is_sent(open_page, client, workspace):
    metric = make_metric(workspace, "Orders")
    make_link(workspace, expires_at=timezone.now() + timedelta(days=1))
    url = by_link(client, "share_comments", "metric", metric.pk)
    page = open_page()
    page.goto(reverse("portfolio:share_open", args=[TOKEN]))
    page.goto(url)
    field(page).fill(TEXT)
    expect(page.get_by_text("Kept on this device until it is sent.")).to_be_visible()

    page.goto(url)
    expect(field(page)).to_have_value(TEXT)
    page.get_by_role("button", name="Comment").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who are you?")

    assert page.evaluate(COPIES) == 0
    assert Comment.objects.count() == 0
