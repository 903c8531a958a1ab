"""How many metrics a second one core judges, with every rule on.

    python -m benchmarks.sweep [--json FILE] [--metrics N]

Each metric has 60 weekly points, the first 40 of them over and reported, and a stop rule
that is still ahead; one in fifty has left its forecast. Beside it stands a floor of the
same run and machine: the same rows read by plain SQL and the same pure computation on
them, without anything being kept. Processor time, best of the turns; then what a sweep
costs when nothing changed, and when one metric in a hundred did.
"""

import argparse
import json
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.child import in_django

METRICS, IN_A_VENTURE = 2000, 20
POINTS, OVER = 60, 40
FORECAST, BAD, BAD_ONE_IN = 8000, 2000, 50
NOW = datetime(2026, 11, 2, 13, 30, tzinfo=UTC)
FIRST = date(2026, 1, 26)
CHUNK = 50
WORK = "from benchmarks.sweep import measure; measure({path}, %d)"
WEEKS = [
    (FIRST + timedelta(weeks=n), FIRST + timedelta(weeks=n, days=6))
    for n in range(POINTS)
]
OF_POINTS = """
    SELECT p.period_start, p.period_end, p.expected, p.low, p.high, p.is_late,
           f.metric_id
    FROM forecasts_point p JOIN forecasts_revision r ON r.id = p.revision_id
    JOIN forecasts_forecast f ON f.id = r.forecast_id
    WHERE f.metric_id IN ({marks}) ORDER BY p.period_start
"""
OF_ACTUALS = """
    SELECT period_start, period_end, value, id, metric_id FROM forecasts_actual
    WHERE metric_id IN ({marks}) ORDER BY recorded_at
"""


def measure(path: str, metrics: int) -> None:
    """Inside Django."""
    # what both sides import is imported before either is measured
    import decisions.actions  # noqa: F401, PLC0415
    from forecasts.models import Metric  # noqa: PLC0415  Django is set up by now

    fill(metrics)
    keys = list(
        Metric.objects.order_by("created_at", "pk").values_list("pk", flat=True)
    )
    floor_s = min(seconds(lambda: floor(keys)) for _turn in range(2))
    sweep_s = seconds(judge)
    idle_s = seconds(judge)
    Metric.objects.filter(pk__in=keys[::100]).update(evidence_rev=2)
    found = {
        "metrics": metrics,
        "floor_per_s": round(metrics / floor_s),
        "sweep_per_s": round(metrics / sweep_s),
        "share_of_floor": round(floor_s / sweep_s, 2),
        "idle_s": round(idle_s, 3),
        "one_in_a_hundred_s": round(seconds(judge), 3),
    }
    Path(path).write_text(json.dumps(found | episodes()))


def seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def judge() -> None:
    from decisions.actions import judge_due  # noqa: PLC0415

    judge_due(NOW)


def episodes() -> dict[str, int]:
    from decisions.models import Alert  # noqa: PLC0415

    return {"raised": Alert.objects.count()}


# --- the same work without the app ------------------------------------------------
def floor(keys: list[Any]) -> None:
    from decisions.judging import judge_cases  # noqa: PLC0415

    for start in range(0, len(keys), CHUNK):
        judge_cases(cases_of(keys[start : start + CHUNK]))


def cases_of(keys: list[Any]) -> list[Any]:
    from decisions.judging import case_of  # noqa: PLC0415

    return [
        case_of(one, NOW.date(), alpha=0.0005, is_vanity=False)
        for one in read(keys).values()
    ]


def read(keys: list[Any]) -> dict[str, Any]:
    """Histories from plain rows."""
    from core.weeks import Cadence, Period  # noqa: PLC0415
    from forecasts.drift import Direction  # noqa: PLC0415
    from forecasts.history import History, Planned, Reported  # noqa: PLC0415

    planned: dict[str, list[Any]] = {}
    for start, end, expected, low, high, is_late, key in rows_of(OF_POINTS, keys):
        period = Period(Cadence.WEEKLY, day_of(start), day_of(end))
        point = Planned(
            period, (0, 0), FIRST, Decimal(str(expected)), low, high, bool(is_late)
        )
        planned.setdefault(str(key), []).append(point)
    reported: dict[str, dict[Any, Any]] = {}
    for start, end, value, pk, key in rows_of(OF_ACTUALS, keys):
        period = Period(Cadence.WEEKLY, day_of(start), day_of(end))
        one = Reported(str(pk), period, Decimal(str(value)), period.end)
        reported.setdefault(str(key), {})[period.start, period.end] = (one,)
    return {
        key: History(
            *("", "orders", Direction.HIGHER, Cadence.WEEKLY, Decimal("0.1")),
            planned=tuple(points),
            reported=reported.get(key, {}),
        )
        for key, points in planned.items()
    }


def rows_of(query: str, keys: list[Any]) -> list[Any]:
    from django.db import connection  # noqa: PLC0415

    kept = [key.hex if connection.vendor == "sqlite" else key for key in keys]
    with connection.cursor() as cursor:
        cursor.execute(query.format(marks=", ".join(["%s"] * len(kept))), kept)
        return cursor.fetchall()


def day_of(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


# --- what is judged ---------------------------------------------------------------
def fill(metrics: int) -> None:
    from core.models import User, Workspace  # noqa: PLC0415
    from forecasts.models import Metric  # noqa: PLC0415

    by = User.objects.create_user("bench@example.com", "x" * 14, name="Bench")
    for number in range(-(-metrics // IN_A_VENTURE)):
        venture = Workspace.objects.create(
            name="B", slug=f"bench-{number}", created_at=NOW
        )
        made = [
            Metric(
                workspace=venture,
                name=f"Orders {n}",
                definition="Orders.",
                unit="orders",
                evidence_rev=1,
                created_at=NOW,
            )
            for n in range(min(IN_A_VENTURE, metrics - number * IN_A_VENTURE))
        ]
        Metric.objects.bulk_create(made)
        give_numbers(venture, made, by, number)


def give_numbers(venture: Any, metrics: list[Any], by: Any, seed: int) -> None:
    from forecasts.models import Actual, Forecast, Point, Revision  # noqa: PLC0415

    own = {"workspace": venture}
    before = datetime(2026, 1, 20, tzinfo=UTC)
    plans = [Forecast(**own, metric=m, number=0, created_at=before) for m in metrics]
    Forecast.objects.bulk_create(plans)
    sets = [
        Revision(**own, forecast=plan, number=0, registered_at=before) for plan in plans
    ]
    Revision.objects.bulk_create(sets)
    Point.objects.bulk_create(
        Point(
            **own, revision=one, period_start=start, period_end=end, expected=FORECAST
        )
        for one in sets
        for start, end in WEEKS
    )
    Actual.objects.bulk_create(
        Actual(
            **own,
            metric=metric,
            period_start=start,
            period_end=end,
            value=value_of(seed * IN_A_VENTURE + n, week),
            recorded_at=NOW,
        )
        for n, metric in enumerate(metrics)
        for week, (start, end) in enumerate(WEEKS[:OVER])
    )
    set_rules(venture, metrics, by, before)


def set_rules(venture: Any, metrics: list[Any], by: Any, at: datetime) -> None:
    from decisions.models import StopRule  # noqa: PLC0415

    StopRule.objects.bulk_create(
        StopRule(
            workspace=venture,
            metric=metric,
            mark=FORECAST,
            by_on=WEEKS[-1][1],
            registered_by=by,
            registered_at=at,
        )
        for metric in metrics
    )


def value_of(metric: int, week: int) -> int:
    """On plan with some scatter, except for one metric in fifty."""
    mean = BAD if metric % BAD_ONE_IN == 0 else FORECAST
    return mean + (metric * 7919 + week * 104729) % 1600 - 800


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sweep")
    parser.add_argument("--json")
    parser.add_argument("--metrics", type=int, default=METRICS)
    options = parser.parse_args()
    found = in_django("sqlite:///", WORK % options.metrics)
    print(*(f"{key} {value}" for key, value in found.items()), sep="  ")
    if options.json:
        Path(options.json).write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
