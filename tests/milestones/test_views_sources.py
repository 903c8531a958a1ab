"""Numbers and documents as evidence; answering and withdrawing."""

from datetime import date, timedelta

import pytest

from core.models import Role
from milestones.models import EvidenceLink
from tests.factories import (
    TODAY,
    make_actual,
    make_member,
    make_metric,
    make_user,
    make_workspace,
    weeks,
)
from tests.helpers import soup, text_of
from tests.milestones.rows import (
    answer,
    link,
    open_market,
    question,
    said,
    talks,
    url,
)

pytestmark = pytest.mark.usefixtures("clock")


def test_source_add_links_a_number(client, workspace, founder):
    open_market(workspace, founder)
    [(start, end)] = weeks(TODAY - timedelta(days=7), 1)
    metric = make_metric(workspace, "Orders per day")
    actual = make_actual(metric, start, end, 2000)
    client.force_login(founder)

    asked = client.get(url("source_add", workspace, 9))
    page = client.post(
        url("source_add", workspace, 9),
        {"actual": str(actual.pk), "stance": "contradicts", "grade": 4},
        follow=True,
    )

    assert "Orders per day, W44: 2,000 orders/day" in text_of(asked)
    assert "Talks do not answer this question" in text_of(asked)
    assert "Orders per day, W44: 2,000 orders/day" in text_of(page)
    assert EvidenceLink.objects.get().occurred_on == end


def test_source_add_links_a_document(client, workspace, founder):
    open_market(workspace, founder)
    client.force_login(founder)

    client.post(
        url("source_add", workspace, 11),
        {
            "document": "Board minutes, 3 October",
            "occurred_on": "2026-10-03",
            "stance": "supports",
            "grade": 4,
            "saw_it": "on",
        },
    )

    linked = EvidenceLink.objects.get()
    assert (linked.document, linked.occurred_on, linked.seen_by) == (
        "Board minutes, 3 October",
        date(2026, 10, 3),
        founder,
    )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Choose a number or a survey, or name a document."),
        ({"document": "x", "occurred_on": "2030-01-01"}, "has not come yet"),
        ({"document": "x", "occurred_on": "0001-01-01"}, "between 1900 and 2199"),
        ({"document": "x", "grade": 5}, "From E4 on, give a file, a link"),
        ({"actual": "no-such"}, "Select a valid choice"),
        ({"document": "x" * 301}, "at most 300 characters"),
    ],
)
def test_source_add_refuses(client, workspace, founder, fields, words):
    open_market(workspace, founder)
    client.force_login(founder)

    data = {"stance": "supports", "grade": 3} | fields
    page = client.post(url("source_add", workspace, 9), data)

    assert page.status_code == 422
    assert words in text_of(page)


def test_source_add_offers_no_foreign_numbers(client, workspace, founder):
    open_market(workspace, founder)
    foreign = make_metric(make_workspace(), "Their orders")
    actual = make_actual(foreign, TODAY, TODAY, 5)
    client.force_login(founder)

    data = {"stance": "supports", "grade": 4, "actual": str(actual.pk)}
    page = client.post(url("source_add", workspace, 9), data)

    assert page.status_code == 422
    assert "Their orders" not in text_of(page)


def test_evidence_withdraw_asks_for_the_reason(client, workspace, founder):
    segment = open_market(workspace, founder)
    linked = link(question(workspace), said(workspace, segment), by=founder)
    client.force_login(founder)
    address = url("evidence_withdraw", workspace, linked.pk)

    asked = client.get(address)
    refused = client.post(address, {})
    done = client.post(address, {"reason": "Misheard"}, follow=True)
    again = client.post(address, {"reason": "Misheard"})

    assert "the rota broke again" in text_of(asked)
    assert refused.status_code == 422
    assert done.redirect_chain == [(url("question_detail", workspace, 1), 303)]
    assert soup(done).select(".quote") == []
    assert again.status_code == 422
    assert "withdrawn already" in text_of(again)


def test_evidence_answer_lifts_the_cap(client, workspace, founder):
    segment = open_market(workspace, founder)
    quote = said(workspace, segment)
    linked = link(question(workspace), quote, by=founder, stance="contradicts")
    client.force_login(founder)
    address = url("evidence_answer", workspace, linked.pk)
    held = "1 piece of evidence unanswered against it"

    before = client.get(url("question_detail", workspace, 1))
    done = client.post(
        address,
        {"answer": "They closed down in August, for other reasons."},
        follow=True,
    )

    assert held in text_of(before)
    assert held not in text_of(done)
    assert "We say: They closed down in August" in text_of(done)


@pytest.mark.parametrize(
    ("role", "statuses"),
    [
        (Role.FOUNDER, [200, 200, 200, 200, 200]),
        (Role.MEMBER, [200, 200, 200, 200, 403]),
        (Role.ADVISOR, [403, 403, 403, 403, 403]),
        (Role.OBSERVER, [403, 403, 403, 403, 403]),
    ],
)
def test_who_may_work_with_evidence(client, workspace, founder, role, statuses):
    segment = open_market(workspace, founder)
    quote = said(workspace, segment)
    linked = link(question(workspace), quote, by=founder)
    client.force_login(make_member(workspace, role, user=make_user()).user)
    pages = [
        url("inbox", workspace),
        url("evidence_add", workspace, quote.pk),
        url("source_add", workspace, 1),
        url("evidence_withdraw", workspace, linked.pk),
        url("evidence_answer", workspace, linked.pk),
    ]

    assert [client.get(page).status_code for page in pages] == statuses


def test_evidence_of_another_venture_is_not_there(client, workspace, stranger, founder):
    segment = open_market(workspace, founder)
    quote = said(workspace, segment)
    linked = link(question(workspace), quote, by=founder)
    client.force_login(stranger)
    other = stranger.memberships.get().workspace

    statuses = [
        client.get(url("evidence_add", other, quote.pk)).status_code,
        client.get(url("evidence_withdraw", other, linked.pk)).status_code,
        client.post(url("evidence_answer", other, linked.pk), {}).status_code,
        client.get(url("inbox", workspace)).status_code,
    ]

    assert statuses == [404, 404, 404, 404]


@pytest.mark.parametrize(
    ("reasons", "level"),
    [
        ([], 2),
        (["sales"], 2),
        (["sales", "pitched_first"], 2),
        (["sales", "no_consent"], 1),
        (["sales", "late_notes"], 1),
    ],
)
def test_sales_talks_count_for_question_eight_if_nothing_else_is_wrong(
    client, workspace, founder, reasons, level
):
    open_market(workspace, founder)
    row = question(workspace, 8)
    answer(row, by=founder)
    sold = {"kind": "sales", "qualifies": False, "reasons_against": reasons}
    talks(row, 3, by=founder, **sold)
    client.force_login(founder)

    page = client.get(url("question_detail", workspace, 8))

    assert f"Why the evidence supports {level}" in text_of(page)


def test_source_add_before_the_market_opens_asks_for_a_segment(
    client, workspace, founder
):
    client.force_login(founder)

    data = {"stance": "supports", "grade": 3, "document": "Minutes"}
    page = client.post(url("source_add", workspace, 9), data)

    assert page.status_code == 422
    assert "Add a segment first." in text_of(page)
