"""The page of one question, as different people see it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from discovery.models import Person
from tests.helpers import soup, text_of
from tests.milestones.rows import (
    ANSWER,
    REASON,
    answer,
    link,
    open_market,
    question,
    said,
    score,
    talks,
    url,
)

WITHHELD = "Words withheld: they agreed to notes, not to being quoted."

pytestmark = pytest.mark.usefixtures("clock")


def test_first_journey_from_quote_to_question(client, workspace, founder):
    segment = open_market(workspace, founder)
    quote = said(workspace, segment, text="three hours on the phone, every Tuesday")
    client.force_login(founder)
    client.post(
        url("evidence_add", workspace, quote.pk),
        {
            f"q{quote.pk}-target": 1,
            f"q{quote.pk}-stance": "supports",
            f"q{quote.pk}-grade": 3,
        },
    )
    client.post(url("answer_edit", workspace, 1), {"statement": ANSWER})

    page = client.get(url("question_detail", workspace, 1))

    assert "three hours on the phone, every Tuesday" in text_of(page)
    assert "Why the evidence supports 1" in text_of(page)
    assert "2 more qualifying interviews with something linked" in text_of(page)


def test_question_shows_what_speaks_against_it_first(client, workspace, founder):
    segment = open_market(workspace, founder)
    row = question(workspace)
    link(row, said(workspace, segment, text="we love it"), by=founder, grade=1)
    against = said(workspace, segment, text="back to the phone")
    linked = link(row, against, by=founder, stance="contradicts")
    client.force_login(founder)

    page = client.get(url("question_detail", workspace, 1))

    quotes = [q.find("p").get_text(strip=True) for q in soup(page).select(".quote")]
    assert quotes == ["back to the phone", "we love it"]
    assert "Counts 0: praise, or talk about the future." in text_of(page)
    answer_link = url("evidence_answer", workspace, linked.pk)
    assert [a["href"] for a in soup(page).select(f"a[href='{answer_link}']")]


def test_question_marks_the_supported_level(client, workspace, founder):
    open_market(workspace, founder)
    row = question(workspace)
    answer(row, by=founder)
    client.force_login(founder)

    page = client.get(url("question_detail", workspace, 1))

    labels = [label.get_text() for label in soup(page).select(".cards label")]
    assert len(labels) == 6
    marked = [n for n, text in enumerate(labels) if "evidence supports" in text]
    ahead = [n for n, text in enumerate(labels) if "Counts as 1 until" in text]
    assert (marked, ahead) == ([1], [2, 3, 4, 5])
    assert "data-counts" in str(soup(page).select_one(".counter"))


@pytest.mark.parametrize("number", [0, 12, 99])
def test_question_of_no_such_number_is_not_there(client, workspace, founder, number):
    open_market(workspace, founder)
    client.force_login(founder)

    for name in ("question_detail", "score_add", "answer_edit", "score_history"):
        assert client.get(url(name, workspace, number)).status_code == 404


@pytest.mark.parametrize("number", range(1, 12))
def test_every_question_opens(client, workspace, founder, number):
    open_market(workspace, founder)
    client.force_login(founder)

    page = client.get(url("question_detail", workspace, number))

    assert page.status_code == 200
    assert "Steve Blank, The Four Steps to the Epiphany" in text_of(page)


def test_question_before_the_market_opens_asks_for_a_segment(
    client, workspace, founder
):
    client.force_login(founder)

    page = client.get(url("question_detail", workspace, 1))
    refused = client.post(
        url("score_add", workspace, 1), {"value": 1, "reason": REASON}
    )

    assert page.status_code == 200
    assert refused.status_code == 422
    assert "Add a segment first." in text_of(refused)


def test_question_keeps_long_piles_short_until_asked(client, workspace, founder):
    open_market(workspace, founder)
    talks(question(workspace), 15, by=founder)
    client.force_login(founder)

    short = client.get(url("question_detail", workspace, 1))
    whole = client.get(url("question_detail", workspace, 1, evidence="all"))

    counts = [len(soup(page).select(".quote")) for page in (short, whole)]
    assert counts == [12, 15]
    assert "and 3 more" in text_of(short)


@pytest.mark.parametrize(
    ("consent", "shows_words"),
    [
        (Person.Consent.NOTES, False),
        (Person.Consent.QUOTE, True),
        (Person.Consent.RECORDING, True),
    ],
)
@pytest.mark.parametrize("names_person", [True, False])
def test_advisors_see_pseudonyms_and_words_by_consent(
    client, workspace, founder, advisor, consent, shows_words, names_person
):
    segment = open_market(workspace, founder)
    quote = said(workspace, segment, consent=consent, names_person=names_person)
    link(
        question(workspace),
        quote,
        by=founder,
        grade=4,
        proof_url="https://example.com/secret",
    )
    person = quote.interview.people.get()
    client.force_login(advisor)

    page = client.get(url("question_detail", workspace, 1)).content.decode()

    assert person.name not in page
    assert person.organisation.name not in page
    assert "example.com/secret" not in page
    assert f"{person.pseudonym}, {person.organisation.pseudonym}" in page
    assert (quote.text in page) is shows_words
    assert (WITHHELD in page) is not shows_words


def test_words_of_somebody_who_took_consent_back_are_gone(
    client, workspace, founder, advisor
):
    segment = open_market(workspace, founder)
    quote = said(workspace, segment, consent=Person.Consent.NONE)
    link(question(workspace), quote, by=founder)

    pages = []
    for reader in (advisor, founder):
        client.force_login(reader)
        page = client.get(url("question_detail", workspace, 1)).content.decode()
        pages.append(page)

    assert [quote.text in page for page in pages] == [False, False]


def test_advisors_see_one_pseudonym_of_somebody_without_an_organisation(
    client, workspace, founder, advisor
):
    segment = open_market(workspace, founder)
    quote = said(workspace, segment)
    person = quote.person
    person.organisation = None
    person.save(update_fields=["organisation"])
    link(question(workspace), quote, by=founder)
    client.force_login(advisor)

    page = client.get(url("question_detail", workspace, 1))

    assert f"{person.pseudonym} · E3" in text_of(page)
    assert person.name not in text_of(page)


def test_members_see_names(client, workspace, founder, member):
    segment = open_market(workspace, founder)
    quote = said(workspace, segment)
    link(question(workspace), quote, by=founder)
    client.force_login(member)

    page = text_of(client.get(url("question_detail", workspace, 1)))

    assert quote.person.name in page
    assert quote.text in page


def test_documents_stay_back_from_advisors(client, workspace, founder, advisor):
    open_market(workspace, founder)
    link(question(workspace, 9), None, by=founder, document="Invoice to Dana")
    client.force_login(advisor)

    page = client.get(url("question_detail", workspace, 9))

    assert "Dana" not in text_of(page)
    assert "Words withheld: a document may name people." in text_of(page)


def queries_of(client, page):
    with CaptureQueriesContext(connection) as asked:
        client.get(page)
    return len(asked)


def test_pages_ask_the_database_as_often_for_few_as_for_many(
    client, workspace, founder
):
    open_market(workspace, founder)
    row = question(workspace)
    talks(row, 2, by=founder)
    talks(row, 1, by=founder, names_person=False, stance="contradicts")
    score(row, 2, by=founder)
    client.force_login(founder)
    pages = [
        url("board", workspace),
        url("question_detail", workspace, 1),
        url("score_history", workspace, 1),
    ]
    client.get(pages[0])

    few = [queries_of(client, page) for page in pages]
    talks(row, 57, by=founder)
    many = [queries_of(client, page) for page in pages]

    assert few == many
    assert few[0] <= 12
    assert max(few) <= 15
