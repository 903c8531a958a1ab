"""Checkpoints, planned stops, versions and exits over the API."""

from datetime import timedelta

import pytest
import time_machine

from core.models import Role
from milestones.models import ScheduledStop
from tests.api_client import Asking
from tests.factories import NOW, TODAY
from tests.milestones.rows import open_market

pytestmark = pytest.mark.django_db

LESSON = "Ten of twelve clinics raise the rota before anything else, unasked."
FINDING = f"{LESSON} Orders are half of what we said, so we talk to the six who left."
WHY = "Nobody pays by the seat; three clinics asked for a price by the site."
DAY = TODAY.isoformat()


@pytest.fixture
def asked(client, workspace):
    with time_machine.travel(NOW, tick=False):
        asking = Asking(client, workspace, Role.FOUNDER)
        open_market(workspace, asking.by)
        yield asking


def planned(asked, kind="beta"):
    return asked.post("/checkpoints", {"kind": kind, "planned_on": DAY})


def test_a_checkpoint_is_planned_moved_and_reached(asked):
    row = planned(asked).json()
    later = (TODAY + timedelta(days=7)).isoformat()
    move = {"to_on": later, "reason": "The API was late.", "follows_on": DAY}

    moved = asked.post(f"/checkpoints/{row['id']}/move", move)
    behind = asked.post(f"/checkpoints/{row['id']}/move", move)
    reached = asked.post(f"/checkpoints/{row['id']}/reach", {"reached_on": DAY})
    again = asked.post(f"/checkpoints/{row['id']}/reach", {"reached_on": DAY})
    course = asked.get("/checkpoints").json()

    assert (moved.status_code, moved.json()["planned_on"]) == (200, later)
    assert (behind.status_code, again.status_code) == (409, 409)
    assert reached.json()["reached_on"] == DAY
    beta = course["pairs"][2]
    assert (beta["product"]["slip_days"], beta["product"]["reached_on"]) == (7, DAY)
    assert beta["review"]["kind"] == "solution_verified"
    assert [one["number"] for one in beta["conditions"]] == [2, 3, 6]
    assert course["pairs"][5]["product"] is None


def test_a_review_without_a_lesson_is_refused(asked):
    row = planned(asked, "problem_verified").json()

    answer = asked.post(f"/checkpoints/{row['id']}/reach", {"reached_on": DAY})

    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["finding"])


def test_a_stop_is_held_once(asked):
    row = planned(asked, "first_customer_ship").json()
    asked.post(f"/checkpoints/{row['id']}/reach", {"reached_on": DAY})
    ScheduledStop.objects.update(due_on=TODAY)
    first = asked.get("/checkpoints").json()["stops"][0]
    body = {"held_on": DAY, "finding": FINDING}

    held = asked.post(f"/stops/{first['id']}/hold", body)
    again = asked.post(f"/stops/{first['id']}/hold", body)

    assert (held.status_code, held.json()["held_on"]) == (200, DAY)
    assert again.status_code == 409


def test_a_version_begins_on_top_of_the_one_that_was_read(asked):
    first = asked.get("/versions").json()[0]
    body = {"changes": ["price"], "what_changed": WHY, "follows": first["id"]}

    version = asked.post("/versions", body)
    behind = asked.post("/versions", body)

    assert (version.status_code, version.json()["number"]) == (201, 2)
    assert version.json()["questions"] == [2, 6, 8, 9, 10, 11]
    assert behind.status_code == 409
    assert [one["number"] for one in asked.get("/versions").json()] == [2, 1]


def test_exits_hold_their_conditions(asked):
    found = asked.get("/exits").json()

    assert (len(found["discovery"]), len(found["validation"])) == (7, 12)
    assert found["validation"][-1] == {
        "number": None,
        "is_met": True,
        "sentence": "No stop is open.",
    }
