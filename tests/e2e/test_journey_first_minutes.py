"""A founder's first ten minutes: from the set-up link to a quote on the board, with its
clicks counted; then a score, and an invitation to the co-founder.
"""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.actions import issue_link
from core.models import Invitation, OneTimeLink, Workspace
from decisions.actions import judge_due
from milestones.models import EvidenceLink, Score
from portfolio.samples import webvan
from tests.e2e.browser import wait_until
from tests.e2e.test_first_talk import (
    NOTES,
    WORDS,
    Newcomer,
    grade_option,
    question_option,
)

MOST_CLICKS, MOST_FIELDS = 14, 12
WHY = "One clinic told us so by itself, in numbers, and nobody has spoken against it."


@pytest.fixture
def key(db, client):
    """Of an installation on which Webvan is loaded and judged, as `manage.py up` does.
    Its first page was asked for before, as the supervisor does."""
    now = timezone.now()
    webvan.load(now=now, slug="webvan")
    judge_due(now)
    key = issue_link(OneTimeLink.Kind.SETUP, now=now)
    assert client.get(f"/setup/?key={key}").status_code == 200
    return key


def test_from_the_setup_link_to_a_quote_on_the_board(open_page, key):
    page = open_page()
    page.goto(f"/setup/?key={key}")
    nora = Newcomer(page)
    set_up(nora, page)
    look_at_webvan(nora, page)
    note_a_talk(nora, page)
    take_a_quote(nora, page)

    link = wait_until(EvidenceLink.objects.filter(workspace__slug="rota").first)
    assert (link.question.number, link.grade) == (1, 3)
    assert nora.clicks <= MOST_CLICKS
    assert nora.fields <= MOST_FIELDS
    claim_a_level(nora, page)
    invite(nora, page)
    expect(page.locator("main")).to_contain_text("co@example.com")
    assert nora.fields <= MOST_FIELDS


def set_up(nora, page):
    """Zone, currency and week are guessed, and stay as they are."""
    nora.fill(page.get_by_label("Your e-mail address"), "nora@example.com")
    nora.fill(page.get_by_label("Password", exact=True), "a quiet long sentence")
    nora.fill(page.get_by_label("Name of the venture"), "Rota")
    nora.click(page.get_by_role("button", name="Begin"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    assert Workspace.objects.filter(slug="rota").exists()


def look_at_webvan(nora, page):
    """The red block, the numbers, and the gate that holds the building contract."""
    nora.click(page.get_by_role("link", name="Look at a finished example"))
    expect(page.locator(".stopbar")).to_contain_text("Orders per day")
    expect(page.locator("main")).to_contain_text("2,000 against 8,000")
    nora.click(page.get_by_role("link", name="Commitments").first)
    expect(page.locator("main")).to_contain_text("Held by the gate")
    nora.click(page.get_by_role("link", name="Back to Rota"))


def note_a_talk(nora, page):
    nora.click(page.get_by_role("link", name="Read the eleven questions"))
    expect(page.locator("main")).to_contain_text("First thing to ask")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("c")
    nora.fill(page.get_by_label("Notes", exact=True), NOTES)
    nora.fill(page.get_by_label("Name, organisation", exact=True), "Dana, Acme")
    nora.click(page.get_by_role("button", name="Finish"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Dana, Acme")


def take_a_quote(nora, page):
    nora.select_words(WORDS)
    nora.click(page.get_by_role("button", name="Keep the quote"))
    about = page.get_by_label("What is this about?")
    expect(about).to_be_visible()
    nora.choose(about, question_option(page))
    nora.choose(page.get_by_label("How strong"), grade_option(page))
    nora.click(page.get_by_role("button", name=re.compile("^Link")))


def claim_a_level(nora, page):
    page.goto("/w/rota/questions/1/")
    expect(page.locator("#evidence")).to_contain_text(WORDS)
    nora.click(page.locator("label", has=page.locator("[name=value][value='1']")))
    nora.fill(page.get_by_label("Why this score?"), WHY)
    nora.click(page.get_by_role("button", name="Save the score"))
    wait_until(Score.objects.filter(workspace__slug="rota").exists, what="the score")


def invite(nora, page):
    nora.click(page.get_by_role("link", name="Today").first)
    nora.click(page.get_by_role("link", name="Invite your co-founder"))
    nora.fill(page.get_by_label("E-mail address"), "co@example.com")
    nora.click(page.get_by_role("button", name="Send the invitation"))
    wait_until(Invitation.objects.exists, what="the invitation")
