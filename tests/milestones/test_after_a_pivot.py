"""Forms that were drawn before the model changed, and days before it did."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.actions.trash import trash_row
from core.models import Role
from discovery.models import Segment
from milestones.actions import (
    link_evidence,
    question_in,
    reconfirm_evidence,
    review_score,
    start_version,
    tick_criteria,
)
from milestones.actions.criteria import Tick
from milestones.actions.noting import note_states
from milestones.reports.carrying import links_left
from milestones.scope import scope_of
from tests.api_client import Asking
from tests.factories import NOW, TODAY, make_member
from tests.helpers import soup, text_of
from tests.interviews.survey_cases import Kind, make_response, make_survey
from tests.milestones.rows import (
    ANSWER,
    REASON,
    answer,
    open_market,
    question,
    row_text,
    score,
    talks,
    url,
)

WHY = "Nobody pays by the seat; three clinics asked for a price by the site."
CHANGED = "The model changed in between"

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def market(workspace, founder):
    return open_market(workspace, founder)


def pivot(workspace, by, **fields):
    fields |= {"changes": ["price"], "what_changed": WHY}
    start_version(workspace, by=by, now=NOW, **fields)


def drawn_before(workspace, by, advisor):
    """What forms of question 2 send that were drawn before the model changed."""
    row = question(workspace, 2)
    talks(row, 1, by=by)
    ticks = [Tick(1, "yes", "They showed us the invoice.", None)]
    (ticked,) = tick_criteria(row, by=by, ticks=ticks, now=NOW)
    opinion = review_score(row, by=advisor, value=1, reason=REASON, now=NOW)
    forms = {
        "score_add": {"value": 1, "reason": REASON, "follows": score(row, 1, by=by).pk},
        "answer_edit": {"statement": ANSWER, "follows": answer(row, by=by).pk},
        "review_add": {"value": 2, "reason": REASON, "follows": opinion.pk},
        "criterion_set": {f"state_{n}": "unknown" for n in range(1, 9)}
        | {"state_1": "no", "note_1": REASON, "follows_1": ticked.pk},
    }
    pivot(workspace, by)
    return forms


def test_forms_drawn_before_it_say_that_the_model_changed(
    client, workspace, founder, advisor, market
):
    forms = drawn_before(workspace, founder, advisor)
    answers = {}
    for name, data in forms.items():
        client.force_login(advisor if name == "review_add" else founder)
        response = client.post(url(name, workspace, 2), data)
        body = text_of(response)
        typed = data.get("reason") or data.get("statement") or data["note_1"]
        answers[name] = (
            response.status_code,
            CHANGED in body,
            typed.encode() in response.content,
        )

    assert answers == dict.fromkeys(forms, (409, True, True))


def known_early(workspace, by):
    """Question 2 as it stood twenty days ago, noted then."""
    early = NOW - timedelta(days=20)
    row = question(workspace, 2)
    talks(row, 4, by=by, now=early)
    answer(row, by=by, now=early)
    score(row, 2, by=by, now=early)
    note_states(workspace, now=early + timedelta(minutes=1))


@pytest.mark.parametrize("asked", [{}, {"version": 2}])
def test_a_day_before_it_shows_what_its_pages_showed(
    client, workspace, founder, market, asked
):
    known_early(workspace, founder)
    asked = asked | {"as_of": "2026-10-20"}
    client.force_login(founder)
    then = row_text(client.get(url("board", workspace, as_of="2026-10-20")), 2)
    pivot(workspace, founder)

    board = client.get(url("board", workspace, **asked))
    page = client.get(url("question_detail", workspace, 2, **asked))

    assert row_text(board, 2) == then
    assert "Version 1 of the model, as it stood on 20 October 2026" in text_of(board)
    assert "As it stood at the end of 20 October 2026." in text_of(page)
    assert soup(page).find("a", string="Show today")["href"] == url(
        "question_detail", workspace, 2, segment=market.pk
    )


def test_a_segment_that_began_with_it_is_not_the_first_of_a_day_before(
    workspace, founder, market
):
    known_early(workspace, founder)
    pivot(workspace, founder, dropped_segments=[market], new_segment_name="Hospitals")

    scopes = [
        scope_of(workspace, on=day) for day in (TODAY - timedelta(days=10), TODAY)
    ]

    assert [(scope.version.number, scope.segment.name) for scope in scopes] == [
        (1, "First customers"),
        (2, "Hospitals"),
    ]


def test_a_comparison_across_it_is_with_what_was_asked_then(
    client, workspace, founder, market
):
    known_early(workspace, founder)
    answer(question(workspace, 9), by=founder, now=NOW - timedelta(days=30))
    pivot(workspace, founder)
    client.force_login(founder)

    board = client.get(url("board", workspace, since="2026-10-20"))

    assert "Version 2 of the model began after that day" in text_of(board)
    assert "1 question stands elsewhere than on 20 October 2026." in text_of(board)
    was = "was: claimed 2, supported 2 · asked in version 1 then"
    assert was in row_text(board, 2)
    assert "as before · asked in version 1 then" in row_text(board, 9)
    assert row_text(board, 1).endswith("as before")


def test_a_segment_that_began_with_it_is_compared_with_nothing(
    client, workspace, founder, market
):
    pivot(workspace, founder, new_segment_name="Hospitals")
    hospitals = Segment.objects.get(name="Hospitals")
    client.force_login(founder)

    address = url("board", workspace, since="2026-10-20", segment=hospitals.pk)
    board = client.get(address)

    assert "as before · not asked then" in row_text(board, 1)
    assert "as before · asked in version 1 then" in row_text(board, 9)


def test_a_comparison_across_it_costs_no_more_than_a_page(
    client, workspace, owner, founder, market
):
    """With quotes that name nobody, before and after it."""
    talks(question(workspace, 2), 2, by=founder, names_person=False)
    score(question(workspace, 2), 1, by=founder)
    pivot(workspace, founder)
    talks(scope_of(workspace).question(2), 2, by=founder, names_person=False)
    client.force_login(owner)
    board = url("board", workspace, since="2026-10-20")
    client.get(board)

    with CaptureQueriesContext(connection) as queries:
        client.get(board)

    assert len(queries) <= 15


def test_the_api_says_to_follow_no_row(client, workspace, founder, market):
    asking = Asking(client, workspace, Role.FOUNDER)
    row = question(workspace, 2)
    old = score(row, 1, by=asking.by)
    pivot(workspace, founder)

    body = {"value": 1, "reason": REASON, "follows": str(old.pk)}
    answered = asking.post("/questions/2/scores", body)

    assert answered.status_code == 409
    assert answered.json()["detail"] == (
        "Nothing is written under this version of the model: follow no row."
    )


@pytest.fixture
def asked_again(workspace, owner, founder, market):
    """Question 2 before and after a pivot: quotes that name nobody, a survey, scores of
    both founders, and what was looked at again."""
    old = question(workspace, 2)
    links = talks(old, 3, by=founder, names_person=False)
    for link in links:
        look = {"on": TODAY, "how": "Rang them up: it broke again.", "now": NOW}
        reconfirm_evidence(link, by=founder, **look)
    survey = make_survey(workspace, Kind.PRICE, segment=market)
    make_response(survey)
    link_survey(old, survey, by=founder)
    for by in (owner, founder):
        score(old, 1, by=by)
    pivot(workspace, founder)
    row = question_in(scope_of(workspace), 2, by=founder, now=NOW)
    talks(row, 3, by=founder, names_person=False)
    answer(row, by=founder)
    return row


def link_survey(row, survey, *, by):
    facts = {"stance": "supports", "grade": 2, "now": NOW}
    return link_evidence(row, by=by, survey=survey, **facts)


@pytest.mark.parametrize(
    ("page", "role"),
    [
        ("question_detail", Role.OWNER),
        ("question_detail", Role.ADVISOR),
        ("question_detail", Role.OBSERVER),
        ("evidence_carry", Role.OWNER),
        ("evidence_carry", Role.MEMBER),
    ],
)
def test_a_question_asked_again_costs_no_more_than_others(
    client, workspace, asked_again, page, role
):
    """Also for those who read no names, whose pages ask for them once more."""
    client.force_login(make_member(workspace, role).user)
    address = url(page, workspace, 2)
    client.get(address)

    with CaptureQueriesContext(connection) as queries:
        shown = client.get(address)

    assert shown.status_code == 200
    assert len(queries) < 15


def test_a_survey_in_the_trash_is_not_offered(workspace, founder, asked_again):
    left = links_left(asked_again)
    survey = next(link.survey for link in left if link.survey_id)

    trash_row(survey, by=founder, now=NOW)

    assert [link.survey for link in left if link not in links_left(asked_again)] == [
        survey
    ]


def test_the_api_shows_a_day_before_it_as_its_pages_do(
    client, workspace, founder, market
):
    known_early(workspace, founder)
    pivot(workspace, founder)

    asking = Asking(client, workspace, Role.FOUNDER)
    shown = asking.get("/questions?as_of=2026-10-20").json()

    assert (shown["version"], shown["questions"][1]["claimed"]) == (1, 2)


def test_the_api_compares_with_what_was_asked_then(client, workspace, founder, market):
    known_early(workspace, founder)
    pivot(workspace, founder)

    asking = Asking(client, workspace, Role.ADVISOR)
    shown = asking.get("/questions?since=2026-10-20").json()["questions"]

    assert [shown[n]["was"]["version"] for n in (0, 1)] == [1, 1]
    assert (shown[1]["claimed"], shown[1]["was"]["claimed"]) == (None, 2)


@pytest.mark.parametrize("asked", [{"as_of": "2026-10-10"}, {"version": 1}])
def test_a_day_is_not_compared_with_a_later_one(
    client, workspace, founder, market, asked
):
    """Of a version that has ended the last day is the last to compare with."""
    start_version(
        workspace,
        by=founder,
        changes=["price"],
        what_changed=WHY,
        now=NOW - timedelta(days=15),
    )
    client.force_login(founder)
    asking = Asking(client, workspace, Role.ADVISOR)

    page = client.get(url("board", workspace, since="2026-10-20", **asked))
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    told = asking.get(f"/questions?since=2026-10-20&{query}")

    words = "Compare with a day before the one shown."
    assert page.status_code == told.status_code == 422
    field = soup(page).find(id="id_since")
    assert field["aria-invalid"] == "true"
    assert soup(page).find(id=field["aria-describedby"]).get_text(strip=True) == words
    assert told.json()["errors"]["since"][0]["message"] == words
