"""The page of a question as text to take along: what this reader sees, and no more."""

import pytest

from core.models import Role
from discovery.models import Person
from tests.factories import make_member
from tests.helpers import soup
from tests.milestones.rows import (
    answer,
    link,
    open_market,
    question,
    said,
    score,
    talks,
    url,
)

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def copied(client, workspace):
    def text(reader, **query):
        client.force_login(reader)
        page = soup(client.get(url("question_detail", workspace, 1, **query)))
        return page.select_one("#question-text").get_text().lstrip("\n")

    return text


def test_it_says_what_the_page_says(client, workspace, founder, copied):
    segment = open_market(workspace, founder)
    row = question(workspace)
    answer(row, by=founder)
    link(row, said(workspace, segment, text="we love it"), by=founder, grade=1)
    score(row, 2, by=founder)
    link(row, said(workspace, segment, text="no\ntime"), by=founder, stance="neutral")
    link(
        row,
        said(workspace, segment, text="back to paper & pen"),
        by=founder,
        stance="contradicts",
    )

    text = copied(founder)

    first, place, status, claimed, *_ = text.split("\n")
    assert first == "1 How well do we understand what problems customers have?"
    assert place == f"{workspace.name}, {segment.name}. As of 2 Nov 2026."
    assert status == "Contradicted. Claimed 2, but the evidence speaks against it."
    assert claimed == f"Claimed: {founder} 2 (2 Nov 2026)."
    assert text.index("AGAINST (1)\n* “back to paper & pen” (") < text.index(
        "FOR (1)\n* “we love it” ("
    )
    assert "Counts 0: praise, or talk about the future." in text
    assert "NEITHER (1)\n* “no time” (" in text
    assert text.endswith(
        "Questions quoted from Steve Blank, The Four Steps to the Epiphany.\n"
    )
    page = soup(client.get(url("question_detail", workspace, 1))).select_one(".columns")
    listed = [item.get_text(" ", strip=True) for item in page.select(".checklist li")]
    assert listed
    assert [item for item in listed if f"* {item}\n" not in text] == []


def test_an_empty_question_has_a_text_too(workspace, founder, copied):
    open_market(workspace, founder)

    text = copied(founder)

    assert "OUR ANSWER\n* Not written yet." in text
    assert "\n\n\n" not in text


@pytest.mark.parametrize("consent", [Person.Consent.NOTES, Person.Consent.QUOTE])
def test_advisors_take_no_names_along(workspace, founder, advisor, copied, consent):
    segment = open_market(workspace, founder)
    quote = said(workspace, segment, consent=consent)
    person = quote.person
    quote.text = f"{person.name} sends us lists on Tuesdays"
    quote.save(update_fields=["text"])
    row = question(workspace)
    link(row, quote, by=founder)
    answer(row, by=founder, looked_against=f"We asked {person.organisation.name}.")

    theirs, ours = copied(advisor), copied(founder)

    for name in (person.name, person.organisation.name):
        assert name not in theirs
        assert name in ours
    assert f"{person.pseudonym}, {person.organisation.pseudonym}" in theirs
    is_quoted = consent == Person.Consent.QUOTE
    assert ("lists on Tuesdays" in theirs) is is_quoted
    assert ("Words withheld" in theirs) is not is_quoted


def test_the_claim_of_a_co_founder_stays_back_in_an_open_round(
    workspace, founder, copied
):
    open_market(workspace, founder)
    other = make_member(workspace, Role.FOUNDER).user
    score(question(workspace), 1, by=other)

    assert "Claimed:" not in copied(founder)
    assert f"Claimed: {other} 1" in copied(other)


def test_a_long_pile_is_cut_as_the_page_is(workspace, founder, copied):
    open_market(workspace, founder)
    talks(question(workspace), 15, by=founder)

    assert "* and 3 more" in copied(founder)
    assert "more\n" not in copied(founder, evidence="all")
