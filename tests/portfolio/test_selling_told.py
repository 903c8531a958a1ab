"""What the dashboard, the report and the digest say of selling, and of calibration."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import ActivityEntry, Delivery, Role
from decisions.actions import judge_metric
from decisions.actions.phases import note_phases
from decisions.actions.sweeping import sweep_due
from decisions.models import PhaseNote
from decisions.tasks import note_selling_after
from forecasts.actions import edit_curve
from portfolio.actions.digest_readers import change_digest_settings
from portfolio.digest.mails import render
from portfolio.models import Digest, DigestSubscription
from tests.factories import (
    NOW,
    TODAY,
    make_actual,
    make_forecast,
    make_member,
    make_metric,
    weeks,
)
from tests.helpers import soup, text_of
from tests.portfolio.digests import make_digest
from tests.selling import (
    QUARTERS,
    THOUSAND,
    make_cost,
    make_curve,
    make_phase,
    make_rep,
)
from tests.selling import make_rep_quarter as sold

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]
LEARNING = "learning (initiation), yield 0.32 of cost in Q3 2026"
BEFORE = NOW - timedelta(days=30)


@pytest.fixture
def curve(workspace):
    """Two reps who bring in far less than they cost."""
    curve = make_curve(workspace, "Counting service", channel="direct")
    for rep in (make_rep(workspace), make_rep(workspace)):
        for start in QUARTERS:
            sold(curve, rep, start, 10 * THOUSAND)
    for start in QUARTERS:
        make_cost(curve, start, 62 * THOUSAND)
    return curve


@pytest.fixture
def advisor(workspace):
    return make_member(workspace, Role.ADVISOR).user


def mailed(workspace, user):
    row = DigestSubscription.objects.create(
        workspace=workspace, user=user, confirmed_at=NOW, created_at=NOW
    )
    digest = make_digest(row, content=None)
    return render(Delivery.objects.get(key=digest.key))


def section(key):
    content = Digest.objects.get().content
    return [
        item
        for part in content["sections"]
        if part["key"] == key
        for item in part["items"]
    ]


# --- noting ----------------------------------------------------------------------
def test_it_is_noted_once_a_day_and_only_when_it_says_something_else(curve):
    sweep_due(NOW)
    sweep_due(NOW + timedelta(days=1))

    row = PhaseNote.objects.get()
    assert (row.phase, row.noted_at) == ("initiation", NOW)
    assert f"{row.get_phase_display()}, {row.figure}" == LEARNING


def test_a_new_figure_is_a_new_row_and_the_last_one_stays(curve):
    note_phases(curve.workspace, now=NOW)
    make_cost(curve, QUARTERS[-1], 10 * THOUSAND, kind="travel")

    [row] = note_phases(curve.workspace, now=NOW - timedelta(hours=1))

    # a clock that was set back does not hide it
    assert row.noted_at > NOW
    assert PhaseNote.objects.count() == 2


def test_a_closed_curve_is_noted_no_more(curve):
    curve.closed_at = NOW
    curve.save(update_fields=["closed_at"])

    assert note_phases(curve.workspace, now=NOW) == []


def test_without_a_margin_it_is_at_most_and_without_figures_nothing(workspace):
    make_curve(workspace, "Not yet", ready_on=None)
    curve = make_curve(workspace, "No margin")
    for rep in (make_rep(workspace), make_rep(workspace)):
        sold(curve, rep, QUARTERS[-1], 10 * THOUSAND, margin_minor=None)
    make_cost(curve, QUARTERS[-1], 62 * THOUSAND)

    note_phases(workspace, now=NOW)

    figures = dict(PhaseNote.objects.values_list("curve__product", "figure"))
    assert figures == {
        "Not yet": "",
        "No margin": "yield at most 0.32 of cost in Q3 2026",
    }


def test_an_entry_about_selling_has_it_noted(curve, founder):
    entry = edit(curve, founder)

    note_selling_after(str(entry.pk))

    assert PhaseNote.objects.get().phase == "pre"


def edit(curve, founder):
    edit_curve(curve, by=founder, now=NOW, ready_on=None)
    return ActivityEntry.objects.get(verb="sales_curve.edited")


# --- telling ---------------------------------------------------------------------
def test_digest_dashboard_report_and_page_say_the_same(client, curve, advisor):
    make_phase(curve, "pre", BEFORE)
    note_phases(curve.workspace, now=NOW - timedelta(hours=1))
    client.force_login(advisor)

    mail = mailed(curve.workspace, advisor)
    dashboard = client.get("/w/acme/shared/?since=2026-10-26")
    report = client.get("/w/acme/report/")
    page = text_of(client.get("/w/acme/sales/"))

    said = f"{LEARNING}, was before sale"
    [item] = section("selling")
    assert item["text"] == f"Sales curve Counting service, direct: {said}"
    assert item["path"] == f"/w/acme/sales/?curve={curve.pk}"
    assert item["text"] in " ".join(mail.text.split())
    for shown in (dashboard, report):
        line = soup(shown).select_one("#selling .row-main").get_text(" ", strip=True)
        assert line == f"Counting service, direct {said}"
    text = soup(report).select_one("#report-text").get_text()
    assert f"* Counting service, direct: {said}" in text
    assert "0.32 of the cost" in page


def test_what_was_told_before_is_not_told_as_a_change(curve, advisor):
    make_phase(curve, "pre", BEFORE - timedelta(days=1))
    make_phase(curve, "initiation", BEFORE, figure="")

    mailed(curve.workspace, advisor)

    [item] = section("selling")
    name = "Sales curve Counting service, direct"
    assert item["text"] == f"{name}: learning (initiation)"
    assert "quiet week" in Digest.objects.get().content["subject"]


def test_mails_without_words_do_not_name_the_product(curve, advisor, founder):
    note_phases(curve.workspace, now=BEFORE)
    change_digest_settings(curve.workspace, by=founder, now=NOW, is_wordless=True)

    mail = mailed(curve.workspace, advisor)

    assert [item["text"] for item in section("selling")] == [
        f"A sales curve: {LEARNING}"
    ]
    assert "Counting service" not in mail.text + mail.html


def test_calibration_stands_beside_what_is_due_next_week(client, workspace, advisor):
    metric = make_metric(workspace, "Orders per day")
    spans = weeks(TODAY - timedelta(weeks=4), 5)
    points = [(*span, 100) for span in spans]
    make_forecast(metric, points, registered_at=NOW - timedelta(days=60))
    for span, value in zip(spans[:3], (90, 100, 500), strict=True):
        make_actual(metric, *span, value)
    judge_metric(metric.pk, now=NOW)
    client.force_login(advisor)

    mailed(workspace, advisor)

    said = "2 of 3 numbers lie in the range promised first, where 8 of 10 should."
    _numbers, ranges = section("coming")
    assert ranges["text"] == "Do our ranges hold?"
    assert ranges["detail"].startswith(said)
    question = text_of(client.get("/w/acme/questions/10/signals/"))
    assert ranges["detail"] in question


def test_many_curves_cost_no_more_queries_than_one(curve, advisor):
    row = DigestSubscription.objects.create(
        workspace=curve.workspace, user=advisor, confirmed_at=NOW, created_at=NOW
    )
    found = []
    for token in ("a" * 43, "b" * 43):
        note_phases(curve.workspace, now=BEFORE)
        digest = make_digest(row, token=token, period=token[:1], content=None)
        delivery = Delivery.objects.select_related("workspace").get(key=digest.key)
        with CaptureQueriesContext(connection) as queries:
            render(delivery)
        found.append(len(queries))
        for _more in range(3):
            make_curve(curve.workspace)

    assert found[0] == found[1] <= 12
    told = Digest.objects.order_by("period").last().content["sections"]
    [selling] = [part for part in told if part["key"] == "selling"]
    assert len(selling["items"]) == 4
