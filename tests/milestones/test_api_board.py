"""The board over the API: as of any day, compared, of any version of the model."""

from datetime import timedelta

import pytest

from core.models import Role
from milestones.actions import start_version
from milestones.actions.noting import note_due
from tests.api_client import Asking
from tests.factories import NOW
from tests.milestones.rows import link, open_market, question, said, score

EARLIER = NOW - timedelta(days=10)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def asking(client, workspace, founder):
    segment = open_market(workspace, founder)
    note_due(EARLIER)
    row = question(workspace)
    link(row, said(workspace, segment), by=founder)
    score(row, 1, by=founder)
    return Asking(client, workspace, Role.ADVISOR)


def first(answer):
    return answer.json()["questions"][0]


def test_a_day_is_compared_with_another(asking):
    day = EARLIER.date().isoformat()
    answer = asking.get(f"/questions?since={day}")

    assert (answer.json()["since"], answer.json()["is_past"]) == (day, False)
    assert first(answer)["claimed"] == 1
    assert first(answer)["was"] == {
        "version": 1,
        "claimed": None,
        "supported": 0,
        "effective": 0,
        "status": "not_answered",
    }


def test_a_past_day_is_drawn_from_what_was_noted(asking):
    answer = asking.get(f"/questions?as_of={EARLIER.date().isoformat()}").json()

    assert (answer["is_past"], answer["is_noted"]) == (True, True)
    assert [one["claimed"] for one in answer["questions"]] == [None] * 11


@pytest.mark.parametrize("query", ["as_of=2031-01-01", "since=0001-01-01"])
def test_a_day_that_cannot_be_is_refused(asking, query):
    answer = asking.get(f"/questions?{query}")

    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {query.partition("=")[0]}


def test_each_version_of_the_model_has_its_board(asking, workspace, founder):
    start_version(
        workspace,
        by=founder,
        now=NOW,
        changes=["problem"],
        what_changed="They lose patients, not hours: we solve another problem now.",
    )

    newest, old = asking.get("/questions"), asking.get("/questions?version=1")

    assert (newest.json()["version"], first(newest)["claimed"]) == (2, None)
    assert first(newest)["needs_rescore"]
    assert (old.json()["version"], first(old)["claimed"]) == (1, 1)
    assert asking.get("/questions?version=9").status_code == 404
