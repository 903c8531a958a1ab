"""Reps that a commitment would hire, against what the phase of selling allows."""

from datetime import timedelta

import pytest

from core.models import ActivityEntry
from decisions.actions import (
    add_commitment,
    check_gate,
    edit_commitment,
    sign_commitment,
)
from decisions.actions.hiring import note_hirings
from decisions.errors import HeldError
from decisions.gates import Result
from decisions.models import Commitment
from decisions.reports.commitment_list import listed, with_classes
from decisions.reports.gates import commitment_rows, gate_of
from decisions.tasks import note_selling_after
from decisions.terms import Purpose
from forecasts.actions import change_selling
from forecasts.models import RepKind
from tests.decisions.commitments import counting, make_commitment, with_cash
from tests.factories import NOW, TODAY, fresh_key
from tests.helpers import soup, text_of
from tests.selling import (
    QUARTERS,
    THOUSAND,
    make_cost,
    make_curve,
    make_deal,
    make_rep,
    make_rep_quarter,
)


# --- rows ------------------------------------------------------------------------
@pytest.fixture
def venture(workspace):
    return with_cash(workspace)


@pytest.fixture
def curve(venture):
    """Two Renaissance reps, who do not break even."""
    curve = make_curve(venture, "Rota", currency="USD")
    for rep in (make_rep(venture), make_rep(venture)):
        for start in QUARTERS:
            make_rep_quarter(curve, rep, start, 10 * THOUSAND)
    for start in QUARTERS:
        make_cost(curve, start)
    return curve


def hire(curve, by, **fields):
    usual = {
        "title": f"Reps {fresh_key()}",
        "kind": Commitment.Kind.FIRST_REPS,
        "hires": 2,
        "hire_kind": "renaissance",
        "sales_curve": curve,
        "currency": "USD",
        "amount_minor": 1_000_000,
        "starts_on": TODAY,
        "ends_on": TODAY + timedelta(days=200),
        "notice_days": 30,
        "reversible_share": 100,
    }
    workspace = fields.pop("workspace", None) or curve.workspace
    return add_commitment(workspace, by=by, now=NOW, **usual | fields)


def gate(row):
    return gate_of(commitment_rows(row.workspace).get(pk=row.pk), now=NOW).gate


@pytest.mark.parametrize(
    ("fields", "gate_class", "result"),
    [
        ({}, "B", Result.PASSED),
        ({"kind": "more_reps"}, "B", Result.PASSED),
        ({"hires": 3}, "C", Result.HELD),
        ({"hire_kind": "coin_operated"}, "C", Result.HELD),
    ],
)
def test_while_learning(curve, founder, fields, gate_class, result):
    row = hire(curve, founder, **fields)

    with counting(4):
        found = gate(row)

    assert (found.gate_class, found.result) == (gate_class, result)
    assert row.hiring == {
        "phase": "initiation",
        "most": "4",
        "now": "2.00",
        "others": 0,
    }


def test_a_curve_that_is_not_ready_allows_nobody(venture, founder):
    curve = make_curve(venture, ready_on=None)
    row = hire(curve, founder)

    with counting(4):
        found = gate(row)

    assert (found.gate_class, found.result) == ("B", Result.WARNED)
    assert [one.sentence for one in found.unmet] == [
        "No rep is hired before sale (would be: 2)"
    ]


def test_without_a_curve_nobody_is_hired(venture, founder):
    row = hire(None, founder, workspace=venture)

    assert row.what_it_hires.is_before_sale
    assert row.purpose is Purpose.FIRST


def test_two_halves_of_a_plan_count_together(curve, founder):
    first = hire(curve, founder)
    second = hire(curve, founder)
    note_hirings(curve.workspace, now=NOW)
    hire(curve, founder, is_idea=True)

    for row in (first, second):
        row.refresh_from_db()
        assert row.hiring["others"] == 2
        assert row.purpose is Purpose.SCALING


def test_who_was_just_signed_counts_until_they_stand_in_the_figures(curve, founder):
    def others(days):
        signed = NOW - timedelta(days=days)
        Commitment.objects.filter(pk=first.pk).update(status="signed", signed_at=signed)
        return hire(curve, founder, is_idea=True).hiring["others"]

    first = hire(curve, founder, hires=1)

    assert others(days=10) == 1
    assert others(days=100) == 0


def test_a_gate_is_checked_against_the_figures_of_that_moment(curve, founder):
    row = hire(curve, founder)
    for _ in range(2):
        rep = make_rep(curve.workspace, started_on=QUARTERS[0])
        make_rep_quarter(curve, rep, QUARTERS[-1], 10 * THOUSAND)

    with counting(4):
        check = check_gate(row, by=founder, now=NOW)

    assert (check.gate_class, check.result) == ("C", "held")
    hiring = [one for one in check.conditions if one["about"] == "hiring"]
    assert [one["is_met"] for one in hiring] == [False, True]
    assert "(4 now, 2 hired: 6)" in hiring[0]["sentence"]


def test_a_signature_is_refused_where_the_room_was_taken_meanwhile(curve, founder):
    row = hire(curve, founder)
    with counting(4):
        check_gate(row, by=founder, now=NOW)
        hire(curve, founder, hires=1)
        row.refresh_from_db()
        with pytest.raises(HeldError):
            sign_commitment(row, by=founder, now=NOW, rev=row.rev)


def test_list_and_page_say_the_same_class(curve, founder):
    rows = [hire(curve, founder, hires=1), hire(curve, founder, hires=3)]
    workspace = curve.workspace
    note_hirings(workspace, now=NOW)
    classes = {
        one.row.pk: one.gate_class
        for one in with_classes(workspace, listed(workspace), NOW)
    }

    with counting(4):
        assert classes == {row.pk: gate(row).gate_class for row in rows}


def test_traction_without_question_8_allows_no_coin_operated_rep(venture, founder):
    curve = make_curve(venture, currency="USD")
    for number in range(2):
        rep = make_rep(venture)
        for start in QUARTERS:
            make_rep_quarter(curve, rep, start, 1000 * THOUSAND)
            make_deal(
                curve,
                f"{number} {start}",
                rep=rep,
                outcome="won",
                opened_on=start,
                closed_on=start,
                paid_minor=100 * THOUSAND,
            )
    for start in QUARTERS:
        make_cost(curve, start)
    row = hire(curve, founder, hires=9, hire_kind="coin_operated")

    assert row.hiring["phase"] == "transition"  # question 8 counts nothing
    assert row.purpose is Purpose.SCALING


def test_figures_that_change_are_noted_by_a_task(curve, founder):
    row = hire(curve, founder)
    Commitment.objects.filter(pk=row.pk).update(hiring={})
    change_selling(curve.workspace, by=founder, now=NOW, initiation_cap=3)
    entry = ActivityEntry.objects.get(verb="selling_settings.changed")

    note_selling_after(str(entry.pk))

    row.refresh_from_db()
    assert row.hiring["most"] == "3"
    assert row.purpose is Purpose.SCALING


def test_what_is_signed_stays_as_it_was_signed(curve, founder):
    row = hire(curve, founder)
    Commitment.objects.filter(pk=row.pk).update(
        status="signed", signed_at=NOW, hiring={}
    )

    note_hirings(curve.workspace, now=NOW)

    row.refresh_from_db()
    assert row.hiring == {}


def test_another_number_of_reps_is_another_commitment(curve, founder):
    row = hire(curve, founder)

    changed = edit_commitment(row, by=founder, now=NOW, hires=3)

    assert changed.terms == row.terms + 1
    assert changed.purpose is Purpose.SCALING


def test_others_are_rated_as_before(venture):
    site = make_commitment(venture, kind=Commitment.Kind.NEW_SITE)
    reps = make_commitment(venture, kind=Commitment.Kind.MORE_REPS)

    assert site.purpose is reps.purpose is Purpose.SCALING
    assert site.what_it_hires is reps.what_it_hires is None


# --- pages -----------------------------------------------------------------------
@pytest.fixture
def typed(curve):
    return {
        "title": "Two reps",
        "kind": "first_reps",
        "hires": "2",
        "hire_kind": "renaissance",
        "sales_curve": str(curve.pk),
        "currency": "USD",
        "amount": "10000",
        "starts_on": "2026-11-02",
        "ends_on": "2027-05-02",
        "notice_days": "30",
        "reversible_share": "100",
    }


@pytest.fixture
def add_url(curve):
    return f"/w/{curve.workspace.slug}/commitments/new/"


def test_the_page_shows_whom_it_hires_and_leads_to_the_curve(
    client, founder, curve, typed, add_url
):
    client.force_login(founder)

    answer = client.post(
        add_url, typed | {"hires": "3", "form_key": fresh_key()}, follow=True
    )

    gate_part = soup(answer).find(id="gate")
    link = gate_part.find("a", string=lambda s: s and "At most 4 reps" in s)
    assert f"?curve={curve.pk}" in link["href"]
    assert "3 of the kind Renaissance rep" in text_of(answer)
    assert "It hires beyond what the phase of selling allows." in text_of(answer)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("hires", "Say how many reps."),
        ("hire_kind", "Say which kind of reps."),
        ("sales_curve", "Say what they would sell."),
    ],
)
def test_who_hires_says_whom(client, founder, typed, add_url, field, said):
    client.force_login(founder)

    answer = client.post(add_url, typed | {field: "", "form_key": fresh_key()})

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert soup(answer).find("input", attrs={"name": "title"})["value"] == "Two reps"


def test_a_founder_is_no_rep_to_hire(client, founder, typed, add_url):
    client.force_login(founder)

    answer = client.post(
        add_url, typed | {"hire_kind": RepKind.FOUNDER, "form_key": fresh_key()}
    )

    assert answer.status_code == 422


def test_what_hires_nobody_keeps_no_number(client, founder, typed, add_url):
    client.force_login(founder)

    client.post(add_url, typed | {"kind": "new_site", "form_key": fresh_key()})

    row = Commitment.objects.get()
    assert (row.hires, row.hire_kind, row.sales_curve) == (None, "", None)
