"""Deals, quarters and costs from tables, through the steps of the job."""

from datetime import date

import pytest
from django.urls import reverse

from core.importing import choose_columns, stage_table, start_run, start_undo, work_on
from core.models import ImportRun
from core.spreadsheets import read_table
from discovery.models import Organisation
from forecasts.models import CostLine, Deal, DealStep, RepQuarter
from tests.factories import NOW, make_organisation, make_workspace
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

pytestmark = pytest.mark.django_db

HEADINGS = (
    "Opportunity ID,Opportunity Name,Account Name,Opportunity Owner,Stage,"
    "Stages,Amount,Currency,Created Date,Close Date,Status,Loss Reason\n"
)
EXPORT = HEADINGS + (
    "006-1,Two sites,Acme Clinic,Dana Ruiz,Closed Won,"
    '2026-06-10 Demo; 2026-07-01 Pilot,"18,000.00",USD,2026-06-01,2026-08-01,won,\n'
    "006-2,One site,North,Dana Ruiz,Demo,,9500,USD,2026-09-01,2026-12-01,,\n"
    "006-3,Trial,Acme Clinic,,Closed Lost,,4000,EUR,2026-05-01,2026-06-01,lost,"
    "Too dear\n"
)
DEALS = {"duplicates": "overwrite", "unknown_owner": "refuse"}
FIGURES = {"duplicates": "overwrite"}


@pytest.fixture
def curve(workspace):
    return make_curve(workspace, "Rota", currency="USD")


@pytest.fixture
def rep(workspace):
    return make_rep(workspace, "Dana Ruiz")


def checked(curve, by, text, kind="deals", choices=DEALS):
    run = stage_table(
        curve.workspace,
        by=by,
        now=NOW,
        kind=kind,
        target=str(curve.pk),
        table=read_table(text),
    )
    choose_columns(run, by=by, now=NOW, mapping=run.mapping, choices=choices)
    work_on(run.pk, lambda: NOW)
    return ImportRun.objects.get(pk=run.pk)


def imported(curve, by, text, kind="deals", choices=DEALS):
    run = checked(curve, by, text, kind, choices)
    assert start_run(run, by=by, now=NOW), [row.problems for row in run.rows.all()]
    work_on(run.pk, lambda: NOW)
    return ImportRun.objects.get(pk=run.pk)


def undone(run, by):
    start_undo(run, by=by, now=NOW)
    work_on(run.pk, lambda: NOW)
    return ImportRun.objects.get(pk=run.pk)


def messages(run):
    rows = run.rows.order_by("line")
    return [one["message"] for row in rows for one in row.problems]


def steps_of(deal):
    rows = deal.steps.current().order_by("on", "name")
    return [*rows.values_list("name", "on")]


# --- deals -----------------------------------------------------------------------
def test_the_export_of_a_crm_comes_in(curve, rep, member):
    run = imported(curve, member, EXPORT)

    won, running, lost = Deal.objects.order_by("outside_id")
    assert run.result == {"created": 3}
    assert (won.outcome, won.paid_minor, won.rep) == ("won", 18 * THOUSAND, rep)
    assert steps_of(won) == [("Demo", date(2026, 6, 10)), ("Pilot", date(2026, 7, 1))]
    assert (running.outcome, running.list_minor) == ("open", 9_500_00)
    assert (running.expected_on, running.closed_on) == (date(2026, 12, 1), None)
    assert steps_of(running) == [("Demo", curve.workspace.today(NOW))]
    assert (lost.currency, lost.list_minor, lost.paid_minor) == ("EUR", 4000_00, None)
    assert lost.reasons == "Too dear"
    assert Organisation.objects.count() == 2


def test_the_same_table_again_adds_nothing(curve, rep, member):
    imported(curve, member, EXPORT)

    run = imported(curve, member, EXPORT)

    assert run.result == {"same": 3}
    assert Deal.objects.count() == 3
    assert DealStep.objects.count() == 3
    assert set(Deal.objects.values_list("rev", flat=True)) == {1}


def test_columns_are_remembered_for_the_same_headings(curve, rep, member):
    text = EXPORT.replace("Amount", "Wert netto")
    first = stage_table(
        curve.workspace,
        by=member,
        now=NOW,
        kind="deals",
        target=str(curve.pk),
        table=read_table(text),
    )
    assert "amount" not in first.mapping.values()
    mapping = first.mapping | {"6": "amount"}
    choose_columns(first, by=member, now=NOW, mapping=mapping, choices=DEALS)

    run = imported(curve, member, text)

    assert run.mapping == mapping
    assert Deal.objects.get(outside_id="006-1").paid_minor == 18 * THOUSAND


def test_changed_rows_update_their_deal(curve, rep, member):
    imported(curve, member, EXPORT)
    later = EXPORT.replace(
        "Dana Ruiz,Demo,,9500,USD,2026-09-01,2026-12-01,,",
        "Dana Ruiz,Closed Won,2026-09-20 Pilot,9000,USD,2026-09-01,2026-11-01,won,",
    )

    run = imported(curve, member, later)

    assert run.result == {"same": 2, "filled": 1}
    deal = Deal.objects.get(outside_id="006-2")
    assert (deal.outcome, deal.paid_minor) == ("won", 9000_00)
    assert deal.closed_on == date(2026, 11, 1)
    assert deal.list_minor == 9_500_00
    assert "Pilot" in dict(steps_of(deal))


def test_what_somebody_wrote_is_left_where_that_is_wished(curve, rep, member):
    make_deal(curve, "Mine", outside_id="006-1", outcome="won", paid_minor=5)

    imported(curve, member, EXPORT, choices=DEALS | {"duplicates": "fill"})

    deal = Deal.objects.get(outside_id="006-1")
    assert (deal.title, deal.paid_minor) == ("Mine", 5)
    assert deal.organisation.name == "Acme Clinic"


def test_several_rows_of_one_deal_are_its_steps(curve, rep, member):
    text = (
        "Deal ID,Deal,Stage,Stage since,Created\n"
        "7,Two sites,Demo,2026-06-10,2026-06-01\n"
        "7,Two sites,Pilot,2026-07-01,2026-06-01\n"
    )

    run = imported(curve, member, text)
    again = imported(curve, member, text)

    assert run.result == {"created": 1, "filled": 1}
    assert again.result == {"same": 2}
    assert steps_of(Deal.objects.get()) == [
        ("Demo", date(2026, 6, 10)),
        ("Pilot", date(2026, 7, 1)),
    ]


def test_a_deal_without_an_id_is_the_same_by_name_firm_and_day(curve, member):
    text = "Deal,Account,Created\nTwo sites,Acme,2026-06-01\n"
    imported(curve, member, text)

    run = imported(curve, member, text + "Two sites,North,2026-06-01\n")

    assert run.result == {"same": 1, "created": 1}


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("Dana Ruiz,Closed", "Lee Park,Closed", "There is no rep “Lee Park”"),
        ('"18,000.00"', "1.800", "could be"),
        ('"18,000.00"', "much", "number"),
        ("2026-06-10 Demo", "soon Demo", "is no step with its day"),
        ("2026-06-10 Demo", "2027-06-10 Demo", "is in the future"),
        ("2026-06-01,2026-08-01", "2026-06-01,", "On which day"),
        ("2026-06-01,2026-08-01", "2026-09-01,2026-08-01", "before it was opened"),
        ("2026-06-01,2026-08-01", "06/07/2026,2026-08-01", "could be"),
        (",won,", ",perhaps,", "is none of"),
        ("USD,2026-06-01", "Taler,2026-06-01", "at most 3"),
        ("Two sites", "", "The name is missing."),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(curve, rep, member, before, after, words):
    assert before in EXPORT
    run = checked(curve, member, EXPORT.replace(before, after, 1))

    assert run.result["problem"] == 1
    assert words in " ".join(messages(run))
    assert not Deal.objects.exists()


def test_the_mark_of_decimals_settles_two_readings(curve, rep, member):
    text = EXPORT.replace('"18,000.00"', "18.000")

    imported(curve, member, text, choices=DEALS | {"decimal_mark": ","})

    assert Deal.objects.get(outside_id="006-1").paid_minor == 18 * THOUSAND


def test_unknown_owners_may_be_nobody(curve, member):
    run = imported(curve, member, EXPORT, choices=DEALS | {"unknown_owner": "nobody"})

    assert run.result == {"created": 3}
    assert not Deal.objects.filter(rep__isnull=False).exists()


def test_an_import_of_deals_is_taken_back(curve, rep, member):
    north = make_organisation(curve.workspace, "North")
    stood = make_deal(curve, "Old", outside_id="006-2", rep=rep)
    run = imported(curve, member, EXPORT)

    result = undone(run, member).result

    stood.refresh_from_db()
    assert result["undone"] == 3
    assert [*Deal.objects.standing()] == [stood]
    assert (stood.title, stood.organisation, steps_of(stood)) == ("Old", None, [])
    assert [*Organisation.objects.all()] == [north]
    assert imported(curve, member, EXPORT).result == {"created": 2, "filled": 1}


def test_a_deal_somebody_changed_is_left(curve, rep, member):
    run = imported(curve, member, EXPORT)
    Deal.objects.filter(outside_id="006-1").update(title="Mine", rev=2)

    result = undone(run, member).result

    assert (result["undone"], result["left"]) == (2, 1)
    assert Deal.objects.standing().get().title == "Mine"


def test_a_deal_that_took_a_step_since_is_left_with_it(curve, rep, member):
    run = imported(curve, member, EXPORT)
    make_step(Deal.objects.get(outside_id="006-1"), "Signed", date(2026, 9, 1))

    result = undone(run, member).result

    assert (result["undone"], result["left"]) == (2, 1)
    assert "Signed" in dict(steps_of(Deal.objects.standing().get()))


def test_three_digits_after_the_point_are_those_of_a_dinar(curve, rep, member):
    row = "006-9,Pilot,North,,,,1.234,KWD,2026-06-01,,,\n"
    point = DEALS | {"decimal_mark": "."}

    imported(curve, member, HEADINGS + row, choices=point)
    dollars = checked(
        curve, member, HEADINGS + row.replace("KWD", "USD"), choices=point
    )

    assert Deal.objects.get().list_minor == 1234
    assert messages(dollars) == ["USD has at most 2 digits after the point."]


def test_deals_of_another_venture_are_never_met(curve, rep, member):
    other = make_deal(make_curve(make_workspace("Other")), "Theirs", outside_id="006-1")

    imported(curve, member, EXPORT)

    other.refresh_from_db()
    assert (other.title, other.rev) == ("Theirs", 1)
    assert Deal.objects.in_workspace(curve.workspace).count() == 3


# --- quarters and costs ----------------------------------------------------------
SOLD = (
    "Quarter,Rep,FTE,Bookings,Revenue,Gross margin,Refunds\n"
    '2026-Q2,dana ruiz,50 %,"60,000.00","50,000.00",,\n'
    'Q3 2026,Dana Ruiz,1,"90,000.00","80,000.00","64,000.00",500\n'
)


def test_quarters_of_reps_come_in_once(curve, rep, member):
    run = imported(curve, member, SOLD, "rep_quarters", FIGURES)
    again = imported(curve, member, SOLD, "rep_quarters", FIGURES)

    older, newer = RepQuarter.objects.order_by("quarter_start")
    assert (run.result, again.result) == ({"created": 2}, {"same": 2})
    assert (float(older.fte), older.margin_minor) == (0.5, None)
    assert (newer.quarter_start, newer.refunds_minor) == (QUARTERS[-1], 500_00)


def test_what_a_table_says_otherwise_is_a_correction(curve, rep, member):
    imported(curve, member, SOLD, "rep_quarters", FIGURES)
    changed = SOLD.replace('"80,000.00"', '"82,000.00"')

    left = imported(curve, member, changed, "rep_quarters", {"duplicates": "skip"})
    run = imported(curve, member, changed, "rep_quarters", FIGURES)

    assert left.result == {"same": 2}
    assert run.result == {"same": 1, "filled": 1}
    latest = RepQuarter.objects.current().get(quarter_start=QUARTERS[-1])
    assert (latest.revenue_minor, latest.reason) == (82 * THOUSAND, "Imported.")


def test_an_import_of_quarters_is_taken_back(curve, rep, member):
    stood = make_rep_quarter(curve, rep, QUARTERS[3], 5 * THOUSAND)
    run = imported(curve, member, SOLD, "rep_quarters", FIGURES)

    result = undone(run, member).result

    assert result["undone"] == 2
    latest = RepQuarter.objects.current().get()
    assert (latest.quarter_start, latest.revenue_minor) == (QUARTERS[3], 5 * THOUSAND)
    assert latest.pk != stood.pk


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("dana ruiz", "Lee Park", "There is no rep “Lee Park”"),
        ("dana ruiz", "", "The rep is missing."),
        ("2026-Q2", "2026-Q4", "is not over"),
        ("2026-Q2", "1900-Q2", "Q2 1900 is before 1990"),
        ("50 %", "2 %", "greater than or equal to 5"),
        ('"50,000.00"', "", "Enter the revenue."),
        ('"50,000.00"', "50.000", "could be"),
        ("2026-Q2", "2026-Q3", "twice"),
    ],
)
def test_a_figure_that_cannot_be_taken_says_why(
    curve, rep, member, before, after, words
):
    run = checked(
        curve, member, SOLD.replace(before, after, 1), "rep_quarters", FIGURES
    )

    assert words in " ".join(messages(run))
    assert not RepQuarter.objects.exists()


COSTS = (
    "Quarter,Kind of cost,Rep,Cost of the quarter,Sales engineers,Cost of one,Note\n"
    '2026-Q3,base pay,Dana Ruiz,"65,000.00",,,\n'
    '2026-Q3,SE,,,0.5,"60,000.00",Lee helps\n'
)


def test_costs_come_in_once_and_are_taken_back(curve, rep, member):
    stood = make_cost(curve, QUARTERS[-1], 1, rep=rep)
    run = imported(curve, member, COSTS, "cost_lines", FIGURES)
    again = imported(curve, member, COSTS, "cost_lines", FIGURES)

    shared = CostLine.objects.current().get(rep=None)
    assert (run.result, again.result) == ({"filled": 1, "created": 1}, {"same": 2})
    assert (shared.amount_minor, shared.note) == (30 * THOUSAND, "Lee helps")
    undone(run, member)
    amounts = CostLine.objects.current().values_list("kind", "amount_minor")
    assert dict(amounts) == {"base": stood.amount_minor}


def test_an_exported_list_comes_in_as_it_went_out(
    curve, rep, member, client, workspace
):
    make_rep_quarter(curve, rep, QUARTERS[-1], 123_456_78, margin_minor=None, fte=0.5)
    make_cost(curve, QUARTERS[-1], 30 * THOUSAND, rep=rep, note="Both")
    day = date(2026, 7, 1)
    make_deal(curve, outcome="won", rep=rep, outside_id="7", steps=[("Demo", day)])
    client.force_login(member)

    def file(page, *args):
        address = reverse(f"forecasts:{page}", args=[workspace.slug, *args])
        parts = client.get(address + "?format=csv").streaming_content
        return b"".join(parts).decode()

    tables = {
        "rep_quarters": (file("quarter_list", curve.pk), FIGURES),
        "cost_lines": (file("cost_list", curve.pk), FIGURES),
        "deals": (file("deal_list"), DEALS),
    }

    results = {
        kind: checked(curve, member, text, kind, choices).result
        for kind, (text, choices) in tables.items()
    }
    assert results == {kind: {"same": 1} for kind in tables}
