"""The last verdict, kept beside the metric."""

from django.db import transaction

from forecasts.models import Standing

KEPT = (
    *("state", "p", "odds", "why", "ranges_counted", "ranges_held"),
    *("judged_rev", "judged_through", "judged_at"),
)


@transaction.atomic
def save_standing(metric, *, verdict, ranges, judged_rev, judged_through, now):
    """`verdict` has state, p, odds and why (forecasts.drift.Verdict or alike),
    `ranges` is the Calibration of the metric.

    `judged_rev` is the evidence_rev that was read before judging, `judged_through`
    the last day of the last period that was judged.
    """
    row = standing_of(
        metric,
        verdict=verdict,
        ranges=ranges,
        judged_rev=judged_rev,
        judged_through=judged_through,
        now=now,
    )
    save_standings([row])
    return row


def standing_of(
    metric, *, verdict, ranges, judged_rev, judged_through, now
) -> Standing:
    """As `save_standing` keeps it. Not saved."""
    return Standing(
        metric=metric,
        state=verdict.state,
        p=verdict.p,
        odds=verdict.odds,
        why=verdict.why or "",
        ranges_counted=ranges.counted,
        ranges_held=ranges.inside,
        judged_rev=judged_rev,
        judged_through=judged_through,
        judged_at=now,
    )


def save_standings(rows) -> None:
    """One statement, however many: each takes the place of the last of its metric."""
    Standing.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["metric"], update_fields=KEPT
    )
