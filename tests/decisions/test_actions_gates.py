"""No path signs a held commitment; an approval is of its terms and of seven days."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from core.models import ActivityEntry
from core.revisions import OutdatedError
from decisions.actions import check_gate, edit_commitment, sign_commitment
from decisions.errors import HeldError
from decisions.gate_limits import USUAL
from decisions.models import Alert, Commitment, GateCheck
from forecasts.actions import record_actual
from forecasts.models import Metric
from tests.decisions.cases import follow, report, stop_on
from tests.decisions.commitments import (
    CASH,
    counting,
    large,
    make_commitment,
    scaling,
    with_cash,
)
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def venture(workspace):
    return with_cash(workspace)


def known_enough(workspace, **fields):
    """Six weeks of good numbers, judged."""
    metric = follow(workspace, **fields)
    report(metric, [8100] * 6)
    Metric.objects.filter(pk=metric.pk).update(evidence_rev=0)
    return metric


def check(commitment, by, now=NOW):
    check_gate(commitment, by=by, now=now)
    commitment.refresh_from_db()
    return commitment


def sign(commitment, by, now=NOW, rev=None):
    rev = commitment.rev if rev is None else rev
    return sign_commitment(commitment, by=by, now=now, rev=rev)


def status_of(commitment):
    return Commitment.objects.values_list("status", flat=True).get(pk=commitment.pk)


def test_what_is_small_passes_and_is_signed(venture, founder):
    small = check(make_commitment(venture), founder)
    assert small.status == "approved"

    signed = sign(small, founder)

    assert (signed.status, signed.signed_by, signed.signed_at) == (
        "signed",
        founder,
        NOW,
    )
    checks = GateCheck.objects.filter(commitment=small).order_by("at_signing")
    assert [one.at_signing for one in checks] == [False, True]
    assert [one.result for one in checks] == ["passed", "passed"]


def test_a_warning_holds_nothing(venture, founder):
    modest = check(make_commitment(venture, amount_minor=CASH // 20), founder)

    kept = modest.gate_checks.get()
    assert (kept.gate_class, kept.result, kept.met, kept.asked) == ("B", "warned", 0, 3)
    assert sign(modest, founder).status == "signed"


def test_the_snapshot_says_what_was_asked_and_found(venture, founder):
    alert = stop_on(venture, owner=founder, name="Orders per day")

    held = check(scaling(venture), founder)

    kept = held.gate_checks.get()
    assert (kept.result, held.status) == ("held", "held")
    assert kept.open_alerts == [{"id": str(alert.pk), "metric": "Orders per day"}]
    assert kept.conditions[0] == {
        "about": "question",
        "number": 1,
        "sentence": "Question 1 at least 4 (is 0)",
        "is_met": False,
    }
    words = [one["sentence"] for one in kept.conditions]
    assert "No open stop (Orders per day)" in words


def test_checks_are_never_rewritten(venture, founder):
    kept = check(make_commitment(venture), founder).gate_checks.get()

    with pytest.raises(TypeError):
        kept.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        GateCheck.objects.filter(pk=kept.pk)._raw_delete("default")


# --- held ------------------------------------------------------------------------
def test_what_was_never_checked_is_not_signed(venture, founder):
    small = make_commitment(venture)

    with pytest.raises(ValidationError, match="Check the gate first"):
        sign(small, founder)

    assert status_of(small) == "proposed"


def test_a_held_one_is_not_signed(venture, founder):
    held = check(large(venture), founder)

    with pytest.raises(HeldError) as refusal:
        sign(held, founder)

    assert refusal.value.gate.unmet
    assert status_of(held) == "held"


def test_what_became_worse_since_the_approval_holds_at_the_signature(venture, founder):
    metric = known_enough(venture)
    with counting(4):
        plan = check(scaling(venture, metric=metric), founder)
        assert plan.status == "approved"
        stop_on(venture, owner=founder)

        with pytest.raises(HeldError):
            sign(plan, founder)

    assert status_of(plan) == "approved"


def test_numbers_that_nobody_has_judged_hold_it_too(venture, founder):
    metric = known_enough(venture, periods=12)
    with counting(4):
        plan = check(scaling(venture, metric=metric), founder)
        Metric.objects.filter(pk=metric.pk).update(evidence_rev=1)

        with pytest.raises(HeldError) as refusal:
            sign(plan, founder)

    (lacks,) = refusal.value.gate.unmet
    assert "not judged yet" in lacks.sentence


def test_a_score_that_fell_holds_it(venture, founder):
    metric = known_enough(venture)
    with counting(4):
        plan = check(scaling(venture, metric=metric), founder)

    with counting(4, q7=3), pytest.raises(HeldError):
        sign(plan, founder)


def test_cash_that_went_holds_it(venture, founder):
    small = check(make_commitment(venture), founder)
    with_cash(venture, cash_in_hand_minor=10)
    small.workspace.refresh_from_db()

    with pytest.raises(HeldError):
        sign(small, founder)


@pytest.mark.parametrize(("days", "is_signed"), [(6, True), (7, False)])
def test_an_approval_is_good_for_seven_days(venture, founder, days, is_signed):
    small = check(make_commitment(venture), founder)
    later = NOW + timedelta(days=days)

    if is_signed:
        assert sign(small, founder, later).status == "signed"
    else:
        with pytest.raises(ValidationError):
            sign(small, founder, later)
        check(small, founder, later)
        assert sign(small, founder, later).status == "signed"
    assert timedelta(days=7) == USUAL.valid_for


@pytest.mark.parametrize(
    "change",
    [
        {"amount_minor": CASH // 90},
        {"starts_on": TODAY - timedelta(days=1)},
        {"ends_on": TODAY + timedelta(days=1)},
        {"tranches": [{"amount_minor": 5, "due_on": TODAY.isoformat()}]},
        {"notice_days": 29},
        {"counterparty": "Somebody else"},
    ],
)
def test_other_terms_need_another_approval(venture, founder, change):
    small = check(make_commitment(venture), founder)

    edited = edit_commitment(small, by=founder, now=NOW, rev=small.rev, **change)

    assert (edited.status, edited.terms) == ("proposed", 2)
    with pytest.raises(ValidationError):
        sign(edited, founder)


def test_other_words_need_none(venture, founder):
    small = check(make_commitment(venture), founder)

    edited = edit_commitment(small, by=founder, now=NOW, rev=small.rev, notes="Hm.")

    assert (edited.status, edited.terms) == ("approved", 1)
    assert sign(edited, founder).status == "signed"


def test_terms_put_back_stay_without_approval(venture, founder):
    small = check(make_commitment(venture), founder)
    amount = small.amount_minor
    edit_commitment(small, by=founder, now=NOW, amount_minor=amount + 1)

    edited = edit_commitment(small, by=founder, now=NOW, amount_minor=amount)

    assert edited.terms == 3
    with pytest.raises(ValidationError):
        sign(edited, founder)


def test_a_form_drawn_before_somebody_edited_signs_nothing(venture, founder):
    small = check(make_commitment(venture), founder)
    before = small.rev
    edit_commitment(small, by=founder, now=NOW, amount_minor=CASH * 9)
    check(small, founder)

    with pytest.raises(OutdatedError):
        sign(small, founder, rev=before)


def test_a_second_signature_finds_the_first(venture, founder):
    small = check(make_commitment(venture), founder)
    sign(small, founder)

    with pytest.raises(OutdatedError):
        sign(small, founder, rev=1)
    with pytest.raises(ValidationError):
        sign(small, founder, rev=2)
    assert ActivityEntry.objects.filter(verb="commitment.signed").count() == 1


def test_what_is_signed_is_not_edited_or_checked(venture, founder):
    small = check(make_commitment(venture), founder)
    sign(small, founder)

    with pytest.raises(ValidationError):
        edit_commitment(small, by=founder, now=NOW, amount_minor=1)
    with pytest.raises(ValidationError):
        check_gate(small, by=founder, now=NOW)


# --- what the gate reads ---------------------------------------------------------
def words_of(commitment, by):
    kept = check(commitment, by).gate_checks.first()
    return [one["sentence"] for one in kept.conditions]


def test_periods_are_those_of_its_metric_since_shipping(venture, founder):
    metric = known_enough(venture)
    other = follow(venture, ended=2)
    report(other, [8100, 8100])
    with_cash(venture, first_shipped_on=TODAY - timedelta(days=9))

    lines = words_of(scaling(venture, metric=metric), founder)
    assert "2 periods of actuals since first shipping (is 2)" in lines
    with_cash(venture)
    lines = words_of(scaling(venture, metric=other), founder)
    assert "2 periods of actuals since first shipping (is 2)" in lines
    assert any("(is 6)" in line for line in words_of(scaling(venture), founder))


def test_vanity_counts_nothing(venture, founder):
    metric = known_enough(venture, is_vanity=True)

    lines = words_of(scaling(venture, metric=metric), founder)
    assert "2 periods of actuals since first shipping (is 0)" in lines
    lines = words_of(scaling(venture), founder)
    assert "2 periods of actuals since first shipping (is 0)" in lines


def test_a_corrected_number_is_one_period(venture, founder):
    metric = known_enough(venture)
    first = metric.actuals.order_by("period_start").first()
    type(first)(
        workspace=venture,
        metric=metric,
        period_start=first.period_start,
        period_end=first.period_end,
        value=1,
        supersedes=first,
        reason="A wrong column.",
        recorded_at=NOW,
    ).save()

    lines = words_of(scaling(venture, metric=metric), founder)
    assert any("(is 6)" in line for line in lines)


def test_a_stop_of_another_venture_holds_nothing(venture, founder, stranger):
    elsewhere = stranger.memberships.get().workspace
    stop_on(elsewhere)
    assert Alert.objects.exists()

    lines = words_of(scaling(venture), founder)

    assert "No open stop" in lines


def test_a_number_recorded_today_is_waiting(venture, founder):
    metric = follow(venture, name="Baskets")
    start = TODAY - timedelta(weeks=6)
    record_actual(
        metric,
        by=founder,
        now=NOW,
        period_start=start,
        period_end=start + timedelta(days=6),
        value=1,
    )

    lines = words_of(scaling(venture), founder)

    assert "No open stop (numbers not judged yet: Baskets)" in lines
