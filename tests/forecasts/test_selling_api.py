"""Curves, reps, figures and deals over the API."""

import pytest

from core.models import Role
from forecasts.models import CostLine, Deal, RepQuarter
from tests.api_client import Asking
from tests.selling import (
    QUARTERS,
    THOUSAND,
    make_cost,
    make_curve,
    make_deal,
    make_rep,
    make_rep_quarter,
    make_step,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]
LAST = QUARTERS[-1]
SOLD = {"quarter": "2026-Q3", "bookings": "120,000", "revenue": "100,000.50"}


@pytest.fixture
def asking(client, workspace):
    return Asking(client, workspace)


@pytest.fixture
def curve(workspace):
    return make_curve(workspace, "Rota", currency="USD")


@pytest.fixture
def rep(workspace):
    return make_rep(workspace, "Dana Ruiz")


def fields_of(answer):
    return set(answer.json()["errors"])


def test_a_curve_is_opened_changed_and_closed(asking):
    body = {"product": "Rota", "channel": "Direct", "currency": "USD"}
    made = asking.post("/sales-curves", body)
    twin = asking.post("/sales-curves", body)
    path = f"/sales-curves/{made.json()['id']}"

    changed = asking.put(path, {"rev": 1, "ready_on": "2026-07-01"})
    late = asking.put(path, {"rev": 1, "channel": "Partners"})
    closed = asking.post(f"{path}/close", {"rev": 2})

    assert (made.status_code, twin.status_code, late.status_code) == (201, 422, 409)
    assert fields_of(twin) == {"channel"}
    assert (changed.json()["channel"], changed.json()["ready_on"]) == (
        "Direct",
        "2026-07-01",
    )
    assert closed.json()["closed_at"]
    assert asking.get("/sales-curves").json()["count"] == 0
    assert asking.get("/sales-curves?closed=true").json()["count"] == 1


def test_reps_are_names_for_those_who_may_see_them(client, asking, workspace):
    body = {"name": "Dana Ruiz", "kind": "renaissance", "started_on": "2026-01-05"}
    made = asking.post("/reps", body)
    observer = Asking(client, workspace, Role.OBSERVER)

    changed = asking.put(
        f"/reps/{made.json()['id']}", {"rev": 1, "left_on": "2026-10-01"}
    )

    assert made.json()["ramp_months"] == 3
    assert changed.json()["kind"] == "renaissance"
    assert asking.get("/reps").json()["items"][0]["name"] == "Dana Ruiz"
    assert observer.get("/reps").json()["items"][0]["name"] == "Rep 1"
    assert observer.post("/reps", body).status_code == 403


def test_a_quarter_is_recorded_once_and_corrected(asking, curve, rep):
    path = f"/sales-curves/{curve.pk}/quarters"
    made = asking.post(path, SOLD | {"rep": str(rep.pk)})
    again = asking.post(path, SOLD | {"rep": str(rep.pk)})
    correction = f"/rep-quarters/{made.json()['id']}/correct"

    corrected = asking.post(correction, {"revenue": "90,000", "reason": "Refunded."})
    late = asking.post(correction, {"revenue": "80,000", "reason": "Mine."})

    assert made.status_code == 201, made.content
    assert (made.json()["revenue_minor"], made.json()["fte"]) == (
        100 * THOUSAND + 50,
        "1",
    )
    assert (again.status_code, late.status_code) == (422, 409)
    assert corrected.json()["supersedes"] == made.json()["id"]
    assert corrected.json()["bookings_minor"] == 120 * THOUSAND
    listed = asking.get(path).json()
    assert (listed["count"], listed["items"][0]["reason"]) == (1, "Refunded.")
    assert RepQuarter.objects.count() == 2


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"revenue": "many"}, "revenue"),
        ({"quarter": "2026-Q4"}, "quarter"),
        ({"rep": "11111111-1111-4111-8111-111111111111"}, "rep"),
        ({"fte": 3}, "fte"),
    ],
)
def test_a_figure_that_cannot_be_taken_names_its_field(asking, curve, rep, body, field):
    sent = SOLD | {"rep": str(rep.pk)} | body

    answer = asking.post(f"/sales-curves/{curve.pk}/quarters", sent)

    assert answer.status_code == 422
    assert fields_of(answer) == {field}


def test_costs_are_recorded_and_corrected(asking, curve):
    path = f"/sales-curves/{curve.pk}/costs"
    body = {"quarter": "2026-Q3", "kind": "sales_engineering"}
    made = asking.post(path, body | {"se_fte": "0.5", "se_cost": "60,000"})

    corrected = asking.post(
        f"/cost-lines/{made.json()['id']}/correct",
        {"se_fte": "1", "reason": "Lee helped all day."},
    )

    assert made.json()["amount_minor"] == 30 * THOUSAND
    assert corrected.status_code == 201, corrected.content
    assert corrected.json()["amount_minor"] == 60 * THOUSAND
    assert asking.get(path).json()["count"] == 1
    assert CostLine.objects.count() == 2


def test_a_deal_with_its_steps(asking, curve):
    body = {"title": "Two sites", "curve": str(curve.pk), "opened_on": "2026-06-01"}
    made = asking.post("/deals", body | {"list_price": "20,000"})
    path = f"/deals/{made.json()['id']}"
    step = asking.post(f"{path}/steps", {"name": "Demo", "on": "2026-07-01"})

    changed = asking.put(
        path, {"rev": 1, "outcome": "won", "closed_on": "2026-10-01", "paid": "18,000"}
    )
    corrected = asking.post(
        f"/deal-steps/{step.json()['id']}/correct",
        {"name": "Pilot", "reason": "Wrong column."},
    )

    assert made.status_code == 201, made.content
    assert (made.json()["list_minor"], made.json()["is_in_sums"]) == (
        20 * THOUSAND,
        True,
    )
    assert (changed.json()["paid_minor"], changed.json()["rev"]) == (18 * THOUSAND, 2)
    assert corrected.status_code == 201, corrected.content
    assert [one["name"] for one in asking.get(path).json()["steps"]] == ["Pilot"]
    assert asking.post(f"{path}/withdraw", {"rev": 2}).json()["withdrawn_at"]
    assert asking.get("/deals").json()["count"] == 0


def test_deals_are_narrowed(asking, workspace, curve):
    make_deal(curve, "Ours", outcome="won", currency="EUR", paid_minor=5)
    make_deal(make_curve(workspace), "Elsewhere")

    won = asking.get("/deals?outcome=won").json()["items"]

    assert [(one["title"], one["is_in_sums"]) for one in won] == [("Ours", False)]
    assert asking.get(f"/deals?curve={curve.pk}").json()["count"] == 1
    assert asking.get("/deals?q=else").json()["count"] == 1
    assert asking.get("/deals?outcome=perhaps").status_code == 422


def test_readers_read_and_write_nothing(client, workspace, curve, rep):
    advisor = Asking(client, workspace, Role.ADVISOR)
    row = make_rep_quarter(curve, rep, LAST)
    cost = make_cost(curve, LAST)
    deal = make_deal(curve)
    step = make_step(deal, "Demo", LAST)
    paths = [
        "/sales-curves",
        f"/sales-curves/{curve.pk}/quarters",
        f"/sales-curves/{curve.pk}/costs",
        f"/deals/{deal.pk}/steps",
        f"/rep-quarters/{row.pk}/correct",
        f"/cost-lines/{cost.pk}/correct",
        f"/deal-steps/{step.pk}/correct",
    ]

    assert {advisor.post(path).status_code for path in paths} == {403}
    assert advisor.get(f"/deals/{deal.pk}").status_code == 200
    assert Deal.objects.count() == 1
