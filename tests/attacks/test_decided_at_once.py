"""The four that no path may do, tried by several hands in the same moment."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from core.revisions import OutdatedError
from decisions.actions import (
    change_gate,
    check_gate,
    edit_commitment,
    judge_metric,
    record_decision,
    review_decision,
    save_step,
    sign_commitment,
)
from decisions.errors import DecidedError, HeldError, IncompleteError, SettledError
from decisions.models import Alert, Commitment, Decision, DecisionReview, GateCheck
from forecasts.actions import revise_forecast
from forecasts.models import Forecast
from milestones.conflicts import OutdatedError as OutdatedStepError
from tests.decisions.cases import (
    BAD,
    LATER,
    REASONS,
    decide,
    evaluate,
    follow,
    follow_up,
    report,
    stop_on,
)
from tests.decisions.commitments import MILLION, make_commitment, with_cash
from tests.decisions.test_actions_deciding import lowered
from tests.decisions.test_at_once import NO_REACTIONS, at_once
from tests.factories import NOW

REFUSED = (
    *(DecidedError, SettledError, HeldError, IncompleteError),
    *(OutdatedError, OutdatedStepError, ValidationError),
)
HANDS = 4

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("second_of_november"),
]


@pytest.fixture(autouse=True)
def _quiet(settings):
    """Nothing judges but what a test starts."""
    settings.REACTIONS = "tests.attacks.test_decided_at_once.NO_REACTIONS"
    assert NO_REACTIONS == {}


def tried(task):
    """What it gave, or how it was refused."""

    def attempt():
        try:
            return task()
        except REFUSED as error:
            return error

    return attempt


def done(results):
    return [one for one in results if not isinstance(one, Exception)]


def test_one_decision_of_many_hands_and_it_stays_as_recorded(workspace, owner, founder):
    alert = stop_on(workspace, owner=owner)
    rev = evaluate(alert, by=owner).rev
    fields = {"kind": "stop", "reasons": REASONS, "review_on": LATER}

    def deciding(by):
        return lambda: record_decision(
            alert, by=by, now=NOW, rev=rev, follow_ups=(follow_up(owner),), **fields
        )

    def saving():
        values = {"draft": {"kind": "persevere", "reasons": "No."}}
        save_step(alert, by=founder, step=5, values=values, rev=rev, now=NOW)
        return

    at_once(*map(tried, [deciding(owner), deciding(founder), saving, saving]))

    alert.refresh_from_db()
    assert Decision.objects.count() == (alert.closed_at is not None)
    for decision in Decision.objects.all():
        assert (decision.kind, decision.reasons) == ("stop", REASONS)


def test_one_judgement_of_a_decision(workspace, owner):
    decision = decide(stop_on(workspace, owner=owner), by=owner)
    words = "It came as we had said, in every week."
    tasks = [
        tried(
            lambda verdict=verdict: review_decision(
                decision, by=owner, verdict=verdict, words=words, now=NOW
            )
        )
        for verdict in ("held", "failed", "unclear", "held")
    ]

    results = at_once(*tasks)

    assert len(done(results)) == DecisionReview.objects.count() == 1


def test_one_signature(workspace, owner):
    row = make_commitment(with_cash(workspace))
    check_gate(row, by=owner, now=NOW)
    rev = Commitment.objects.get().rev

    signing = tried(lambda: sign_commitment(row, by=owner, now=NOW, rev=rev))
    results = at_once(*[signing] * HANDS)

    assert len(done(results)) == 1
    assert GateCheck.objects.filter(at_signing=True).count() == 1


def test_parts_of_one_thing_signed_at_once_are_not_more_than_their_whole_may_be(
    workspace, owner
):
    """Each of 6 %; two would be 12. Ideas count nothing until they are proposed."""
    with_cash(workspace)
    parts = [
        make_commitment(
            workspace, f"Hall {n}", status="idea", amount_minor=6 * MILLION // 100
        )
        for n in range(HANDS)
    ]

    def hurried(part):
        check_gate(part, by=owner, now=NOW)
        rev = Commitment.objects.get(pk=part.pk).rev
        return sign_commitment(part, by=owner, now=NOW, rev=rev)

    results = at_once(*[tried(lambda part=part: hurried(part)) for part in parts])

    signed = Commitment.objects.filter(status="signed").count()
    assert len(done(results)) == signed <= 1


def test_other_terms_are_not_signed_under_an_approval_of_the_old(workspace, owner):
    row = make_commitment(with_cash(workspace))
    check_gate(row, by=owner, now=NOW)
    rev = Commitment.objects.get().rev

    at_once(
        tried(lambda: sign_commitment(row, by=owner, now=NOW, rev=rev)),
        tried(
            lambda: edit_commitment(
                row, by=owner, now=NOW, rev=rev, amount_minor=9 * MILLION
            )
        ),
    )

    after = Commitment.objects.get()
    assert (after.status, after.amount_minor) in [
        ("signed", MILLION // 100),
        ("proposed", 9 * MILLION),
    ]


def test_settings_that_change_meanwhile_let_nothing_held_through(workspace, owner):
    row = make_commitment(with_cash(workspace), amount_minor=12 * MILLION // 100)
    check_gate(row, by=owner, now=NOW)
    rev = Commitment.objects.get().rev
    signing = tried(lambda: sign_commitment(row, by=owner, now=NOW, rev=rev))

    at_once(
        signing,
        tried(lambda: change_gate(workspace, by=owner, now=NOW, modest_share=20)),
        signing,
    )

    assert Commitment.objects.get().status == "held"


def test_a_forecast_lowered_while_the_alert_is_raised_hides_nothing(workspace, owner):
    """Whichever is first, the alert stands; and from then on nothing lowers the plan."""
    metric = follow(workspace, owner=owner)
    report(metric, [BAD, BAD, BAD])
    plan, points = Forecast.objects.get(), lowered(metric)

    def lowering():
        return revise_forecast(
            plan, by=owner, now=NOW, points=points, reason="It was too high."
        )

    at_once(*[lambda: judge_metric(metric.pk, now=NOW)] * 2, tried(lowering))
    judge_metric(metric.pk, now=NOW)

    assert Alert.objects.get(family="shortfall").closed_at is None
    plan.refresh_from_db()
    assert plan.held_since == NOW
    lower = [replace(one, expected=Decimal(1)) for one in points]
    with pytest.raises(ValidationError):
        revise_forecast(plan, by=owner, now=NOW, points=lower, reason="Again.")
