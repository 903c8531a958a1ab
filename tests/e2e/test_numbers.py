"""A number goes in, and the page says by itself what came of it."""

import pytest
from playwright.sync_api import expect

from decisions.actions import judge_metric
from tests.decisions.cases import BAD, follow, report
from tests.factories import NOW, make_segment


@pytest.fixture
def metric(workspace, founder):
    make_segment(workspace)
    metric = follow(workspace, owner=founder, name="Orders per day")
    judge_metric(metric.pk, now=NOW)
    return metric


@pytest.fixture
def path(workspace, metric):
    return f"/w/{workspace.slug}/forecasts/{metric.pk}/"


def test_the_form_says_what_it_understood_before_it_is_sent(open_page, founder, path):
    page = open_page(founder)
    page.goto(f"{path}actuals/")
    field = page.get_by_label("Number", exact=True)
    echo = page.locator("#echo-value")

    field.fill("2,000.5")
    expect(echo).to_have_text("Understood: 2,000.5 orders/day")
    field.fill("1.234")
    expect(echo).to_contain_text("two readings")
    expect(field).to_be_focused()


@pytest.fixture
def no_worker(monkeypatch):
    """Nothing is judged but by the test itself."""
    for module in ("activity", "health", "pulse"):
        monkeypatch.setattr(f"core.{module}.nudge", lambda *asked: None)


@pytest.mark.usefixtures("no_worker")
def test_the_block_comes_to_a_page_that_is_open(open_page, founder, metric, path):
    report(metric, [BAD, BAD, BAD])
    page = open_page(founder)
    page.goto(path)
    verdict = page.locator("#verdict")

    expect(verdict).to_have_text("The newest numbers are being judged.")
    expect(page.locator(".stopbar")).to_have_count(0)
    judge_metric(metric.pk, now=NOW)

    expect(page.locator(".stopbar")).to_contain_text("Orders per day")
    expect(verdict).to_contain_text("2,000 against 8,000")
    expect(page.locator("#metric-state")).to_have_text("Stop and evaluate")
    assert verdict.get_attribute("hx-get") is None


@pytest.mark.usefixtures("no_worker")
def test_another_page_that_stays_open_learns_of_it(
    open_page, founder, metric, workspace
):
    page = open_page(founder)
    page.goto(f"/w/{workspace.slug}/questions/")
    block = page.locator("#stops .stopbar")
    look_again = "document.dispatchEvent(new Event('visibilitychange'))"

    report(metric, [BAD, BAD, BAD])
    judge_metric(metric.pk, now=NOW)
    expect(block).to_have_count(0)
    page.evaluate(look_again)

    expect(block).to_contain_text("Orders per day")
    expect(page.locator("#say")).to_have_text("Stop and evaluate: Orders per day")
    with page.expect_response("**/alerts/open/**") as answered:
        page.evaluate(look_again)
    assert answered.value.status == 204
    expect(block).to_have_count(1)
