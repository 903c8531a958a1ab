"""The last verdict, kept beside the metric."""

from django.db import transaction

from forecasts.models import Standing


@transaction.atomic
def save_standing(metric, *, verdict, judged_rev, judged_through, now):
    """`verdict` has state, p, odds and why (forecasts.drift.Verdict or alike).

    `judged_rev` is the evidence_rev that was read before judging, `judged_through`
    the last day of the last period that was judged.
    """
    standing, _ = Standing.objects.update_or_create(
        metric=metric,
        defaults={
            "state": verdict.state,
            "p": verdict.p,
            "odds": verdict.odds,
            "why": verdict.why or "",
            "judged_rev": judged_rev,
            "judged_through": judged_through,
            "judged_at": now,
        },
    )
    return standing
