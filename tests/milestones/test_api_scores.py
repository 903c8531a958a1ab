"""Scores, challenges, criteria and what is linked anew, over the API."""

from datetime import timedelta

import pytest
import time_machine

from core.models import Role
from tests.api_client import Asking
from tests.factories import NOW, TODAY
from tests.interviews.survey_cases import Kind, make_response, make_survey
from tests.milestones.rows import REASON, link, open_market, question, said, score
from tests.milestones.test_challenges import REPLY, TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def founding(client, workspace):
    with time_machine.travel(NOW, tick=False):
        yield Asking(client, workspace, Role.FOUNDER)


@pytest.fixture
def row(founding):
    open_market(founding.workspace, founding.by)
    return question(founding.workspace)


@pytest.fixture
def advising(client, founding):
    return Asking(client, founding.workspace, Role.ADVISOR)


def test_scores_are_claimed_reviewed_and_listed(founding, advising, row):
    body = {"value": 1, "reason": REASON}

    claimed = founding.post("/questions/1/scores", body)
    again = founding.post("/questions/1/scores", body)
    follows = {"follows": claimed.json()["id"], "value": 0}
    after = founding.post("/questions/1/scores", body | follows)
    reviewed = advising.post("/questions/1/reviews", body)
    refused = founding.post("/questions/1/reviews", body)
    late = advising.post("/questions/1/reviews", body)
    listed = advising.get("/questions/1/scores").json()

    statuses = [one.status_code for one in (claimed, again, after, reviewed, late)]
    assert statuses == [201, 409, 201, 201, 409]
    assert claimed.json()["id"] in again.json()["detail"]
    assert list(refused.json()["errors"]) == ["__all__"]
    assert sorted((one["kind"], one["value"]) for one in listed["items"]) == [
        ("claimed", 0),
        ("claimed", 1),
        ("reviewed", 1),
    ]


def test_who_owes_a_score_reads_none_of_the_round(client, founding, row):
    other = Asking(client, founding.workspace, Role.OWNER)
    founding.post("/questions/1/scores", {"value": 1, "reason": REASON})

    assert other.get("/questions/1/scores").json()["count"] == 0
    assert founding.get("/questions/1/scores").json()["count"] == 1


def test_a_challenge_is_asked_answered_and_listed(founding, advising, row):
    score(row, 1, by=founding.by, now=NOW - timedelta(days=9))

    asked = advising.post("/questions/1/challenges", {"text": TEXT})
    twice = advising.post("/questions/1/challenges", {"text": TEXT})
    path = f"/challenges/{asked.json()['id']}"
    open_now = founding.get("/challenges?state=open&question=1").json()
    answered = founding.post(f"{path}/answer", {"answer": REPLY})
    late = founding.post(f"{path}/answer", {"answer": REPLY})
    taken_back = advising.post(f"{path}/withdraw")

    assert (asked.status_code, asked.json()["claimed"]) == (201, 1)
    assert (twice.status_code, twice.json()["errors"]["__all__"][0]["code"]) == (
        422,
        "asked_before",
    )
    assert [one["text"] for one in open_now["items"]] == [TEXT]
    assert (answered.status_code, answered.json()["outcome"]) == (200, "answered")
    assert (late.status_code, taken_back.status_code) == (409, 422)
    assert founding.get("/challenges?state=open").json()["count"] == 0
    assert founding.get("/challenges?state=shut").status_code == 422


def test_a_challenge_is_taken_back(founding, advising, row):
    score(row, 1, by=founding.by, now=NOW - timedelta(days=9))
    asked = advising.post("/questions/1/challenges", {"text": TEXT}).json()

    gone = advising.post(f"/challenges/{asked['id']}/withdraw")
    unknown = advising.post(f"/challenges/{row.pk}/withdraw")

    assert (gone.json()["outcome"], unknown.status_code) == ("withdrawn", 404)


def test_criteria_are_ticked_and_met(founding, row):
    body = {"criterion": 2, "state": "partly", "note": "Three of nine."}

    ticked = founding.post("/questions/1/criteria", body)
    late = founding.post("/questions/1/criteria", body | {"state": "yes"})
    unknown = founding.post("/questions/1/criteria", body | {"criterion": 99})
    listed = founding.get("/questions/1/criteria").json()

    assert (ticked.status_code, late.status_code) == (201, 409)
    assert (unknown.status_code, list(unknown.json()["errors"])) == (422, ["criterion"])
    assert [one["state"] for one in listed] == ["unknown", "partly"] + ["unknown"] * 4
    assert listed[1]["id"] == ticked.json()["id"]


def test_evidence_is_reconfirmed_and_linked_anew(founding, row):
    linked = link(row, said(row.workspace, row.segment), by=founding.by)
    path = f"/evidence/{linked.pk}"
    how = "Rang them up: it broke again."

    confirmed = founding.post(f"{path}/reconfirm", {"on": str(TODAY), "how": how})
    [card] = founding.get("/questions/1/evidence").json()["items"]
    moved = founding.post(f"{path}/relink", {"number": "4", "reason": "Wrong one."})

    assert confirmed.json()["evidence"] == str(linked.pk)
    assert card["confirmed_on"] == str(TODAY)
    assert (moved.status_code, moved.json()["target"]) == (201, "4")
    assert founding.get("/questions/1/evidence").json()["count"] == 0


def test_a_survey_is_linked_at_its_own_grade(founding, row):
    survey = make_survey(row.workspace, Kind.PRICE, segment=row.segment)
    make_response(survey, label="R1")
    body = {"survey": str(survey.pk), "stance": "supports"}

    made = founding.post("/questions/2/evidence", body)
    [card] = founding.get("/questions/2/evidence").json()["items"]

    assert (made.status_code, made.json()["grade"]) == (201, 2)
    assert card["survey"] == str(survey.pk)
