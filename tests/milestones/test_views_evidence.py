"""A quote is linked to a question, in its page and in the inbox."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from milestones.actions import withdraw_evidence
from milestones.models import EvidenceLink
from tests.factories import (
    NOW,
    make_segment,
)
from tests.helpers import hx, soup, text_of
from tests.milestones.rows import (
    given,
    link,
    open_market,
    question,
    said,
    url,
)

pytestmark = pytest.mark.usefixtures("clock")


def test_inbox_holds_what_speaks_to_nothing(client, workspace, founder):
    segment = open_market(workspace, founder)
    linked, loose, freed, gone = (
        said(workspace, segment, text=text)
        for text in ("linked", "loose words", "freed words", "withdrawn")
    )
    link(question(workspace), linked, by=founder)
    again = link(question(workspace), freed, by=founder)
    withdraw_evidence(again, by=founder, reason="Misheard", now=NOW)
    gone.withdrawn_at = NOW
    gone.save(update_fields=["withdrawn_at"])
    client.force_login(founder)

    page = client.get(url("inbox", workspace))

    words = {q.find("p").get_text() for q in soup(page).select(".quote")}
    assert words == {loose.text, freed.text}
    assert "2 quotes are about nothing yet." in text_of(page)


def test_inbox_link_takes_it_off_the_list(client, workspace, founder):
    segment = open_market(workspace, founder)
    quote = said(workspace, segment)
    client.force_login(founder)

    data = given(quote, target=7, stance="contradicts", back="inbox")
    page = client.post(url("evidence_add", workspace, quote.pk), data, follow=True)

    assert page.redirect_chain == [(url("inbox", workspace), 303)]
    assert "Every quote is linked." in text_of(page)
    linked = EvidenceLink.objects.get()
    assert (linked.question.number, linked.stance, linked.grade) == (
        7,
        "contradicts",
        3,
    )


def test_without_any_quote_the_inbox_does_not_say_that_all_are_linked(
    client, workspace, founder
):
    client.force_login(founder)

    words = text_of(client.get(url("inbox", workspace)))

    assert "No quote yet" in words
    assert "Every quote is linked." not in words


def test_inbox_has_unique_ids(client, workspace, founder):
    segment = open_market(workspace, founder)
    for _ in range(3):
        said(workspace, segment)
    client.force_login(founder)

    page = soup(client.get(url("inbox", workspace)))

    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_inbox_costs_the_same_for_many(
    client, workspace, founder, django_assert_max_num_queries
):
    segment = open_market(workspace, founder)
    for _ in range(30):
        said(workspace, segment, names_person=False)
    client.force_login(founder)
    client.get(url("inbox", workspace))

    with django_assert_max_num_queries(15):
        page = client.get(url("inbox", workspace))

    assert len(soup(page).select(".quote")) == 25


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"target": 12}, "Select a valid choice"),
        ({"target": ""}, "Choose what it is about."),
        ({"stance": "perhaps"}, "Select a valid choice"),
        ({"grade": 8}, "Select a valid choice"),
        ({"grade": 4}, "From E4 on, give a file, a link, or say that you saw it."),
        ({"grade": 4, "proof_url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"grade": 4, "proof_url": "ftp://example.com/x"}, "Enter a valid URL."),
        ({"back": "https://evil.example"}, "Select a valid choice"),
    ],
)
def test_evidence_add_refuses(client, workspace, founder, fields, words):
    segment = open_market(workspace, founder)
    quote = said(workspace, segment)
    client.force_login(founder)

    page = client.post(url("evidence_add", workspace, quote.pk), given(quote, **fields))

    assert page.status_code == 422
    assert words in text_of(page)
    assert not EvidenceLink.objects.exists()


@pytest.mark.parametrize(
    ("proof", "kept"),
    [
        ({"proof_url": "https://example.com/invoice"}, ("https", False)),
        ({"saw_it": "on"}, ("", True)),
    ],
)
def test_evidence_add_with_proof(client, workspace, founder, proof, kept):
    segment = open_market(workspace, founder)
    quote = said(workspace, segment)
    client.force_login(founder)

    data = given(quote, grade=6, **proof)
    page = client.post(url("evidence_add", workspace, quote.pk), data)

    assert page.status_code == 303
    linked = EvidenceLink.objects.get()
    assert (linked.proof_url.split(":")[0], linked.seen_by == founder) == kept


@pytest.mark.parametrize("back", ["", "interview"])
def test_evidence_add_goes_back_where_asked(client, workspace, founder, back):
    segment = open_market(workspace, founder)
    quote = said(workspace, segment)
    client.force_login(founder)

    page = client.post(
        url("evidence_add", workspace, quote.pk), given(quote, back=back)
    )

    talk = reverse(
        "interviews:interview_detail", args=[workspace.slug, quote.interview_id]
    )
    wanted = f"{talk}#q-{quote.pk}" if back else url("question_detail", workspace, 1)
    assert page.url == wanted


def test_evidence_add_keeps_to_the_segment_of_the_talk(client, workspace, founder):
    open_market(workspace, founder)
    other = make_segment(workspace, "Hospitals")
    quote = said(workspace, other)
    client.force_login(founder)

    page = client.post(url("evidence_add", workspace, quote.pk), given(quote))

    assert EvidenceLink.objects.get().question.segment == other
    assert page.url == url("question_detail", workspace, 1, segment=other.pk)


def test_evidence_add_of_a_talk_without_segment_takes_the_first(
    client, workspace, founder
):
    segment = open_market(workspace, founder)
    quote = said(workspace, None)
    client.force_login(founder)

    client.post(url("evidence_add", workspace, quote.pk), given(quote))

    assert EvidenceLink.objects.get().question.segment == segment


def test_evidence_add_proposes_what_it_was_last_given(client, workspace, founder):
    segment = open_market(workspace, founder)
    quote = said(workspace, segment)
    link(question(workspace, 2), quote, by=founder, stance="neutral", grade=1)
    client.force_login(founder)

    page = client.get(url("evidence_add", workspace, quote.pk))

    chosen = soup(page).select("main :is(option[selected], input[checked])")
    assert [choice["value"] for choice in chosen] == ["", "neutral", "1"]
    assert "Question 2 neither · E1" in text_of(page)
    assert "counts 0" in text_of(page)


def test_evidence_add_twice_to_one_question_is_refused(client, workspace, founder):
    segment = open_market(workspace, founder)
    quote = said(workspace, segment)
    link(question(workspace), quote, by=founder)
    client.force_login(founder)

    page = client.post(url("evidence_add", workspace, quote.pk), given(quote))

    assert page.status_code == 422
    assert "linked to that question already" in text_of(page)


def test_evidence_form_is_the_same_in_the_page_and_alone(client, workspace, founder):
    segment = open_market(workspace, founder)
    quote = said(workspace, segment)
    client.force_login(founder)
    address = url("evidence_add", workspace, quote.pk)

    whole = soup(client.get(address))
    part = soup(hx(client, address, target=f"evidence-form-{quote.pk}"))
    other = soup(hx(client, address, target="elsewhere"))

    assert part.find("html") is None
    assert other.find("html") is not None
    assert part.find(id=f"evidence-form-{quote.pk}") is not None
    assert part.find("select").has_attr("autofocus")
    assert not whole.find("select").has_attr("autofocus")
    names = [
        [i.get("name") for i in page.select("main form :is(input,select)")]
        for page in (whole,)
    ]
    alone = [i.get("name") for i in part.select("form :is(input,select)")]
    assert names[0] == alone


def test_a_talk_shows_where_its_quotes_are_linked(client, workspace, founder):
    segment = open_market(workspace, founder)
    linked, loose = (said(workspace, segment) for _ in range(2))
    link(question(workspace, 2), linked, by=founder, stance="neutral", grade=1)
    link(question(workspace, 5), linked, by=founder)
    gone = link(question(workspace, 7), linked, by=founder)
    withdraw_evidence(gone, by=founder, reason="Misheard", now=NOW)
    client.force_login(founder)

    parts = [links_part(client, workspace, quote) for quote in (linked, loose)]

    assert "Question 2 neither · E1" in text_of(parts[0])
    assert "Question 5 supports · E3" in text_of(parts[0])
    assert "Question 7" not in text_of(parts[0])
    ways = [soup(part).select_one("[hx-get]") for part in parts]
    assert [way.text for way in ways] == [
        "Link to something else",
        "What is this about?",
    ]
    assert ways[0]["href"] == ways[0]["hx-get"]
    assert ways[0]["hx-get"] == url(
        "evidence_add", workspace, linked.pk, back="interview"
    )
    assert soup(parts[0]).div["id"] == f"evidence-form-{linked.pk}"


def test_links_of_a_quote_cost_the_same_for_many(
    client, workspace, founder, django_assert_num_queries
):
    segment = open_market(workspace, founder)
    quote = said(workspace, segment)
    link(question(workspace, 1), quote, by=founder)
    client.force_login(founder)
    links_part(client, workspace, quote)
    with CaptureQueriesContext(connection) as few:
        links_part(client, workspace, quote)
    for number in range(2, 12):
        link(question(workspace, number), quote, by=founder)

    with django_assert_num_queries(len(few)):
        part = links_part(client, workspace, quote)

    assert len(soup(part).select(".row")) == 11


def links_part(client, workspace, quote):
    address = url("evidence_add", workspace, quote.pk)
    return hx(client, address, target=f"evidence-links-{quote.pk}")


def test_evidence_add_leaves_no_words_in_the_log(client, workspace, founder):
    segment = open_market(workspace, founder)
    quote = said(workspace, segment, text="SECRET-WORDS")
    client.force_login(founder)

    client.post(url("evidence_add", workspace, quote.pk), given(quote))

    entry = workspace.activity.get(verb="evidence.linked")
    assert entry.data == {"question": 1, "stance": "supports", "grade": 3}


def test_the_answer_names_the_question_and_leads_there(client, workspace, founder):
    segment = open_market(workspace, founder)
    quote = said(workspace, segment)
    client.force_login(founder)

    data = given(quote, target=3, back="interview")
    page = client.post(url("evidence_add", workspace, quote.pk), data, follow=True)

    notice = soup(page).select_one(".notice")
    assert notice.get_text(" ", strip=True) == "Linked to question 3 ."
    assert notice.a["href"] == url("question_detail", workspace, 3)
