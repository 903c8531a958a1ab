"""A sales curve with its reps, quarters, costs, deals, learning log, and what investors
were told."""

from __future__ import annotations

from datetime import date, timedelta

from core.models import User
from core.weeks import Cadence, period_of, preceding
from forecasts.models import (
    CostLine,
    Deal,
    DealStep,
    InvestorExpectation,
    LearningEntry,
    Metric,
    Rep,
    RepKind,
    RepQuarter,
    Revision,
    SalesCurve,
)
from portfolio.seeding.market import Market, Seeder
from portfolio.seeding.numbers import noon
from portfolio.seeding.talks import BATCH

KINDS = (RepKind.FOUNDER, RepKind.RENAISSANCE, RepKind.RENAISSANCE)
THOUSAND = 100_000
# of one rep in the first quarter, and more in each that follows
FIRST, MORE = 30 * THOUSAND, 15 * THOUSAND
BASE, ENGINEER = 40 * THOUSAND, 30 * THOUSAND
OUTCOMES = (*(Deal.Outcome.WON,) * 4, *(Deal.Outcome.LOST,) * 2, Deal.Outcome.OPEN)
STEPS = 3


def seed_selling(
    seeder: Seeder, market: Market, metrics: list[Metric], owner: User
) -> tuple[list[SalesCurve], list[Rep], list[Deal]]:
    starts = quarters_before(seeder)
    curve = SalesCurve.objects.create(
        **seeder.common,
        **seeder.marks("salescurve", "product", "channel"),
        currency=seeder.workspace.currency,
        ready_on=starts[0],
        created_at=noon(starts[0]),
    )
    reps = seed_reps(seeder, starts[0])
    seed_quarters(seeder, curve, reps, starts, owner)
    seed_costs(seeder, curve, reps, starts, owner)
    deals = seed_deals(seeder, curve, reps, market, starts[0])
    seed_steps(seeder, deals, owner)
    seed_learning(seeder, curve, starts, owner)
    tell_investors(seeder, metrics[0], owner)
    return [curve], reps, deals


def quarters_before(seeder: Seeder) -> list[date]:
    """First days of the quarters that ended before today, the oldest first."""
    running = period_of(seeder.workspace.today(seeder.now), Cadence.QUARTERLY)
    starts = []
    for _quarter in range(seeder.size.quarters):
        running = preceding(running)
        starts.append(running.start)
    return starts[::-1]


def seed_reps(seeder: Seeder, first: date) -> list[Rep]:
    return Rep.objects.bulk_create(
        Rep(
            **seeder.common,
            **seeder.marks("rep", "name"),
            pseudonym=f"Rep {number + 1}",
            kind=KINDS[number % len(KINDS)],
            started_on=first - timedelta(days=100),
            created_at=noon(first),
        )
        for number in range(seeder.size.reps)
    )


def seed_quarters(seeder, curve, reps, starts, owner):
    RepQuarter.objects.bulk_create(
        (
            RepQuarter(
                **seeder.common,
                curve=curve,
                rep=rep,
                quarter_start=start,
                kind=rep.kind,
                fte=1,
                bookings_minor=amount * 11 // 10,
                revenue_minor=amount,
                margin_minor=amount * 7 // 10,
                recorded_at=after(start),
                by=owner,
            )
            for number, start in enumerate(starts)
            for rep in reps
            for amount in [FIRST + number * MORE + seeder.dice.below(5) * THOUSAND]
        ),
        batch_size=BATCH,
    )


def after(start: date):
    """The noon after the quarter's end."""
    return noon(period_of(start, Cadence.QUARTERLY).end + timedelta(days=1))


def seed_costs(seeder, curve, reps, starts, owner):
    kind = CostLine.Kind
    sellers = [rep for rep in reps if rep.kind != RepKind.FOUNDER]
    half = (len(sellers) + 1) // 2
    CostLine.objects.bulk_create(
        (
            CostLine(
                **seeder.common,
                **seeder.marks("costline", "note"),
                curve=curve,
                quarter_start=start,
                recorded_at=after(start),
                by=owner,
                **said,
            )
            for start in starts
            for said in (
                *(
                    {"kind": kind.BASE, "rep": rep, "amount_minor": BASE}
                    for rep in sellers
                ),
                {
                    "kind": kind.SALES_ENGINEERING,
                    "se_fte": half,
                    "se_cost_minor": ENGINEER,
                    "amount_minor": half * ENGINEER,
                },
            )
        ),
        batch_size=BATCH,
    )


def seed_deals(seeder, curve, reps, market, first) -> list[Deal]:
    today = seeder.workspace.today(seeder.now)
    return Deal.objects.bulk_create(
        (
            deal_of(seeder, curve, reps, market, (first, today), number)
            for number in range(seeder.size.deals)
        ),
        batch_size=BATCH,
    )


def deal_of(seeder, curve, reps, market, days, number) -> Deal:
    outcome = OUTCOMES[number % len(OUTCOMES)]
    first, today = days
    is_open, is_won = outcome == Deal.Outcome.OPEN, outcome == Deal.Outcome.WON
    opened = first + timedelta(days=seeder.dice.below((today - first).days - 91))
    return Deal(
        **seeder.common,
        **seeder.marks("deal", "title", "outside_id", "reasons"),
        curve=curve,
        rep=reps[number % len(reps)],
        organisation=seeder.dice.one(market.organisations),
        currency=curve.currency,
        list_minor=20 * THOUSAND,
        paid_minor=18 * THOUSAND if is_won else None,
        opened_on=opened,
        expected_on=opened + timedelta(days=80),
        closed_on=None if is_open else opened + timedelta(days=90),
        outcome=outcome,
        champion="user",
        created_at=noon(opened),
    )


def seed_steps(seeder, deals, owner):
    DealStep.objects.bulk_create(
        (
            DealStep(
                **seeder.common,
                **seeder.marks("dealstep", "name"),
                deal=deal,
                on=deal.opened_on + timedelta(days=20 * (place + 1)),
                recorded_at=deal.created_at,
                by=owner,
            )
            for deal in deals
            for place in range(STEPS)
        ),
        batch_size=BATCH,
    )


def seed_learning(seeder, curve, starts, owner):
    areas = LearningEntry.Area.values
    LearningEntry.objects.bulk_create(
        LearningEntry(
            **seeder.common,
            **seeder.marks("learningentry", "changed", "expected", "learned"),
            curve=curve,
            area=areas[number % len(areas)],
            changed_on=start + timedelta(days=20),
            recorded_at=after(start),
            by=owner,
        )
        for number, start in enumerate(starts)
    )


def tell_investors(seeder, metric, owner):
    revision = Revision.objects.filter(forecast__metric=metric).earliest("number")
    InvestorExpectation(
        **seeder.common,
        **seeder.marks("investorexpectation", "told_to", "note"),
        revision=revision,
        told_on=revision.registered_at.date(),
        recorded_at=revision.registered_at,
        by=owner,
    ).save()
