"""Writes a sales curve: who sold, what it brought and cost, the deals, what was learned.

Its quarters are those that ended before the day on which it is entered, so that a
sample can be loaded on any day.
"""

from datetime import date, timedelta
from decimal import Decimal

from core.money import to_minor
from core.weeks import Cadence, period_of, preceding
from forecasts.actions import (
    Cost,
    Sold,
    add_curve,
    add_deal,
    add_learning,
    add_rep,
    add_step,
    record_costs,
    record_quarters,
)
from forecasts.models import ValueKind

ENTERED_AGO = 3
OF_REP = ("base", "variable", "burden", "travel", "tools")
MARGIN = Decimal("0.7")
CLOSED_AFTER = 60
DAYS_OF_MONTH = 31


def add_selling(sample, selling):
    sample.then(ENTERED_AGO, enter, sample, selling)


def enter(sample, selling):
    told = {"by": sample.owner, "now": sample.ago(ENTERED_AGO)}
    starts = quarters(sample, max(len(one.revenue) for one in selling.sellers))
    curve = add_curve(
        sample.workspace,
        product=selling.product,
        channel=selling.channel,
        segment=None,
        currency=sample.workspace.currency,
        ready_on=starts[0],
        **told,
    )
    reps = {one.name: hire(sample, one, starts, told) for one in selling.sellers}
    figures = [
        figure
        for one in selling.sellers
        for figure in sold_by(one, reps[one.name], starts, curve.currency)
    ]
    record_quarters(curve, figures, **told)
    record_costs(curve, [*costs_of(selling, reps, starts, curve.currency)], **told)
    for one in selling.deals:
        deal(curve, one, reps[one.seller], starts, told)
    for one in selling.learned:
        note(curve, one, starts, told)


def quarters(sample, count) -> list[date]:
    """First days of the last so many that are over, the oldest first."""
    period = period_of(sample.on(ENTERED_AGO), Cadence.QUARTERLY)
    found = []
    for _quarter in range(count):
        period = preceding(period)
        found.append(period.start)
    return found[::-1]


def hire(sample, one, starts, told):
    began = starts[0] - timedelta(days=one.before * DAYS_OF_MONTH)
    if one.before < 0:
        began = starts[one.before] + timedelta(days=9)
    return add_rep(
        sample.workspace,
        name=one.name,
        kind=one.kind,
        user=sample.owner if one.is_owner else None,
        started_on=began,
        ramp_months=3,
        left_on=None,
        **told,
    )


def sold_by(one, rep, starts, currency):
    for start, amount in zip(starts[-len(one.revenue) :], one.revenue, strict=True):
        revenue = to_minor(Decimal(amount), currency)
        yield Sold(
            rep=rep,
            quarter_start=start,
            fte=Decimal(1),
            bookings_minor=revenue,
            revenue_minor=revenue,
            margin_minor=int(revenue * MARGIN),
            value_kind=ValueKind.ILLUSTRATIVE,
        )


def costs_of(selling, reps, starts, currency):
    for one in selling.sellers:
        for start in starts[-len(one.revenue) :]:
            for kind, amount in zip(OF_REP, one.pay, strict=False):
                if amount:
                    whole = to_minor(Decimal(amount), currency)
                    yield cost(start, kind, whole, rep=reps[one.name])
    for shared in selling.shared:
        for start in starts:
            yield shared_cost(shared, start, currency)


def shared_cost(shared, start, currency):
    amount = to_minor(Decimal(shared.amount), currency)
    if not shared.people:
        return cost(start, shared.kind, amount, note=shared.note)
    people, one = Decimal(shared.people), to_minor(Decimal(shared.one), currency)
    share = {"se_fte": people, "se_cost_minor": one, "note": shared.note}
    return cost(start, shared.kind, int(people * one), **share)


def cost(start, kind, amount, **fields):
    known = {"value_kind": ValueKind.ILLUSTRATIVE}
    return Cost(quarter_start=start, kind=kind, amount_minor=amount, **fields, **known)


def deal(curve, one, rep, starts, told):
    opened = starts[one.quarter] + timedelta(days=4)
    currency = one.currency or curve.currency
    is_over = one.outcome != "open"
    closed = opened + timedelta(days=CLOSED_AFTER) if is_over else None
    paid = None if one.paid is None else to_minor(Decimal(one.paid), currency)
    row = add_deal(
        curve.workspace,
        curve=curve,
        rep=rep,
        title=one.title,
        currency=currency,
        list_minor=to_minor(Decimal(one.listed), currency),
        paid_minor=paid,
        opened_on=opened,
        expected_on=opened + timedelta(days=CLOSED_AFTER),
        closed_on=closed,
        outcome=one.outcome,
        reasons=one.reasons,
        champion="decision_maker" if is_over else "",
        **told,
    )
    for name, days in one.steps:
        add_step(row, name=name, on=opened + timedelta(days=days), **told)


def note(curve, one, starts, told):
    add_learning(
        curve,
        area=one.area,
        changed_on=starts[one.quarter] + timedelta(days=9),
        changed=one.changed,
        expected=one.expected,
        learned=one.learned,
        **told,
    )
