"""The pages of challenges and of advisors' scores: roles, refusals, conflicts, twins."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from core.models import Role
from milestones.actions import (
    answer_challenge,
    open_challenge,
    review_score,
    tick_criterion,
    withdraw_challenge,
)
from milestones.eleven import template
from milestones.models import Challenge, Score
from milestones.reports.challenges import challenges_of
from milestones.reports.criteria import criteria_of
from milestones.reports.discussion import reviews_of
from tests.factories import NOW, TODAY, make_member, make_user
from tests.helpers import soup, text_of
from tests.milestones.rows import REASON, open_market, question, score, url
from tests.milestones.test_challenges import REPLY, TEXT

pytestmark = pytest.mark.usefixtures("clock")
KEY = "k" * 36


@pytest.fixture
def row(workspace, founder):
    open_market(workspace, founder)
    row = question(workspace)
    score(row, 1, by=founder, now=NOW - timedelta(days=30))
    return row


@pytest.fixture
def challenge(row, advisor):
    at = NOW - timedelta(days=16)
    return open_challenge(row, by=advisor, text=TEXT, now=at)


def on_question(workspace, pk):
    return f"{url('question_detail', workspace, 1)}#challenge-{pk}"


# --- asking ------------------------------------------------------------------------
def test_challenge_add_asks_once(client, row, advisor):
    client.force_login(advisor)
    address = url("challenge_add", row.workspace, 1)
    data = {"text": TEXT, "form_key": KEY}

    first, second = client.post(address, data), client.post(address, data)
    asked_before = client.get(address)
    another = client.post(address, {"text": f"More. {TEXT}"})

    [one] = Challenge.objects.all()
    assert first.url == second.url == on_question(row.workspace, one.pk)
    assert soup(asked_before).select("main form") == []
    assert soup(asked_before).find(href=on_question(row.workspace, one.pk))
    assert another.status_code == 422
    assert "You have asked already" in text_of(another)
    assert f"More. {TEXT}" in text_of(another)


def test_challenge_add_refuses_and_keeps_the_text(client, workspace, advisor, founder):
    open_market(workspace, founder)
    client.force_login(advisor)
    address = url("challenge_add", workspace, 1)

    short = client.post(address, {"text": "Why?"})
    nothing = client.post(address, {"text": TEXT})

    assert (short.status_code, nothing.status_code) == (422, 422)
    assert "Why?" in text_of(short)
    assert "Nothing is claimed yet" in text_of(nothing)
    assert TEXT in text_of(nothing)


def test_challenge_add_tells_who_owes_a_score(client, row, founder, owner):
    client.force_login(owner)
    score(row, 0, by=founder, follows=row.scores.get().pk)
    address = url("challenge_add", row.workspace, 1)

    page, refused = client.get(address), client.post(address, {"text": TEXT})

    assert "Give your own score of this round first." in text_of(page)
    assert soup(page).select("main form") == []
    assert (refused.status_code, TEXT in text_of(refused)) == (422, True)


def test_challenge_add_before_anything_is_opened(client, workspace, advisor):
    client.force_login(advisor)

    page = client.get(url("challenge_add", workspace, 1))

    assert len(soup(page).select("main form")) == 1


# --- answering and taking back -----------------------------------------------------
def test_challenge_answer_closes_it_once(client, challenge, founder):
    client.force_login(founder)
    address = url("challenge_answer", challenge.workspace, challenge.pk)
    data = {"answer": REPLY, "form_key": KEY}

    shown = text_of(client.get(address))
    first, second = client.post(address, data), client.post(address, data)
    after = client.get(address)

    assert (TEXT in shown, "claimed then: 1" in shown) == (True, True)
    assert first.url == second.url == on_question(challenge.workspace, challenge.pk)
    assert REPLY in text_of(after)
    assert soup(after).select("main form") == []


def test_challenge_answer_by_two_shows_both_texts(client, challenge, founder):
    workspace = challenge.workspace
    other = make_member(workspace, Role.FOUNDER, user=make_user(name="Otis")).user
    client.force_login(founder)
    answer_challenge(challenge, by=other, answer=f"Otis. {REPLY}", now=NOW)
    address = url("challenge_answer", workspace, challenge.pk)

    conflict = client.post(address, {"answer": f"Frida. {REPLY}"})

    assert conflict.status_code == 409
    assert f"Otis. {REPLY}" in text_of(conflict)
    assert f"Frida. {REPLY}" in text_of(conflict)
    assert "It was closed in between" in text_of(conflict)


def test_challenge_answer_of_a_spread_asks_what_was_agreed(client, row, founder):
    spread = Challenge.objects.create(
        workspace=row.workspace, question=row, kind="spread", opened_at=NOW
    )
    client.force_login(founder)
    address = url("challenge_answer", row.workspace, spread.pk)

    page = client.get(address)
    short = client.post(address, {"answer": "Two."})

    assert "What did you agree?" in text_of(page)
    assert (short.status_code, "Two." in text_of(short)) == (422, True)


def test_challenge_withdraw_is_for_who_asked(client, challenge, advisor, member):
    workspace = challenge.workspace
    address = url("challenge_withdraw", workspace, challenge.pk)
    client.force_login(member)
    theirs, refused = client.get(address), client.post(address)
    client.force_login(advisor)
    mine = client.get(address)
    first = client.post(address, {"form_key": KEY})
    second = client.post(address, {"form_key": KEY})

    assert soup(theirs).select("main form") == []
    assert refused.status_code == 422
    assert "Only who asked can take it back." in text_of(refused)
    assert len(soup(mine).select("main form")) == 1
    assert first.url == second.url == on_question(workspace, challenge.pk)
    assert "It is closed already." in text_of(client.get(address))


def test_who_may_do_what(client, challenge):
    workspace = challenge.workspace
    pages = [
        url("challenge_list", workspace),
        url("challenge_add", workspace, 2),
        url("challenge_answer", workspace, challenge.pk),
        url("challenge_withdraw", workspace, challenge.pk),
        url("review_add", workspace, 1),
        url("criterion_set", workspace, 1),
    ]
    found = {}
    for role in Role:
        client.force_login(make_member(workspace, role, user=make_user()).user)
        found[role.value] = [client.get(page).status_code for page in pages]

    assert found == {
        "owner": [200, 200, 200, 200, 303, 200],
        "founder": [200, 200, 200, 200, 303, 200],
        "member": [200, 200, 403, 200, 200, 200],
        "advisor": [200, 200, 403, 200, 200, 403],
        "observer": [200, 403, 403, 403, 403, 403],
    }


# --- the parts of the question page ------------------------------------------------
def drawn(name, row, user, **more):
    """A part as a member with all permissions sees it."""
    context = {
        "workspace": row.workspace,
        "question": template(row.number),
        "query": "",
        "today": TODAY,
        "can_review": True,
        "can_score": True,
        "can_log": True,
        "owes_score": False,
    }
    found = render_to_string(f"milestones/{name}.html", context | more)
    return BeautifulSoup(found, "html.parser")


def test_the_part_of_challenges(row, challenge, advisor, founder):
    withdraw_challenge(challenge, by=advisor, now=NOW)
    again = open_challenge(row, by=advisor, text=TEXT, now=NOW)
    workspace, add = row.workspace, url("challenge_add", row.workspace, 1)

    def part(user, **more):
        asking = challenges_of(workspace, [row.pk], viewer=str(user.pk), now=NOW)
        return drawn("_question_challenges", row, user, asking=asking[row.pk], **more)

    asked, other = part(advisor), part(founder)
    words = " ".join(other.get_text(" ").split())
    assert [one["id"] for one in other.select(".row")] == [
        f"challenge-{again.pk}",
        f"challenge-{challenge.pk}",
    ]
    assert "asked today; caps support at 3 from 16 Nov" in words
    assert other.find(href=url("challenge_answer", workspace, again.pk))
    assert (asked.find(href=add), other.find(href=add) is None) == (None, False)
    assert part(founder, owes_score=True).find(href=add) is None


def test_the_parts_of_criteria_and_reviews(row, advisor, member):
    tick_criterion(row, by=member, criterion=1, state="partly", note="Six.", now=NOW)
    review_score(row, by=advisor, value=3, reason=REASON, now=NOW)
    criteria = criteria_of(row.workspace, {row.pk: 1}, NOW)[row.pk]
    reviews = reviews_of(row)

    ticked = drawn("_question_criteria", row, member, criteria=criteria)
    seen = drawn("_question_reviews", row, advisor, reviews=reviews, can_score=False)

    first = " ".join(ticked.find("li").get_text(" ").split())
    assert first.endswith("Partly. Six. Malik Member, 2 Nov")
    assert "0 of 6 are met, as the team sees it." in ticked.get_text()
    assert "Ada Advisor: 3" in seen.get_text()
    assert seen.find(href=url("review_add", row.workspace, 1))


# --- the list ----------------------------------------------------------------------
def test_challenge_list_before_the_first(client, workspace, founder):
    client.force_login(founder)

    page = client.get(url("challenge_list", workspace))

    assert "No challenge yet" in text_of(page)


def test_challenge_list_filters(client, challenge, founder, advisor, member):
    workspace = challenge.workspace
    other = open_challenge(challenge.question, by=member, text=TEXT, now=NOW)
    withdraw_challenge(other, by=member, now=NOW)
    client.force_login(advisor)

    def ids(**query):
        page = client.get(url("challenge_list", workspace, **query))
        return [found["id"] for found in soup(page).select("main .rows > .row")]

    first, second = f"challenge-{challenge.pk}", f"challenge-{other.pk}"
    assert ids() == [first, second]
    assert ids(state="open") == [first]
    assert ids(state="withdrawn") == [second]
    assert ids(question="1", state="answered") == []
    assert ids(question="12", state="no") == [first, second]
    none = client.get(url("challenge_list", workspace, question="2"))
    assert "No challenge like that." in text_of(none)
    everything = text_of(client.get(url("challenge_list", workspace)))
    assert "Caps support at 3" in everything
    assert "open for 16 days" in everything


def test_challenge_list_pages(client, row, founder):
    Challenge.objects.bulk_create(
        Challenge(
            workspace=row.workspace,
            question=row,
            claimed=1,
            text=TEXT,
            by=founder,
            opened_at=NOW - timedelta(days=n),
        )
        for n in range(27)
    )
    client.force_login(founder)

    second = client.get(url("challenge_list", row.workspace, page=2))

    assert len(soup(second).select("main .rows > .row")) == 2


# --- advisors' scores --------------------------------------------------------------
def test_review_add_keeps_a_row_beside_the_claims(client, row, advisor):
    client.force_login(advisor)
    address = url("review_add", row.workspace, 1)
    data = {"value": 4, "reason": REASON, "form_key": KEY}

    first, second = client.post(address, data), client.post(address, data)
    page = client.get(address)

    review = Score.objects.get(kind="reviewed")
    assert (
        first.url == second.url == f"{url('question_detail', row.workspace, 1)}#reviews"
    )
    assert (review.value, review.round, review.supported) == (4, 0, 0)
    follows = soup(page).find("input", {"name": "follows"})["value"]
    assert follows == str(review.pk)
    question_page = text_of(client.get(url("question_detail", row.workspace, 1)))
    assert "Claimed: Frida Founder 1" in question_page


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Choose a score."),
        ({"value": 1, "reason": "short"}, "at least 40 characters"),
        ({"value": 6, "reason": REASON}, "Select a valid choice"),
        ({"value": 1, "reason": " " * 50 + "x"}, "at least 40 characters"),
    ],
)
def test_review_add_refuses_and_keeps_the_text(client, row, advisor, data, words):
    client.force_login(advisor)

    page = client.post(url("review_add", row.workspace, 1), data)

    assert page.status_code == 422
    assert words in text_of(page)
    assert data.get("reason", "").strip() in text_of(page)


def test_review_add_from_two_tabs_shows_both_texts(client, row, advisor):
    client.force_login(advisor)
    address = url("review_add", row.workspace, 1)
    client.post(address, {"value": 2, "reason": f"First tab. {REASON}"})

    data = {"value": 3, "reason": f"Second tab. {REASON}"}
    conflict = client.post(address, data)

    assert conflict.status_code == 409
    assert "First tab." in text_of(conflict)
    assert "Second tab." in text_of(conflict)
    follows = soup(conflict).find("input", {"name": "follows"})["value"]
    assert client.post(address, data | {"follows": follows}).status_code == 303
    reviews = Score.objects.filter(kind="reviewed")
    assert sorted(reviews.values_list("value", flat=True)) == [2, 3]


def test_a_review_without_a_reason_is_none(row, advisor):
    with pytest.raises(ValidationError) as caught:
        review_score(row, by=advisor, value=3, reason=f" {'So.':50}", now=NOW)

    assert list(caught.value.error_dict) == ["reason"]


def test_founders_do_not_review_themselves(client, row, founder):
    client.force_login(founder)
    address = url("review_add", row.workspace, 1)

    led = client.get(address)
    refused = client.post(address, {"value": 5, "reason": REASON})

    assert led.url == url("score_add", row.workspace, 1)
    assert refused.status_code == 422
    assert "your score is a claim" in text_of(refused)
    assert not Score.objects.filter(kind="reviewed").exists()
