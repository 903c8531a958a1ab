"""The learning log, and what investors were told, over the API."""

import pytest

from core.actions.tokens import issue_token
from core.models import Role
from forecasts.models import InvestorExpectation, LearningEntry
from tests.factories import NOW, TODAY, make_forecast, make_member, make_metric, weeks
from tests.selling import make_curve, make_expectation, make_learning

pytestmark = pytest.mark.usefixtures("monday")
CHANGE = {
    "area": "price",
    "changed_on": "2026-10-01",
    "changed": "By the site.",
    "expected": "Shorter cycles.",
}


@pytest.fixture
def call(client, workspace):
    def ask(method, path, body=None, role=Role.FOUNDER):
        member = make_member(workspace, role)
        token = issue_token(member, by=member.user, now=NOW, name="Test")[1]
        sent = {} if body is None else {"data": body}
        return getattr(client, method)(
            f"/api/v1/{path}",
            **sent,
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )

    return ask


@pytest.fixture
def curve(workspace):
    return make_curve(workspace, "Rota")


@pytest.fixture
def plan(workspace):
    metric = make_metric(workspace, "Orders", unit="orders")
    return make_forecast(metric, [(*span, 5000) for span in weeks(TODAY, 3)])


def test_a_change_is_added_corrected_and_listed(call, curve):
    first = call("post", f"sales-curves/{curve.pk}/learning", CHANGE)
    learned = {"learned": "Ten days less."}
    told = call("post", f"learning/{first.json()['id']}/correct", learned)

    listed = call("get", f"sales-curves/{curve.pk}/learning").json()

    assert (first.status_code, told.status_code) == (201, 201)
    assert told.json()["supersedes"] == first.json()["id"]
    [one] = listed["items"]
    assert (one["learned"], one["quarter"], one["beside"]) == (
        "Ten days less.",
        "Q4 2026",
        0,
    )
    assert one["effect"] == "No quarter before or after it has a yield yet."


def test_who_was_overtaken_is_told(call, curve):
    entry = make_learning(curve)
    make_learning(curve, learned="Theirs.", supersedes=entry, reason="Seen.")

    answer = call("post", f"learning/{entry.pk}/correct", {"learned": "Ours."})

    assert answer.status_code == 409
    assert LearningEntry.objects.current().get().learned == "Theirs."


def test_what_is_wrong_is_named(call, curve):
    answer = call(
        "post", f"sales-curves/{curve.pk}/learning", CHANGE | {"area": "mood"}
    )

    assert answer.status_code == 422
    assert "area" in answer.json()["errors"]


def test_a_telling_is_of_the_newest_forecast_unless_another_is_named(call, plan):
    body = {"told_to": "The board", "told_on": "2026-10-15"}

    answer = call("post", f"metrics/{plan.metric_id}/expectations", body)

    told = answer.json()
    assert answer.status_code == 201
    assert InvestorExpectation.objects.get().revision == plan.revisions.get()
    assert told["sentence"] == "Told 5,000 orders for W47, as it is forecast now."
    assert [line["actual"] for line in told["promises"]] == [None] * 3


def test_a_member_does_not_speak_for_the_founders_but_reads(call, plan):
    make_expectation(plan.revisions.get())
    body = {"told_to": "The board", "told_on": "2026-10-15"}
    path = f"metrics/{plan.metric_id}/expectations"

    assert call("post", path, body, Role.MEMBER).status_code == 403
    listed = call("get", "expectations", role=Role.OBSERVER).json()
    assert [one["told_to"] for one in listed["items"]] == ["The board"]
