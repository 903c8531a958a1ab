"""What others think and ask, as a part of the page of their question."""

import pytest

from milestones.actions import open_challenge, review_score
from tests.factories import NOW
from tests.helpers import hx, soup
from tests.milestones.rows import link, open_market, question, said, score, url

REVIEW = "Three clinics are three stories; I would want to see ten of them."

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def asked(workspace, founder, advisor):
    segment = open_market(workspace, founder)
    row = question(workspace)
    link(row, said(workspace, segment), by=founder)
    score(row, 3, by=founder)
    review_score(row, by=advisor, value=1, reason=REVIEW, now=NOW)
    open_challenge(row, by=advisor, text="Which clinics did you watch?", now=NOW)
    return row


def words(page):
    return " ".join(page.find(id="discussion").get_text(" ").split())


def test_it_says_who_thinks_and_asks_what(client, workspace, founder, asked):
    client.force_login(founder)

    page = soup(client.get(url("discussion", workspace, 1)))

    said_here = words(page)
    assert f"Ada Advisor: 1 evidence then supported 0 {REVIEW}" in said_here
    assert "Which clinics did you watch?" in said_here
    assert "Nobody has gone through them yet." in said_here


def test_the_part_is_contained_in_the_page(client, workspace, founder, asked):
    client.force_login(founder)
    address = url("discussion", workspace, 1)

    part = hx(client, address, target="discussion")

    assert words(soup(part)) == words(soup(client.get(address)))
    assert "<html" not in part.content.decode()


def test_an_advisor_may_review_and_ask_and_a_founder_may_tick(
    client, workspace, founder, advisor, asked
):
    links = {}
    for user in (founder, advisor):
        client.force_login(user)
        page = soup(client.get(url("discussion", workspace, 2)))
        part = page.find(id="discussion")
        links[user] = {a["href"].rsplit("/", 2)[-2] for a in part.select("a")}

    assert {"criteria"} <= links[founder]
    assert {"review", "new"} <= links[advisor]
    assert "criteria" not in links[advisor]
