"""Quotes find their question by single keys."""

import pytest
from playwright.sync_api import expect

from milestones.models import EvidenceLink
from tests.e2e.browser import wait_until
from tests.milestones.rows import open_market, said


@pytest.fixture
def inbox(workspace, founder):
    segment = open_market(workspace, founder)
    for words in ("The first words.", "The second words."):
        said(workspace, segment, text=words)
    return f"/w/{workspace.slug}/interviews/inbox/"


def test_two_keys_a_grade_and_send(open_page, founder, inbox):
    page = open_page(founder)
    page.goto(inbox)
    quotes = page.locator("[data-quote]")

    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(quotes.nth(1)).to_be_focused()
    words = quotes.nth(1).locator("blockquote p").inner_text()
    page.keyboard.press("c")
    page.keyboard.press("-")
    expect(quotes.nth(1).get_by_label("How strong")).to_be_focused()
    page.keyboard.type("E3")
    page.keyboard.press("Control+Enter")
    link = wait_until(EvidenceLink.objects.first, what="the link")

    assert (link.question.number, link.stance, link.grade) == (11, "contradicts", 3)
    assert link.quote.text == words
    expect(quotes).to_have_count(1)


def test_a_number_begins_with_the_first_and_typing_is_left_alone(
    open_page, founder, inbox
):
    page = open_page(founder)
    page.goto(inbox)
    first = page.locator("[data-quote]").first

    page.keyboard.press("0")
    expect(first.get_by_label("What is this about?")).to_have_value("10")
    first.get_by_label("How strong").focus()
    page.keyboard.press("1")
    expect(first.get_by_label("What is this about?")).to_have_value("10")


def test_those_who_switched_keys_off_have_none(open_page, founder, inbox):
    founder.shortcuts_enabled = False
    founder.save(update_fields=["shortcuts_enabled"])
    page = open_page(founder)
    page.goto(inbox)

    page.keyboard.press("1")

    first = page.locator("[data-quote]").first
    expect(first.get_by_label("What is this about?")).to_have_value("")
    expect(page.get_by_text("By keyboard")).to_have_count(0)
