"""Every page about customers and talks: readable, reachable, as wide as the window."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from discovery.models import Person
from interviews.actions import requalify, take_quote
from interviews.models import Interview
from tests.e2e.browser import look_troubles
from tests.factories import (
    NOW,
    make_interview,
    make_organisation,
    make_person,
    make_quote,
    make_segment,
)
from tests.milestones.rows import link, open_market, question, said

NOTES = """She said last Tuesday the rota broke again, two nurses called in sick.

> We'd pay tomorrow if it did the swap by itself.
> I would sleep better.

She spent three hours on WhatsApp to find somebody, and then did the shift herself."""

PAGES = {
    "segments": "/segments/",
    "segment form": "/segments/new/",
    "customers": "/customers/",
    "no customer found": "/customers/?q=nobody+of+that+name",
    "person": "/customers/{person}/",
    "person form": "/customers/{person}/edit/",
    "organisation": "/organisations/{organisation}/",
    "interviews": "/interviews/",
    "capture": "/interviews/new/",
    "draft": "/interviews/{draft}/edit/",
    "read": "/interviews/{talk}/",
    "read without consent": "/interviews/{unquotable}/",
    "quote form": "/interviews/{talk}/quotes/new/?paragraph=2",
    "withdraw": "/quotes/{quote}/withdraw/",
}


@pytest.fixture
def ids(workspace, founder):
    """A venture with a few talks: one with overlapping quotes, one that lost a quote."""
    segment = make_segment(workspace, "First customers", who="Clinics of 10 to 50 beds")
    clinic = make_organisation(workspace, "Acme Clinic")
    dana = make_person(
        workspace,
        "Dana Ruiz",
        organisation=clinic,
        segment=segment,
        role_title="Head nurse",
        email="dana@acme.example",
    )
    lee = make_person(workspace, "Lee North", consent=Person.Consent.NONE)
    talk = make_interview(
        workspace,
        people=[dana],
        by=founder,
        segment=segment,
        notes=NOTES,
        next_step="Intro to the COO",
    )
    for words in ("the rota broke again", "broke again, two nurses", "We'd pay"):
        quote = take_quote(talk, by=founder, now=NOW, text=words, person=dana)
    make_quote(talk, "words that are gone", person=dana, is_prompted=True)
    requalify(talk)
    unquotable = make_interview(workspace, people=[dana, lee], by=founder, notes=NOTES)
    draft = make_interview(
        workspace, by=founder, state="draft", notes="Half a thought", people=[dana]
    )
    add_more_talks(workspace, segment, founder)
    return {
        "person": dana.pk,
        "organisation": clinic.pk,
        "talk": talk.pk,
        "unquotable": unquotable.pk,
        "draft": draft.pk,
        "quote": quote.pk,
    }


def add_more_talks(workspace, segment, founder):
    for n in range(3):
        person = make_person(workspace, segment=segment)
        held_at = NOW - timedelta(days=n)
        make_interview(workspace, people=[person], by=founder, held_at=held_at)


def test_pages_are_accessible_and_fit(open_page, founder, workspace, ids):
    page = open_page(founder)

    wrong = {}
    for name, path in PAGES.items():
        page.goto(f"/w/{workspace.slug}{path.format(**ids)}")
        found = look_troubles(page, name)
        if found or page.locator("h1").count() != 1:
            wrong[name] = found

    assert wrong == {}


def test_customers_are_found_while_typing(open_page, founder, workspace, ids):
    page = open_page(founder)
    asked = []
    page.on("request", lambda r: asked.append(r.url) if "?q=" in r.url else None)
    page.clock.install()
    page.goto(f"/w/{workspace.slug}/customers/")
    field = page.get_by_label("Name, organisation, e-mail, next step, words in notes")
    field.focus()

    page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))
    page.keyboard.type("ruiz")
    page.clock.run_for(200)
    assert asked == []  # not before a pause
    page.clock.run_for(100)
    page.clock.resume()

    expect(page.locator("tbody tr")).to_have_count(1)
    expect(field).to_be_focused()
    expect(page.locator("#say")).to_have_text("1 person found")
    assert "/customers/?q=ruiz&" in page.url
    assert len(asked) == 1
    page.get_by_role("link", name="Dana Ruiz", exact=True).click()
    page.go_back()
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(field).to_have_value("ruiz")


def test_a_conflict_is_accessible_and_fits(open_page, founder, workspace, ids):
    page = open_page(founder, expected=["409"])
    page.goto(f"/w/{workspace.slug}/interviews/{ids['draft']}/edit/")
    Interview.objects.filter(pk=ids["draft"]).update(rev=7, notes="Theirs.")

    page.get_by_label("Notes", exact=True).press("End")
    page.keyboard.type(" and more")

    expect(page.get_by_label("Their notes")).to_have_value("Theirs.")
    assert look_troubles(page, "conflict") == []


def test_three_clicks_take_a_paragraph_and_no_word_more(open_page, founder, workspace):
    talk = make_interview(workspace, notes="First words.\n\n> The rota broke again.")
    page = open_page(founder)
    page.goto(f"/w/{workspace.slug}/interviews/{talk.pk}/")

    for words in ("The rota broke again.", "First words."):
        page.locator("#notes p", has_text=words).click(click_count=3)
        expect(page.get_by_label("Exact words")).to_have_value(words)

    page.locator("#notes p", has_text="The rota broke again.").click(click_count=3)
    page.get_by_role("button", name="Keep the quote").click()
    expect(page.locator("#notes mark")).to_have_text("The rota broke again.")


def test_a_quote_shows_its_questions_and_takes_another(open_page, founder, workspace):
    segment = open_market(workspace, founder)
    quote = said(workspace, segment)
    link(question(workspace, 2), quote, by=founder)
    page = open_page(founder)
    page.goto(f"/w/{workspace.slug}/interviews/{quote.interview_id}/")
    shown = page.locator("article.quote")

    expect(shown).to_contain_text("Question 2 supports · E3")
    shown.get_by_role("link", name="Link to something else").click()
    expect(shown.get_by_role("link", name="Question 2", exact=True)).to_have_count(1)
    shown.get_by_label("What is this about?").select_option("5")
    shown.get_by_role("button", name="Link").click()

    expect(shown).to_contain_text("Question 5 supports · E3")
