"""A founder's Monday, counted: from the stop in the digest to a page on which nothing
else is asked for; and again with the keyboard alone.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.models import Delivery
from decisions.actions import judge_metric
from forecasts.models import Actual
from milestones.models import EvidenceLink, Score
from portfolio.digest.mails import render
from portfolio.models import DigestSubscription
from tests.decisions.cases import BAD, FORECAST, GOOD, report
from tests.e2e.browser import wait_until
from tests.e2e.test_first_talk import Newcomer, NoMouse, Typist
from tests.factories import make_forecast, make_metric, weeks
from tests.milestones.rows import link, open_market, question, said
from tests.portfolio.digests import make_digest

MOST_CLICKS = 15
WHY = "Two clinics told us so by themselves, and nobody has spoken against it so far."
QUOTES, METRICS, STOPPED = (
    5,
    ("Baskets", "Orders per day", "Sign-ups"),
    "Orders per day",
)


@pytest.fixture
def monday(workspace, founder):
    """One stop, three numbers due, five quotes about nothing, two questions to score."""
    now = timezone.now()
    segment = open_market(workspace, founder)
    for name in METRICS:
        follow_until_last_week(workspace, name, founder, now)
    for number in (1, 2):
        quote = said(workspace, segment, text=f"Words about question {number}.")
        link(question(workspace, number, segment), quote, by=founder, now=now)
    for number in range(QUOTES):
        said(workspace, segment, text=f"Words number {number}.")
    return now


def follow_until_last_week(workspace, name, founder, now):
    today = workspace.today(now)
    first = today - timedelta(days=today.weekday(), weeks=6)
    metric = make_metric(workspace, name, owner=founder)
    points = [(*span, FORECAST) for span in weeks(first, 12)]
    make_forecast(metric, points, registered_at=now - timedelta(weeks=8))
    value = BAD if name == STOPPED else GOOD
    report(metric, [value] * 5, now=now)
    judge_metric(metric.pk, now=now)


@pytest.fixture
def digest(workspace, founder, monday):
    """Where the first stop of the founder's digest leads."""
    row = DigestSubscription.objects.create(
        workspace=workspace, user=founder, confirmed_at=monday, created_at=monday
    )
    kept = make_digest(
        row,
        content=None,
        due_at=monday,
        readable_until=monday + timedelta(days=14),
        since=monday - timedelta(days=7),
        until=monday,
    )
    mail = render(Delivery.objects.get(key=kept.key))
    kept.refresh_from_db()
    [stop] = kept.content["stops"]
    assert stop["path"] in mail.html
    return stop["path"]


def test_a_monday_takes_few_clicks(open_page, founder, digest):
    page = open_page(founder)
    nora = Newcomer(page)
    nora.clicks += 1  # the stop in the mail
    page.goto(digest)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Orders per day")
    nora.click(page.get_by_role("link", name="Start the evaluation").last)
    expect(page.locator("[name=belief]")).to_be_visible()
    nora.click(today(page))
    for name in METRICS:
        nora.fill(page.get_by_label(f"{name},"), "8,000")
    nora.click(page.get_by_role("button", name="Save all"))
    expect(page.locator("main")).not_to_contain_text("Numbers due")
    nora.click(page.get_by_role("link", name="Say which question"))
    sort_quotes(page)
    for number in (1, 2):
        nora.click(today(page))
        nora.click(page.locator("main").get_by_role("link", name=f"{number} "))
        nora.click(page.locator("label", has=page.locator("[name=value][value='1']")))
        nora.fill(page.get_by_label("Why this score?"), WHY)
        nora.click(page.get_by_role("button", name="Save the score"))
        wait_until(lambda n=number: Score.objects.count() == n, what="the score")
    nora.click(today(page))

    expect(page.locator("#today-rest")).to_contain_text("Nothing else needs you.")
    assert_all_is_done(page)
    assert nora.clicks <= MOST_CLICKS


def today(page):
    return page.get_by_role("link", name="Today", exact=True).first


def sort_quotes(page):
    """By single keys: a question, that they support it, how strong, send."""
    quotes = page.locator("[data-quote]")
    page.wait_for_load_state("networkidle")
    for left in range(QUOTES, 0, -1):
        expect(quotes).to_have_count(left)
        page.keyboard.press("j")
        expect(page.locator("[data-quote]:focus")).to_have_count(1)
        page.keyboard.press("1")
        page.keyboard.press("s")
        expect(page.locator("[data-quote] [name$=grade]:focus")).to_have_count(1)
        page.keyboard.type("E3")
        page.keyboard.press("Control+Enter")
    expect(quotes).to_have_count(0)


def assert_all_is_done(page):
    """The stop alone stays, until somebody decides."""
    rest = page.locator("main")
    for asked in ("Numbers due", "Quotes not linked", "Questions to score"):
        expect(rest).not_to_contain_text(asked)
    expect(page.locator("#today-stops")).to_contain_text("Orders per day")
    assert Actual.objects.filter(value=8000).count() == len(METRICS)
    assert EvidenceLink.objects.count() == QUOTES + 2


def test_a_monday_with_the_keyboard_alone(open_page, founder, digest):
    page = open_page(founder)
    page.goto(digest)
    page._impl_obj._mouse = NoMouse()
    typist = Typist(page)
    typist.tab_to("^Start the evaluation")  # the block on every page, which led here
    go(typist, "^Start the evaluation")
    expect(page.locator("[name=belief]")).to_be_visible()
    go(typist, "^Today$")
    for name in METRICS:
        typist.tab_to(f"^{name},")
        typist.type("8,000")
    go(typist, "^Save all")
    expect(page.locator("main")).not_to_contain_text("Numbers due")
    go(typist, "^Say which question")
    sort_quotes(page)
    for number in (1, 2):
        go(typist, "^Today$")
        go(typist, f"^{number} ")
        tab_to_scores(typist)
        typist.press("ArrowDown")
        typist.tab_to("^Why this score")
        typist.type(WHY)
        go(typist, "^Save the score")
        wait_until(lambda n=number: Score.objects.count() == n, what="the score")
    page.keyboard.press("c")
    expect(page.get_by_label("Notes", exact=True)).to_be_focused()
    go(typist, "^Today$", back=True)

    assert_all_is_done(page)
    assert set(Score.objects.values_list("value", flat=True)) == {1}


def go(typist, name, *, back=False):
    """To another page; keys pressed while it loads would be lost."""
    typist.tab_to(name, back=back)
    with typist.page.expect_navigation():
        typist.page.keyboard.press("Enter")
    typist.page.wait_for_load_state("networkidle")


def tab_to_scores(typist):
    """A group of choices is one stop of Tab, whatever its labels say."""
    for _ in range(70):
        typist.press("Tab")
        if typist.page.evaluate("document.activeElement.matches('[name=value]')"):
            return
    raise AssertionError("the scores are not reached by Tab")
