"""Written down, staged, and closed."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core.models import ActivityEntry
from core.revisions import OutdatedError
from decisions.actions import (
    add_commitment,
    check_gate,
    close_commitment,
    edit_commitment,
    propose_smaller_step,
    sign_commitment,
)
from decisions.models import Commitment
from decisions.reports.together import pool_of, rating_of
from tests.decisions.commitments import (
    CASH,
    MILLION,
    large,
    make_commitment,
    scaling,
    tranche,
    with_cash,
)
from tests.factories import NOW, TODAY

CLOSING = "The landlord would not move on the price."

pytestmark = pytest.mark.django_db


@pytest.fixture
def venture(workspace):
    return with_cash(workspace)


def test_what_is_added_is_proposed_or_an_idea(venture, founder):
    fields = {"currency": "USD", "amount_minor": 5, "starts_on": TODAY}
    fields |= {"ends_on": TODAY, "title": "Van"}

    plan = add_commitment(venture, by=founder, now=NOW, **fields)
    idea = add_commitment(venture, by=founder, now=NOW, is_idea=True, **fields)

    assert (plan.status, idea.status) == ("proposed", "idea")
    entries = ActivityEntry.objects.filter(verb="commitment.added")
    assert {entry.subject_id for entry in entries} == {plan.pk, idea.pk}
    assert all(entry.data == {} for entry in entries)


@pytest.mark.parametrize(
    ("before", "is_idea", "after", "terms"),
    [
        ("idea", True, "idea", 1),
        ("idea", False, "proposed", 1),
        ("approved", True, "idea", 2),
        ("approved", False, "approved", 1),
        ("held", None, "held", 1),
    ],
)
def test_an_idea_is_no_proposal(venture, founder, before, is_idea, after, terms):
    row = make_commitment(venture, status=before)

    edited = edit_commitment(row, by=founder, now=NOW, is_idea=is_idea)

    assert (edited.status, edited.terms) == (after, terms)


def test_no_save_is_lost(venture, founder):
    row = make_commitment(venture)
    edit_commitment(row, by=founder, now=NOW, rev=1, notes="one")

    with pytest.raises(OutdatedError):
        edit_commitment(row, by=founder, now=NOW, rev=1, notes="two")


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount_minor": 0},
        {"cancel_minor": -1},
        {"value_minor": 0},
        {"ends_on": TODAY.replace(year=2020)},
        {"reversible_share": 101},
        {"status": "signed"},
    ],
)
def test_the_database_refuses(venture, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_commitment(venture, **wrong)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "A"),
        ({"notice_days": None}, "B"),
        ({"kind": "pilot_tools"}, "B"),
        ({"kind": "first_reps"}, "B"),
        ({"kind": "more_reps"}, "C"),
        ({"kind": "launch"}, "C"),
        ({"kind": "new_site"}, "C"),
        ({"currency": "JPY"}, "D"),
        ({"currency": "JPY", "value_minor": CASH // 20}, "B"),
    ],
)
def test_the_class_of_a_row(venture, fields, expected):
    row = make_commitment(venture, **fields)
    assert rating_of(row, pool_of(venture, NOW)).gate_class == expected


# --- the smaller step ------------------------------------------------------------
def test_the_first_tranche_goes_alone_with_its_rule(venture, founder):
    first = tranche(CASH // 20)
    deal = large(
        venture,
        tranches=[first, tranche(2 * MILLION - CASH // 20)],
        counterparty="Bechtel",
        cancel_minor=MILLION,
        questions=[10],
    )

    step = propose_smaller_step(deal, by=founder, now=NOW, rev=1)

    deal.refresh_from_db()
    assert (deal.status, step.status, step.step_of) == ("staged", "proposed", deal)
    assert (step.amount_minor, step.tranches) == (CASH // 20, [first])
    assert (step.counterparty, step.questions) == ("Bechtel", [10])
    assert step.cancel_minor == CASH // 40
    assert step.title == "Second hall: smaller step"
    assert check_gate(step, by=founder, now=NOW).result == "warned"


def test_else_the_largest_part(venture, founder):
    deal = large(venture, title="x" * 120)

    step = propose_smaller_step(deal, by=founder, now=NOW)

    assert (step.amount_minor, step.tranches) == (CASH // 10, [])
    assert step.title.endswith("x: smaller step")
    assert len(step.title) == 120


def test_the_whole_is_not_signed_any_more(venture, founder):
    deal = large(venture)
    propose_smaller_step(deal, by=founder, now=NOW)
    deal.refresh_from_db()

    with pytest.raises(ValidationError):
        sign_commitment(deal, by=founder, now=NOW, rev=deal.rev)
    with pytest.raises(ValidationError):
        check_gate(deal, by=founder, now=NOW)
    with pytest.raises(ValidationError):
        propose_smaller_step(deal, by=founder, now=NOW)
    assert Commitment.objects.count() == 2


@pytest.mark.parametrize(
    ("make", "cash"), [(make_commitment, CASH), (large, None), (scaling, CASH)]
)
def test_where_no_smaller_step_is_allowed(venture, founder, make, cash):
    day = TODAY if cash else None
    with_cash(venture, cash_in_hand_minor=cash, cash_as_of=day)

    with pytest.raises(ValidationError, match="No smaller step"):
        propose_smaller_step(make(venture), by=founder, now=NOW)


def test_of_another_currency_the_value_follows(venture, founder):
    deal = large(venture, currency="JPY", value_minor=MILLION * 2)

    step = propose_smaller_step(deal, by=founder, now=NOW)

    assert step.value_minor == CASH // 10
    assert rating_of(step, pool_of(venture, NOW)).gate_class == "B"


# --- the end ---------------------------------------------------------------------
@pytest.mark.parametrize("status", ["idea", "proposed", "held", "approved", "staged"])
def test_what_was_not_signed_is_cancelled(venture, founder, status):
    row = make_commitment(venture, status=status)

    closed = close_commitment(row, by=founder, now=NOW, closing=CLOSING, rev=1)

    assert (closed.status, closed.closed_by) == ("cancelled", founder)
    with pytest.raises(ValidationError, match="closed already"):
        close_commitment(row, by=founder, now=NOW, closing=CLOSING)


def test_what_was_not_signed_does_not_end(venture, founder):
    row = make_commitment(venture)

    with pytest.raises(ValidationError, match="can be cancelled"):
        close_commitment(row, by=founder, now=NOW, closing=CLOSING, outcome="ended")


@pytest.mark.parametrize("outcome", ["ended", "cancelled"])
def test_what_was_signed_ends_or_is_cancelled(venture, founder, outcome):
    row = make_commitment(venture, status="signed", signed_at=NOW, signed_by=founder)

    closed = close_commitment(
        row, by=founder, now=NOW, closing="It ran out on its day.", outcome=outcome
    )

    assert (closed.status, closed.signed_at) == (outcome, NOW)
    assert ActivityEntry.objects.filter(verb=f"commitment.{outcome}").exists()


@pytest.mark.parametrize("closing", ["", "No.", "\u2060" * 80])
def test_what_ends_says_what_came_of_it(venture, founder, closing):
    row = make_commitment(venture, by=founder)

    with pytest.raises(ValidationError):
        close_commitment(row, by=founder, now=NOW, closing=closing)
