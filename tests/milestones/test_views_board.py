"""The board, as of any day, for each reader."""

from datetime import date, timedelta

import pytest

from milestones.actions import withdraw_evidence
from tests.factories import (
    NOW,
    make_segment,
    make_workspace,
)
from tests.helpers import hx, soup, text_of
from tests.milestones.rows import (
    answer,
    open_market,
    question,
    row_text,
    score,
    talks,
    url,
)

pytestmark = pytest.mark.usefixtures("clock")


def test_board_shows_the_eleven_with_their_source(client, workspace, founder):
    open_market(workspace, founder)
    client.force_login(founder)

    page = client.get(url("board", workspace))

    rows = soup(page).select(".board-row")
    assert [row["id"] for row in rows] == [f"question-{n}" for n in range(1, 12)]
    assert "Steve Blank, The Four Steps to the Epiphany" in text_of(page)
    assert "Not answered" in row_text(page, 1)
    assert "First thing to ask:" in row_text(page, 1)
    assert "%" not in text_of(page)


def test_board_says_what_counts(client, workspace, founder):
    open_market(workspace, founder)
    row = question(workspace)
    answer(row, by=founder)
    talks(row, 3, by=founder)
    score(row, 4, by=founder)
    client.force_login(founder)

    page = client.get(url("board", workspace))

    found = row_text(page, 1)
    bar = soup(page).select_one("#question-1 svg[role=img]")["aria-label"]
    assert bar == "Claimed 4 of 5. Evidence supports 2. One founder scored 4."
    assert "2 / 5" in found
    assert "Claim ahead of evidence" in found
    assert "3 for · 0 against" in found
    assert "First thing to ask" not in found


def test_board_of_another_day_is_drawn_from_what_was_known(client, workspace, founder):
    open_market(workspace, founder)
    row = question(workspace)
    earlier = NOW - timedelta(days=20)
    answer(row, by=founder, now=earlier)
    links = talks(row, 3, by=founder, now=earlier)
    first = score(row, 2, by=founder, now=earlier)
    withdraw_evidence(links[0], by=founder, reason="Misheard", now=NOW)
    score(row, 3, by=founder, follows=first.pk)
    client.force_login(founder)

    then = client.get(url("board", workspace, as_of="2026-10-20"))
    before = client.get(url("board", workspace, as_of="2026-09-01"))
    now = client.get(url("board", workspace))

    labels = [
        soup(page).select_one("#question-1 svg[role=img]")["aria-label"]
        for page in (before, then, now)
    ]
    assert labels == [
        "Not scored. Evidence supports 0.",
        "Claimed 2 of 5. Evidence supports 2. One founder scored 2.",
        "Claimed 3 of 5. Evidence supports 1. One founder scored 3.",
    ]
    assert "Worked out for 20 October 2026" in text_of(then)
    assert "Worked out for" not in text_of(now)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"as_of": "2027-01-01"}, "That day has not come yet."),
        ({"as_of": "yesterday"}, "Enter a valid date."),
        ({"as_of": "02/03/2026"}, "This could be 2026-03-02 or 2026-02-03"),
        ({"as_of": "0001-01-01"}, "Enter a day between 1990 and 2199."),
        ({"typo": "x"}, "This page knows no such filter."),
    ],
)
def test_board_refuses_what_it_does_not_understand(
    client, workspace, founder, query, words
):
    open_market(workspace, founder)
    client.force_login(founder)

    page = client.get(url("board", workspace, **query))

    assert page.status_code == 422
    assert words in text_of(page)


def test_board_weakest_first(client, workspace, founder):
    open_market(workspace, founder)
    for number in range(1, 9):
        talks(question(workspace, number), 1, by=founder)
        score(question(workspace, number), 1, by=founder)
    answer(question(workspace, 3), by=founder)
    client.force_login(founder)

    page = client.get(url("board", workspace, order="weakest"))

    rows = soup(page).select(".board-row")
    assert [row["id"].removeprefix("question-") for row in rows] == [
        "9",
        "10",
        "11",
        "1",
        "2",
        "4",
        "5",
        "6",
        "7",
        "8",
        "3",
    ]


def test_board_of_a_segment(client, workspace, founder):
    open_market(workspace, founder)
    other = make_segment(workspace, "Hospitals")
    talks(question(workspace), 1, by=founder)
    client.force_login(founder)

    first = client.get(url("board", workspace))
    second = client.get(url("board", workspace, segment=other.pk))

    assert "1 for" in row_text(first, 1)
    assert "No evidence yet" in row_text(second, 1)
    assert f"?segment={other.pk}" in soup(second).select_one("#question-1 a")["href"]


def test_board_without_a_market_still_opens(client, workspace, founder):
    client.force_login(founder)

    page = client.get(url("board", workspace))

    assert page.status_code == 200
    assert len(soup(page).select(".board-row")) == 11


def test_board_of_a_foreign_segment_is_not_there(client, workspace, founder):
    open_market(workspace, founder)
    foreign = make_segment(make_workspace(), "Theirs")
    client.force_login(founder)

    page = client.get(url("board", workspace, segment=foreign.pk))

    assert page.status_code == 404


def test_board_loads_its_list_alone_by_the_same_page(client, workspace, founder):
    open_market(workspace, founder)
    client.force_login(founder)

    part = hx(client, url("board", workspace), target="board")

    form = soup(part).select_one("form.filters")
    assert form["hx-select"] == form["hx-target"] == "#board"
    assert soup(part).find(id="board") is not None


def test_as_of_takes_the_venture_zone(client, founder, workspace):
    workspace.timezone = "Pacific/Auckland"
    workspace.save(update_fields=["timezone"])
    open_market(workspace, founder)
    score(question(workspace), 1, by=founder, now=NOW - timedelta(days=3, hours=1))
    client.force_login(founder)

    # 12:30 UTC on 30 October is half past one on 31 October in Auckland
    before = client.get(url("board", workspace, as_of=date(2026, 10, 30)))
    after = client.get(url("board", workspace, as_of=date(2026, 10, 31)))

    assert "not scored" in row_text(before, 1)
    assert "not scored" not in row_text(after, 1)
