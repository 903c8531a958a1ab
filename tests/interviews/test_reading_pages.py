"""A talk as it is read, and the pages on which quotes are taken."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from discovery.models import Person
from interviews.actions import requalify, take_quote
from interviews.models import Quote, QuoteLink
from tests.factories import (
    NOW,
    fresh_key,
    make_interview,
    make_need,
    make_person,
    make_problem,
    make_quote,
    make_quote_link,
    make_segment,
    make_workspace,
)
from tests.helpers import soup, text_of

pytestmark = pytest.mark.usefixtures("second_of_november")

NOTES = "She said the rota broke again.\n\n> We'd pay tomorrow.\nSo she said.\n\nEnd."


@pytest.fixture
def dana(workspace):
    return make_person(workspace, "Dana Ruiz")


@pytest.fixture
def talk(workspace, founder, dana):
    segment = make_segment(workspace)
    talk = make_interview(
        workspace, people=[dana], by=founder, notes=NOTES, segment=segment
    )
    requalify(talk)
    return talk


@pytest.fixture
def signed_in(client, founder):
    client.force_login(founder)
    return client


def page_of(talk):
    return reverse("interviews:interview_detail", args=["acme", talk.pk])


def add_page(talk, query=""):
    return reverse("interviews:quote_add", args=["acme", talk.pk]) + query


def quote_page(name, quote):
    return reverse(f"interviews:{name}", args=["acme", quote.pk])


# --- the page --------------------------------------------------------------------
def test_notes_are_paragraphs_each_with_a_way_to_quote_it(signed_in, talk):
    page = soup(signed_in.get(page_of(talk)))

    parts = page.select("#notes [data-paragraph]")
    assert [[p.text for p in part.select("p")] for part in parts] == [
        ["She said the rota broke again."],
        ["We'd pay tomorrow.", "So she said."],
        ["End."],
    ]
    assert [q.text.strip() for q in page.select("#notes blockquote")] == [
        "We'd pay tomorrow."
    ]
    assert [a["href"] for a in page.select("[data-quote-link]")] == [
        add_page(talk, f"?paragraph={n}") for n in (1, 2, 3)
    ]


def test_quotes_are_marked_where_they_stand(signed_in, talk, founder):
    one = take_quote(talk, by=founder, now=NOW, text="the rota broke")
    two = take_quote(talk, by=founder, now=NOW, text="rota broke again")

    page = soup(signed_in.get(page_of(talk)))

    marks = page.select("#notes mark")
    assert [mark.text for mark in marks] == ["the ", "rota broke", " again"]
    assert [mark.get("id") for mark in marks] == [f"q-{one.pk}", f"q-{two.pk}", None]
    assert len(page.select(f"[id='q-{one.pk}']")) == 1
    assert [q.p.text for q in page.select("article.quote")] == [
        "the rota broke",
        "rota broke again",
    ]


def test_a_quote_whose_words_are_gone_says_so(signed_in, talk):
    quote = make_quote(talk, "words of long ago")

    page = soup(signed_in.get(page_of(talk)))

    shown = page.select_one("article.quote")
    assert shown["id"] == f"q-{quote.pk}"
    assert "Text changed" in shown.text


def test_each_quote_leads_to_a_question_and_a_fresh_one_by_itself(
    signed_in, talk, founder
):
    old = take_quote(talk, by=founder, now=NOW, text="the rota")
    new = take_quote(talk, by=founder, now=NOW, text="We'd pay")

    page = soup(signed_in.get(f"{page_of(talk)}?quote={new.pk}"))

    links = {
        old: page.select_one(f"#evidence-links-{old.pk} a"),
        new: page.find(id=f"evidence-form-{new.pk}"),
    }
    target = reverse("milestones:evidence_add", args=["acme", new.pk])
    assert links[new]["href"] == links[new]["hx-get"] == f"{target}?back=interview"
    assert links[new]["hx-trigger"] == "load, click"
    assert links[old]["hx-trigger"] == "revealed"
    assert links[old]["href"] == links[old]["hx-get"]


def test_what_a_quote_is_linked_to_stands_there_without_script(
    signed_in, talk, founder, workspace
):
    linked = take_quote(talk, by=founder, now=NOW, text="the rota")
    free = take_quote(talk, by=founder, now=NOW, text="We'd pay")
    problem = make_problem(talk.segment, "The rota breaks")
    make_quote_link(linked, problem=problem, grade=3)
    make_quote_link(linked, need=make_need(talk.segment), withdrawn_at=NOW)

    page = soup(signed_in.get(page_of(talk)))

    parts = [
        [item.text for item in page.select(f"#evidence-links-{quote.pk} li")]
        for quote in (linked, free)
    ]
    [grade] = [label for value, label in QuoteLink.grade.field.choices if value == 3]
    assert parts == [[f"The rota breaks: supports · {grade}"], []]


def test_more_quotes_are_no_more_queries(signed_in, talk, founder):
    signed_in.get(page_of(talk))
    make_quote_link(make_quote(talk, "the rota"), rung=1)
    with CaptureQueriesContext(connection) as few:
        signed_in.get(page_of(talk))
    for number in range(12):
        make_quote_link(make_quote(talk, f"words {number}"), rung=1)

    with CaptureQueriesContext(connection) as many:
        signed_in.get(page_of(talk))

    assert len(few) == len(many) <= 15


def test_the_page_says_what_keeps_it_from_counting(signed_in, talk, founder):
    missing = text_of(signed_in.get(page_of(talk)))
    take_quote(talk, by=founder, now=NOW, text="the rota")
    counting = text_of(signed_in.get(page_of(talk)))

    assert "Does not count None of their own words are kept as a quote." in missing
    assert "Qualifies It counts as a discovery interview." in counting


def test_refused_consent_is_said_on_top(signed_in, talk, dana):
    Person.objects.update(consent="none")

    assert "Dana Ruiz did not agree that anything is kept." in text_of(
        signed_in.get(page_of(talk))
    )


def test_a_draft_opens_where_it_is_written(signed_in, workspace):
    draft = make_interview(workspace, state="draft")

    assert signed_in.get(page_of(draft)).url == reverse(
        "interviews:interview_edit", args=["acme", draft.pk]
    )


HOSTILE = "<script>alert(1)</script> \"' onerror=x {{ 7 }} javascript:alert(1)"


def test_hostile_text_is_text_everywhere(signed_in, workspace, founder):
    person = make_person(workspace, HOSTILE, role_title=HOSTILE[:120])
    talk = make_interview(
        workspace, people=[person], by=founder, notes=HOSTILE, next_step=HOSTILE
    )
    quote = take_quote(talk, by=founder, now=NOW, text=HOSTILE)
    pages = [
        page_of(talk),
        add_page(talk, "?paragraph=1"),
        quote_page("quote_edit", quote),
        quote_page("quote_withdraw", quote),
        f"/w/acme/customers/{person.pk}/",
        "/w/acme/customers/",
        "/w/acme/interviews/",
        f"/w/acme/interviews/{talk.pk}/edit/",
        f"/w/acme/customers/{person.pk}/edit/",
    ]

    for address in pages:
        page = soup(signed_in.get(address))
        values = [field.get("value") for field in page.select("input")]
        assert HOSTILE in page.text or HOSTILE in values
        assert [s for s in page.select("script") if not s.get("src")] == []
        assert page.select("[onerror], a[href^=javascript]") == []


# --- taking quotes ---------------------------------------------------------------
def test_the_form_starts_from_the_words_of_the_paragraph(signed_in, talk):
    filled = soup(signed_in.get(add_page(talk, "?paragraph=2")))
    empty = soup(signed_in.get(add_page(talk, "?paragraph=99")))

    assert filled.select_one("[name=text]").text.strip() == (
        "We'd pay tomorrow. So she said."
    )
    assert empty.select_one("[name=text]").text.strip() == ""
    assert not filled.select("[name=person]")


def test_a_quote_is_kept_and_leads_back_to_its_place(signed_in, talk, dana):
    data = {"text": "We'd pay", "is_prompted": "on", "form_key": fresh_key()}

    answers = [signed_in.post(add_page(talk, "?paragraph=2"), data) for _ in range(2)]

    quote = Quote.objects.get()
    assert {answer.url for answer in answers} == {
        f"{page_of(talk)}?quote={quote.pk}#q-{quote.pk}"
    }
    assert (quote.person, quote.is_prompted) == (dana, True)


def test_the_paragraph_decides_between_equal_words(signed_in, workspace, founder):
    talk = make_interview(workspace, by=founder, notes="yes\n\nyes\n\nyes")

    signed_in.post(add_page(talk, "?paragraph=3"), {"text": "yes"})

    assert Quote.objects.get().start == 10


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "This field is required."),
        ("something else", "These are not words of the notes. Copy them exactly."),
        ("x" * 4001, "at most 4000 characters"),
    ],
)
def test_what_is_no_quote_is_refused(signed_in, talk, text, sentence):
    response = signed_in.post(add_page(talk), {"text": text})

    assert response.status_code == 422
    assert sentence in text_of(response)
    assert soup(response).select_one("[name=text]").text.strip() == text


def test_with_several_people_one_is_chosen(signed_in, workspace, talk):
    lee = make_person(workspace, "Lee")
    talk.people.add(lee)
    outsider = make_person(workspace, "Outsider")

    refused = signed_in.post(add_page(talk), {"text": "rota", "person": outsider.pk})
    signed_in.post(add_page(talk), {"text": "the rota", "person": lee.pk})

    assert refused.status_code == 422
    assert Quote.objects.get().person == lee


def test_a_quote_is_edited_and_withdrawn(signed_in, talk, founder):
    quote = take_quote(talk, by=founder, now=NOW, text="the rota broke")

    edited = signed_in.post(quote_page("quote_edit", quote), {"text": "rota broke"})
    silent = signed_in.post(quote_page("quote_withdraw", quote), {"reason": " "})
    done = signed_in.post(quote_page("quote_withdraw", quote), {"reason": "Misheard."})

    quote.refresh_from_db()
    assert edited.url == f"{page_of(talk)}#q-{quote.pk}"
    assert (silent.status_code, done.url) == (422, page_of(talk))
    assert (quote.text, quote.withdrawn_reason) == ("rota broke", "Misheard.")
    assert signed_in.get(quote_page("quote_edit", quote)).status_code == 404
    assert "Misheard." in text_of(signed_in.get(page_of(talk)))


def test_drafts_and_other_ventures_have_no_quotes(signed_in, workspace):
    draft = make_interview(workspace, state="draft")
    foreign = make_quote(make_interview(make_workspace()))

    assert signed_in.get(add_page(draft)).status_code == 404
    assert signed_in.get(add_page(foreign.interview)).status_code == 404
    assert signed_in.get(quote_page("quote_edit", foreign)).status_code == 404
    unknown = reverse("interviews:quote_withdraw", args=["acme", uuid4()])
    assert signed_in.post(unknown, {"reason": "x"}).status_code == 404
