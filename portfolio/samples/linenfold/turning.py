"""The stop that ended the flat fee, and the version of the model that came of it."""

from datetime import date, timedelta
from decimal import Decimal

from core.weeks import Cadence, Period, following, period_of
from decisions.actions import (
    end_follow_up,
    judge_metric,
    record_decision,
    review_decision,
    save_step,
)
from decisions.following import Task
from decisions.models import Alert, Decision, FollowUp
from discovery.models import ModelVersion
from forecasts.actions import (
    PlannedPoint,
    add_metric,
    close_metric,
    record_actual,
    register_forecast,
)
from forecasts.models import Metric, ValueKind
from milestones.actions import carry_evidence, start_version
from milestones.reports.carrying import links_left

ENDED_AGO, DECIDED_AGO = 58, 56
HOPED, CAME = 12, 3
COUNTED = (12, 15, 19, 24, 27, 33)
AHEAD = 4
SPREAD = Decimal("0.25")
CARRIED = (2, 6)

STEPS = {
    1: {"belief": "A flat fee is easiest to sell: one number, no counting."},
    2: {
        "happened": "Three houses paid in the month, twelve were planned. Seven said no.",
        "is_actual_right": True,
    },
    3: {
        "questions": [2, 6],
        "customers_say": "",
        "no_talk_reason": "The ten talks were held before the month ended; four of them "
        "name the winter by themselves.",
        "explanations": {
            "price": {
                "for": "Four named the winter unasked",
                "against": "Two pay it without a word",
            },
            "demand": {
                "for": "Seven said no",
                "against": "All keep tallies by hand, and go on doing so",
            },
        },
    },
    4: {
        "depends": "The lease of the second room; it is put off until March.",
        "runway": "31,000 in hand, at 4,000 a month: seven months and a half.",
        "rescored": [2, 6],
        "keeps_scores": False,
    },
    5: {"draft": {}},
}


def add_turn(sample, market, numbers):
    sample.then(70, promise, sample, market, numbers)
    sample.then(ENDED_AGO, stop, sample, numbers)
    sample.then(DECIDED_AGO, decide, sample, numbers)
    sample.then(55, pivot, sample)
    sample.then(33, follow_through, sample, numbers)
    sample.then(25, look_back, sample, numbers)


def month_before(day: date) -> Period:
    return period_of(day.replace(day=1) - timedelta(days=1), Cadence.MONTHLY)


# --- the flat fee ----------------------------------------------------------------
def promise(sample, market, numbers):
    """One month was planned, before it began."""
    month = month_before(sample.on(ENDED_AGO))
    # before the month began, on whatever day the sample is loaded
    days = (sample.on(0) - month.start).days + 1
    planned_at = sample.ago(max(115, days))
    numbers["flat fee"] = add_metric(
        sample.workspace,
        by=sample.owner,
        now=planned_at,
        name="Hotels paying the flat fee",
        definition="Hotels that paid 49 for the month.",
        provenance="Invented.",
        unit="hotels",
        kind=Metric.Kind.FLOW,
        cadence=Cadence.MONTHLY,
        segment=market.segment,
        owner=sample.owner,
    )
    register_forecast(
        numbers["flat fee"],
        by=sample.owner,
        now=planned_at,
        points=[point(month, Decimal(HOPED))],
        rationale="Every second house that was asked.",
    )


def point(period, expected):
    margin = expected * SPREAD
    return PlannedPoint(
        period.start,
        period.end,
        expected,
        expected - margin,
        expected + margin,
        ValueKind.ILLUSTRATIVE,
        "Invented",
    )


def stop(sample, numbers):
    month = month_before(sample.on(ENDED_AGO))
    metric, now = numbers["flat fee"], sample.ago(ENDED_AGO)
    report(sample, metric, month, CAME, now)
    judge_metric(metric.pk, now=now)


def report(sample, metric, period, value, now):
    return record_actual(
        metric,
        by=sample.owner,
        now=now,
        period_start=period.start,
        period_end=period.end,
        value=Decimal(value),
        value_kind=ValueKind.ILLUSTRATIVE,
        source="Invented",
    )


def decide(sample, numbers):
    """The metric ends with the fee: the next stop rule stands on the next number."""
    alert = Alert.objects.get(metric=numbers["flat fee"])
    now, rev = sample.ago(DECIDED_AGO), 0
    for step, values in STEPS.items():
        rev = save_step(
            alert, by=sample.founder, step=step, values=values, rev=rev, now=now
        ).rev
    numbers["deliveries"] = follow_deliveries(sample, numbers["flat fee"].segment, now)
    record_decision(
        alert,
        by=sample.owner,
        kind="pivot",
        reasons="The trouble is real: ten of eleven tell it and keep tallies against "
        "it. What they refuse is a fee that runs through an empty winter. We keep the "
        "customers and the count, and change what is paid for: a small fee, and a bit "
        "for each delivery that was counted.",
        change="The price: 30 a month and 2 for each delivery counted.",
        dissent="Jonas would have tried a lower flat fee first.",
        review_on=sample.on(26),
        follow_ups=[
            Task("Offer the new price.", str(sample.founder.pk), sample.on(30))
        ],
        rule_metric=str(numbers["deliveries"].pk),
        rule_comparison="at_least",
        rule_mark=Decimal(15),
        rule_by=sample.on(26),
        now=now,
    )
    close_metric(numbers["flat fee"], by=sample.owner, now=now)


def follow_deliveries(sample, segment, now):
    return add_metric(
        sample.workspace,
        by=sample.owner,
        now=now,
        name="Deliveries counted",
        definition="Deliveries counted at the door and signed by the driver, by week.",
        provenance="Invented.",
        unit="deliveries",
        cadence=Cadence.WEEKLY,
        segment=segment,
        owner=sample.founder,
    )


def follow_through(sample, numbers):
    end_follow_up(
        FollowUp.objects.get(decision__alert__metric=numbers["flat fee"]),
        by=sample.founder,
        outcome="Offered to all eleven houses; six took it on the spot.",
        now=sample.ago(33),
    )


def look_back(sample, numbers):
    review_decision(
        Decision.objects.get(alert__metric=numbers["flat fee"]),
        by=sample.owner,
        verdict="held",
        words="Deliveries counted rose every week since, and nobody asked for the flat "
        "fee back.",
        now=sample.ago(25),
    )


# --- the next version ------------------------------------------------------------
def pivot(sample):
    start_version(
        sample.workspace,
        by=sample.owner,
        changes=[ModelVersion.Change.PRICE],
        what_changed="The fee follows the linen: 30 a month and 2 for each delivery "
        "counted, in place of 49 a month through the winter.",
        now=sample.ago(55),
    )
    sample.ask_anew()
    for number in CARRIED:
        question = sample.question(number)
        carry_evidence(
            question, links_left(question), by=sample.founder, now=sample.ago(55)
        )


def add_deliveries(sample, numbers):
    """Counted by week from first customer ship on; each week lies in its range."""
    first = following(period_of(sample.on(50), Cadence.WEEKLY))
    periods = [first]
    for _week in range(len(COUNTED) + AHEAD - 1):
        periods.append(following(periods[-1]))
    sample.then(50, plan_deliveries, sample, numbers, periods)
    for number, (period, value) in enumerate(
        zip(periods, COUNTED, strict=False), start=1
    ):
        ago = (sample.on(0) - period.end).days - 1
        sample.then(ago, count_week, sample, numbers, number, period, value, ago)


def plan_deliveries(sample, numbers, periods):
    register_forecast(
        numbers["deliveries"],
        by=sample.founder,
        now=sample.ago(50),
        points=[point(p, Decimal(12 + 4 * n)) for n, p in enumerate(periods)],
        rationale="Two houses more each second week, two deliveries a week each.",
    )


def count_week(sample, numbers, number, period, value, ago):
    numbers[f"week {number}"] = report(
        sample, numbers["deliveries"], period, value, sample.ago(ago)
    )
