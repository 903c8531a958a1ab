"""A respondent answers by link, with and without JavaScript, narrow and dark."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from interviews.models import PriceAnswer, SurveyResponse
from tests.e2e.browser import axe_violations, overflow
from tests.interviews.survey_cases import Kind, make_survey
from tests.interviews.survey_cases import make_survey_link as make_link

pytestmark = pytest.mark.django_db(transaction=True)
REFUSED = ("422", "404")


def make_survey_link(survey, token):
    """Of this hour: the server that the browser asks reads the real clock."""
    make_link(survey, token, expires_at=timezone.now() + timedelta(days=1))


def fill(page, prices):
    for name, price in prices.items():
        page.locator(f"#id_{name}").fill(price)


PRICES = {"too_cheap": "9,90", "cheap": "20", "expensive": "30", "too_expensive": "45"}


@pytest.mark.parametrize(
    ("theme", "width", "js"),
    [("light", 1280, True), ("dark", 320, True), ("light", 320, False)],
)
def test_four_prices(open_page, workspace, theme, width, js):
    make_survey_link(make_survey(workspace, Kind.PRICE), "a" * 43)
    page = open_page(theme=theme, width=width, js=js, expected=REFUSED)

    page.goto(reverse("survey_open", args=["a" * 43]))
    if js:
        assert axe_violations(page) == []
    assert overflow(page) <= 0
    fill(page, PRICES)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_text("can only be kept if you agree").first).to_be_visible()
    assert page.locator("#id_cheap").input_value() == "20"
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Send my answers").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert "a" * 43 not in page.url
    assert PriceAnswer.objects.get().too_cheap_minor == 990


def test_two_links_in_one_browser_do_not_mix(open_context, workspace):
    first = make_survey(workspace, Kind.PRICE)
    make_survey_link(first, "a" * 43)
    make_survey_link(make_survey(workspace), "b" * 43)
    context = open_context()
    one, other = context.new_page(), context.new_page()
    one.goto(reverse("survey_open", args=["a" * 43]))
    other.goto(reverse("survey_open", args=["b" * 43]))

    fill(one, PRICES)
    one.get_by_label("I agree").check()
    one.get_by_role("button", name="Send my answers").click()

    expect(one.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert SurveyResponse.objects.get().survey == first
    other.reload()
    expect(other.get_by_text("How would you feel")).to_be_visible()


def test_by_keyboard_alone(open_page, workspace):
    make_survey_link(make_survey(workspace), "a" * 43)
    page = open_page()
    page.goto(reverse("survey_open", args=["a" * 43]))

    for key in ("Tab", "Tab", "Space", "Tab", "Space", "Tab"):
        page.keyboard.press(key)
    page.keyboard.type("4")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert SurveyResponse.objects.get().must_have.feeling == "very"
