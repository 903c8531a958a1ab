"""Scores and answers through pages: blind, kept, never overwritten."""

from datetime import timedelta

import pytest

from core.models import Role
from milestones.models import Answer, Score
from tests.factories import (
    NOW,
    make_member,
    make_user,
)
from tests.helpers import soup, text_of
from tests.milestones.rows import (
    ANSWER,
    REASON,
    answer,
    open_market,
    question,
    score,
    talks,
    url,
)

pytestmark = pytest.mark.usefixtures("clock")


def test_founders_score_blind_then_see_each_other(client, workspace, owner, founder):
    open_market(workspace, founder)
    row = question(workspace)
    talks(row, 1, by=founder)
    score(row, 4, by=owner, reason="The owner is certain, for reasons of their own.")
    client.force_login(founder)
    pages = [
        url("board", workspace),
        url("question_detail", workspace, 1),
        url("score_history", workspace, 1),
    ]

    before = [text_of(client.get(page)) for page in pages]
    saved = client.post(
        url("score_add", workspace, 1), {"value": 2, "reason": REASON, "follows": ""}
    )
    after = [text_of(client.get(page)) for page in pages]

    assert "Olga" not in "".join(before)
    assert "for reasons of their own" not in "".join(before)
    assert "not scored" in before[0]
    assert "Score it to see your co-founder’s" in before[0]
    assert "You see their scores once yours is given." in before[1]
    assert "Scored by others" in before[1]
    assert "Nobody has scored it" not in before[1]
    assert saved.status_code == 303
    assert "Score it to see" not in after[0]
    assert "Claimed: Olga Owner 4" in after[1]
    assert "The founders are far apart" in after[1]
    assert "for reasons of their own" in after[2]


def test_advisors_owe_no_score_and_see_all(client, workspace, owner, founder, advisor):
    open_market(workspace, founder)
    score(question(workspace), 1, by=owner)
    client.force_login(advisor)

    page = client.get(url("question_detail", workspace, 1))

    assert "Claimed: Olga Owner 1" in text_of(page)
    assert soup(page).select("main form") == []


def test_score_add_says_who_claims_what(client, workspace, founder):
    open_market(workspace, founder)
    client.force_login(founder)

    page = client.post(
        url("score_add", workspace, 1), {"value": 1, "reason": REASON}, follow=True
    )

    assert page.redirect_chain == [(url("question_detail", workspace, 1), 303)]
    assert "Your score is saved. Claimed now: Frida Founder 1." in text_of(page)
    assert Score.objects.get().value == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Choose a score."),
        ({"value": 1, "reason": "short"}, "at least 40 characters"),
        ({"value": 6, "reason": REASON}, "Select a valid choice"),
        ({"value": -1, "reason": REASON}, "Select a valid choice"),
        ({"value": 3, "reason": REASON}, "something must be linked"),
        ({"value": 1, "reason": REASON, "follows": "x"}, "Enter a valid UUID"),
    ],
)
def test_score_add_refuses_and_keeps_the_text(client, workspace, founder, data, words):
    open_market(workspace, founder)
    client.force_login(founder)

    page = client.post(url("score_add", workspace, 1), data)

    assert page.status_code == 422
    assert words in text_of(page)
    assert data.get("reason", "") in text_of(page)
    assert not Score.objects.exists()


def test_score_add_twice_from_two_tabs_shows_both_texts(client, workspace, founder):
    open_market(workspace, founder)
    score(question(workspace), 0, by=founder, reason=f"First tab. {REASON}")
    client.force_login(founder)

    data = {"value": 1, "reason": f"Second tab. {REASON}", "follows": ""}
    conflict = client.post(url("score_add", workspace, 1), data)

    assert conflict.status_code == 409
    assert "First tab." in text_of(conflict)
    assert "Second tab." in text_of(conflict)
    follows = soup(conflict).find("input", {"name": "follows"})["value"]
    again = client.post(url("score_add", workspace, 1), data | {"follows": follows})
    assert again.status_code == 303
    assert Score.objects.count() == 2


def test_score_add_sent_twice_makes_one_row(client, workspace, founder):
    open_market(workspace, founder)
    client.force_login(founder)
    data = {"value": 1, "reason": REASON, "form_key": "k" * 36}

    first = client.post(url("score_add", workspace, 1), data)
    second = client.post(url("score_add", workspace, 1), data)

    assert (first.status_code, second.status_code) == (303, 303)
    assert Score.objects.count() == 1


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISOR, Role.OBSERVER])
def test_only_founders_score_and_answer(client, workspace, founder, role):
    open_market(workspace, founder)
    client.force_login(make_member(workspace, role, user=make_user()).user)

    statuses = [
        client.post(url("score_add", workspace, 1), {"value": 1}).status_code,
        client.post(url("answer_edit", workspace, 1), {}).status_code,
        client.get(url("score_add", workspace, 1)).status_code,
    ]

    assert statuses == [403, 403, 403]


def test_score_history_pages(client, workspace, founder):
    open_market(workspace, founder)
    row, last = question(workspace), None
    for n in range(27):
        last = score(
            row,
            n % 2,
            by=founder,
            now=NOW - timedelta(days=90 - n),
            follows=last and last.pk,
        )
    client.force_login(founder)

    first = client.get(url("score_history", workspace, 1))
    second = client.get(url("score_history", workspace, 1, page=2))

    assert len(soup(first).select("main .rows > .row")) == 25
    assert len(soup(second).select("main .rows > .row")) == 2


def test_score_history_before_the_first(client, workspace, founder):
    open_market(workspace, founder)
    client.force_login(founder)

    page = client.get(url("score_history", workspace, 1))

    assert "No score yet" in text_of(page)


def test_answer_edit_starts_from_the_current_one(client, workspace, founder):
    open_market(workspace, founder)
    written = answer(question(workspace), by=founder)
    client.force_login(founder)

    page = client.get(url("answer_edit", workspace, 1))

    form = soup(page).select_one("main form")
    assert form.find("textarea", {"name": "statement"}).get_text().strip() == ANSWER
    assert form.find("input", {"name": "follows"})["value"] == str(written.pk)


def test_answer_edit_by_two_shows_both_texts(client, workspace, owner, founder):
    open_market(workspace, founder)
    answer(question(workspace), by=owner)
    client.force_login(founder)
    mine = "Hospitals lose two nights a month to it; known by June."

    conflict = client.post(url("answer_edit", workspace, 1), {"statement": mine})

    assert conflict.status_code == 409
    assert "Olga Owner wrote another answer in between" in text_of(conflict)
    assert ANSWER in text_of(conflict)
    assert mine in text_of(conflict)
    follows = soup(conflict).find("input", {"name": "follows"})["value"]
    data = {"statement": mine, "follows": follows}
    assert client.post(url("answer_edit", workspace, 1), data).status_code == 303
    assert Answer.objects.count() == 2


def test_answer_edit_refuses_an_empty_one(client, workspace, founder):
    open_market(workspace, founder)
    client.force_login(founder)

    page = client.post(url("answer_edit", workspace, 1), {})

    assert page.status_code == 422
    assert "There is a problem" in text_of(page)


def test_answer_edit_before_the_market_opens_asks_for_a_segment(
    client, workspace, founder
):
    client.force_login(founder)

    page = client.post(url("answer_edit", workspace, 1), {"statement": ANSWER})

    assert page.status_code == 422
    assert "Add a segment first." in text_of(page)


@pytest.mark.parametrize(("ago", "shown"), [(None, 2), (4, 6), (40, 12)])
def test_history_begins_with_the_first_thing_known(
    client, workspace, owner, founder, ago, shown
):
    open_market(workspace, founder)
    if ago is not None:
        score(question(workspace), 1, by=owner, now=NOW - timedelta(weeks=ago))
    client.force_login(founder)

    page = text_of(client.get(url("score_history", workspace, 1)))

    assert f"The last {shown} weeks. Supported: 0 at first, 0 now." in page
