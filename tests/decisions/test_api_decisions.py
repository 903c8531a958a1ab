"""Alerts with their evaluation, decisions and what followed, over the API."""

import pytest

from core.models import Role
from decisions.models import Alert, Decision, DecisionReview, FollowUp
from tests.api_client import Asking
from tests.decisions.cases import REASONS, decide, evaluate, stop_on
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]
WORDS = "Oakland was closed on the day that we had named."


@pytest.fixture
def alert(workspace, owner):
    return stop_on(workspace, owner=owner)


@pytest.fixture
def decision(alert, owner):
    return decide(alert, by=owner)


@pytest.fixture
def asking(client, workspace):
    return Asking(client, workspace, Role.FOUNDER)


# --- alerts ----------------------------------------------------------------------
def test_one_alert_comes_with_its_evaluation_and_what_it_lacks(asking, alert, owner):
    path = f"/alerts/{alert.pk}"
    assert asking.get(path).json()["evaluation"] is None
    evaluate(alert, by=owner, happened="")

    answer = asking.get(path).json()

    assert (answer["state"], answer["subject_kind"]) == ("evaluating", "metric")
    assert answer["owner"] == "Olga Owner"
    found = answer["evaluation"]
    assert [step["number"] for step in found["steps"]] == [1, 2, 3, 4, 5]
    (belief,) = found["steps"][0]["lines"]
    assert belief["text"] == "We believed 8,000 orders a day."
    assert found["lacking"] == []
    assert answer["decision"] is None
    (listed,) = asking.get("/alerts").json()["items"]
    assert {name: answer[name] for name in listed} == listed


def test_the_list_is_narrowed(asking, alert):
    Alert.objects.create(
        workspace=alert.workspace,
        family="learning",
        rule="silence",
        severity="watch",
        reason="Nobody talked.",
        raised_at=NOW,
        evaluate_by=alert.evaluate_by,
    )

    def names(query):
        items = asking.get(f"/alerts{query}").json()["items"]
        return sorted(one["subject_kind"] for one in items)

    assert names("") == ["metric", "venture"]
    assert names("?severity=stop") == ["metric"]
    assert names("?rule=silence") == ["venture"]
    assert names("?closed=true") == []
    assert asking.get("/alerts?severity=loud").status_code == 422


def test_a_closed_one_names_its_decision(asking, decision):
    answer = asking.get(f"/alerts/{decision.alert_id}").json()

    assert answer["decision"] == str(decision.pk)
    assert answer["evaluation"]["lacking"] == []
    assert len(answer["evaluation"]["steps"]) == 4


# --- decisions -------------------------------------------------------------------
def test_the_log_and_one_of_it_with_what_was_known(asking, decision):
    (listed,) = asking.get("/decisions").json()["items"]
    assert (listed["kind"], listed["reasons"]) == ("stop", REASONS)
    assert (listed["follow_ups"], listed["follow_ups_open"]) == (1, 1)
    assert listed["known"]["actual"] == "2000.000000"
    assert (listed["review"], listed["rose_again"]) == (None, False)

    one = asking.get(f"/decisions/{decision.pk}").json()

    assert {name: one[name] for name in listed} == listed
    assert [row["actual"] for row in one["series"]][:3] == ["2000.000000"] * 3
    assert one["followed"][0]["what"] == "Tell the staff."


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?kind=stop", 1),
        ("?kind=pivot", 0),
        ("?became=open", 1),
        ("?became=held", 0),
        ("?since=2026-11-02&until=2026-11-02", 1),
        ("?since=2026-11-03", 0),
        ("?since=0001-01-01&until=9999-12-31", 1),
        ("?since=9999-12-31", 0),
    ],
)
def test_the_log_is_narrowed(asking, decision, query, count):
    assert asking.get(f"/decisions{query}").json()["count"] == count


def test_it_is_judged_once(asking, decision):
    path = f"/decisions/{decision.pk}/review"
    assert asking.post(path, {"verdict": "held", "words": "Short."}).status_code == 422

    first = asking.post(path, {"verdict": "held", "words": WORDS})
    second = asking.post(path, {"verdict": "failed", "words": WORDS})

    assert (first.status_code, second.status_code) == (201, 409)
    assert DecisionReview.objects.get().verdict == "held"
    assert asking.get("/decisions?became=held").json()["count"] == 1


def test_what_follows_ends_once_and_closes_the_file(asking, decision):
    row = FollowUp.objects.get()
    assert asking.get("/follow-ups").json()["items"][0]["id"] == str(row.pk)

    done = asking.post(f"/follow-ups/{row.pk}/end", {"outcome": "They know."})
    again = asking.post(f"/follow-ups/{row.pk}/end", {"outcome": "They know it now."})

    assert (done.status_code, done.json()["outcome"]) == (200, "They know.")
    assert again.status_code == 409
    assert Alert.objects.get().state == "closed"
    assert asking.get("/follow-ups?ended=true").json()["count"] == 1


def test_it_is_replaced_by_another(asking, decision, owner):
    row = FollowUp.objects.get()
    body = {"outcome": "They were told by mail.", "what": "Ask whether they read it."}
    half = asking.post(f"/follow-ups/{row.pk}/end", body)
    body |= {"owner": str(owner.pk), "due_on": "2026-12-01"}

    whole = asking.post(f"/follow-ups/{row.pk}/end", body)

    assert (half.status_code, whole.status_code) == (422, 200)
    new = FollowUp.objects.get(ended_at=None)
    assert whole.json()["replaced_by"] == str(new.pk)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISOR, Role.OBSERVER])
def test_who_does_not_decide_reads(client, workspace, decision, role):
    reading, row = Asking(client, workspace, role), FollowUp.objects.get()

    for path in ("/alerts", "/decisions", "/follow-ups", f"/decisions/{decision.pk}"):
        assert reading.get(path).status_code == 200
    for path in (f"/follow-ups/{row.pk}/end", f"/decisions/{decision.pk}/review"):
        assert reading.post(path, {"outcome": WORDS}).status_code == 403
    assert Decision.objects.count() == 1
