"""Metrics with a year of weekly forecasts and actuals; some leave their plan."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from core.models import User
from core.weeks import Cadence, period_of
from forecasts.models import Actual, Forecast, Metric, Point, Revision
from portfolio.seeding.market import Market, Seeder
from portfolio.seeding.talks import BATCH

LEVEL = 1000
NOISE = 0.08
SHARE_AFTER_DRIFT = 0.6
DRIFT_BEGINS = 0.6


def seed_numbers(seeder: Seeder, market: Market, owner: User) -> list[Metric]:
    weeks = weeks_before(seeder)
    metrics = Metric.objects.bulk_create(
        Metric(
            **seeder.common,
            **seeder.marks("metric", "name", "definition", "unit", "provenance"),
            segment=market.segments[number % len(market.segments)],
            owner=owner,
            evidence_rev=1,
            created_at=seeder.now - timedelta(weeks=seeder.size.weeks + 2),
        )
        for number in range(seeder.size.metrics)
    )
    seed_plans(seeder, metrics, weeks, owner)
    seed_actuals(seeder, metrics, weeks, owner)
    return metrics


def weeks_before(seeder: Seeder) -> list[tuple[date, date]]:
    """The weeks that ended before today, oldest first."""
    today = seeder.workspace.today(seeder.now)
    running = period_of(today, Cadence.WEEKLY, seeder.workspace.week_start)
    first = running.start - timedelta(weeks=seeder.size.weeks)
    starts = [first + timedelta(weeks=n) for n in range(seeder.size.weeks)]
    return [(start, start + timedelta(days=6)) for start in starts]


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def seed_plans(seeder, metrics, weeks, owner):
    registered_at = noon(weeks[0][0] - timedelta(days=3))
    forecasts = Forecast.objects.bulk_create(
        Forecast(
            **seeder.common,
            **seeder.marks("forecast", "rationale"),
            metric=metric,
            number=1,
            created_at=registered_at,
        )
        for metric in metrics
    )
    revisions = Revision.objects.bulk_create(
        Revision(
            **seeder.common,
            **seeder.marks("revision", "reason"),
            forecast=forecast,
            number=0,
            registered_at=registered_at,
            by=owner,
        )
        for forecast in forecasts
    )
    Point.objects.bulk_create(
        (
            Point(
                **seeder.common,
                **seeder.marks("point", "source"),
                revision=revision,
                period_start=start,
                period_end=end,
                expected=Decimal(LEVEL),
                low=Decimal(LEVEL) * 8 / 10,
                high=Decimal(LEVEL) * 12 / 10,
            )
            for revision in revisions
            for start, end in weeks
        ),
        batch_size=BATCH,
    )


def seed_actuals(seeder, metrics, weeks, owner):
    Actual.objects.bulk_create(
        (
            Actual(
                **seeder.common,
                **seeder.marks("actual", "source"),
                metric=metric,
                period_start=start,
                period_end=end,
                value=value_of(seeder, number, week),
                recorded_at=noon(end + timedelta(days=1)),
                by=owner,
            )
            for number, metric in enumerate(metrics)
            for week, (start, end) in enumerate(weeks)
        ),
        batch_size=BATCH,
    )


def value_of(seeder, number, week):
    """Noise around the plan; the first metrics lose two fifths in their second half."""
    is_drifting = number < seeder.size.drifting
    has_begun = week >= DRIFT_BEGINS * seeder.size.weeks
    share = SHARE_AFTER_DRIFT if is_drifting and has_begun else 1
    value = LEVEL * share * seeder.dice.chance.gauss(1, NOISE)
    return Decimal(round(max(0, value)))
