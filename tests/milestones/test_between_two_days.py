"""Two days beside each other: what was linked, taken back and asked meanwhile."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Role
from milestones.actions import (
    answer_challenge,
    carry_evidence,
    open_challenge,
    withdraw_evidence,
)
from milestones.reports.between import Between
from milestones.reports.board import board
from milestones.scope import scope_of
from tests.api_client import Asking
from tests.factories import NOW, make_member
from tests.helpers import soup
from tests.milestones.rows import open_market, question, row_text, score, talks, url
from tests.milestones.test_after_a_pivot import pivot

pytestmark = pytest.mark.usefixtures("clock")

DAY = timedelta(days=1)
THEN = (NOW - 10 * DAY).date()


@pytest.fixture
def market(workspace, founder):
    """Known before the day compared with: three for, one asked back."""
    open_market(workspace, founder)
    row = question(workspace)
    links = talks(row, 3, by=founder, now=NOW - 40 * DAY)
    score(row, 3, by=founder, now=NOW - 30 * DAY)
    advisor = make_member(workspace, Role.ADVISOR).user
    return row, links, advisor, ask(row, advisor, NOW - 20 * DAY)


def ask(row, advisor, at):
    text = "Which five clinics showed you what they do instead?"
    return open_challenge(row, by=advisor, text=text, now=at)


def seen(workspace, viewer):
    return board(scope_of(workspace), viewer=str(viewer.pk), now=NOW, since=THEN)


def test_what_came_and_went_is_counted(client, workspace, founder, market):
    row, links, advisor, asked = market
    talks(row, 2, by=founder, now=NOW - 2 * DAY)
    talks(row, 1, by=founder, stance="contradicts", now=NOW - DAY)
    withdraw_evidence(links[0], by=founder, reason="Misheard", now=NOW - DAY)
    answer_challenge(asked, by=founder, answer="They sent their rota." * 3, now=NOW)
    ask(row, advisor, NOW)
    client.force_login(founder)

    page = client.get(url("board", workspace, since=THEN.isoformat()))

    words = "new: 2 for, 1 against · 1 link gone · challenges: 1 opened, 1 closed"
    assert seen(workspace, founder).rows[0].since == Between(2, 1, 1, 1, 1)
    assert words in row_text(page, 1)
    assert "new:" not in row_text(page, 2)
    on_top = " ".join(soup(page).select_one("#board > p").get_text(" ").split())
    assert f"Since then: {words}" in on_top


def test_what_was_linked_and_taken_back_in_between_is_nothing(
    workspace, founder, market
):
    links = talks(market[0], 1, by=founder, now=NOW - 5 * DAY)
    withdraw_evidence(links[0], by=founder, reason="Misheard", now=NOW - DAY)

    assert not seen(workspace, founder).between


def test_who_owes_a_score_learns_of_no_challenge_meanwhile(workspace, founder, market):
    """A co-founder scored, was asked back and answered: all within the open round."""
    row, _links, advisor, asked = market
    other = make_member(workspace, Role.FOUNDER).user
    score(row, 5, by=other, now=NOW - 3 * DAY)
    answer_challenge(asked, by=other, answer="They sent their rota." * 3, now=NOW)
    ask(row, advisor, NOW - DAY)

    assert not seen(workspace, founder).rows[0].since
    assert seen(workspace, other).rows[0].since == Between(asked=1, closed=1)


def test_what_is_carried_into_a_new_version_is_not_new(workspace, founder, market):
    early = talks(question(workspace, 2), 2, by=founder, now=NOW - 40 * DAY)
    pivot(workspace, founder)
    carry_evidence(scope_of(workspace).question(2), early[:1], by=founder, now=NOW)

    found = seen(workspace, founder).rows

    assert found[1].was.supporting == 2
    assert (found[1].supporting, found[1].since) == (1, Between(ended=1))


def test_a_comparison_costs_the_same_for_many_rows(client, workspace, founder, market):
    row, _links, advisor, asked = market
    client.force_login(founder)
    address = url("board", workspace, since=THEN.isoformat())
    client.get(address)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    few = cost()
    talks(row, 10, by=founder, now=NOW - DAY)
    answer_challenge(asked, by=founder, answer="They sent their rota." * 3, now=NOW)
    ask(row, advisor, NOW)

    assert cost() == few <= 15


def test_the_api_counts_them_too(client, workspace, founder, market):
    talks(market[0], 2, by=founder, now=NOW - DAY)
    asking = Asking(client, workspace, Role.FOUNDER)

    told = asking.get(f"/questions?since={THEN}").json()["questions"]
    alone = asking.get("/questions").json()["questions"]

    assert told[0]["between"]["supporting"] == 2
    assert alone[0]["between"] is None
