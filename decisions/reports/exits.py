"""How an alert can end without a decision of its own, and which ones did."""

from functools import partial

from django.db.models import Exists, OuterRef

from decisions.false_data import Grounds, taking_away
from decisions.judging import case_of, judge_cases
from decisions.models import Alert, SideExit
from decisions.reports.limits import limits_of, rates_of
from decisions.reports.papers import has_number
from decisions.reports.stop_rules import rules_of
from decisions.subjects import RELATED
from forecasts.models import Actual
from forecasts.reports import histories

# More than a page should show.
SHOWN = 50


def corrections_of(alert, *, now) -> list[Actual]:
    """The corrected numbers that take the alert away, by period; none while it stands."""
    if alert.closed_at is not None or not has_number(alert):
        return []
    workspace, metric = alert.workspace, alert.metric
    metric.workspace = workspace
    history = histories([metric])[metric.pk]
    grounds = Grounds(
        family=alert.family,
        day=workspace.today(alert.stands_since),
        history=history,
        known=known_at(alert),
    )
    judge = partial(
        judged,
        alpha=rates_of([workspace])[workspace.pk],
        is_vanity=metric.is_vanity,
        kind=metric.kind,
        limits=limits_of([workspace])[workspace.pk],
        stop_rules=rules_of([metric])[metric.pk],
    )
    spans = taking_away(grounds, judge, workspace.today(now))
    current = Actual.objects.filter(metric=metric, supersedes__isnull=False).current()
    return [
        row
        for row in current.select_related("by", "supersedes").order_by("period_start")
        if (row.period_start, row.period_end) in spans
    ]


def judged(history, day, **how):
    (finding,) = judge_cases([case_of(history, day, **how)])
    return finding


def known_at(alert) -> dict:
    """Period to the number of reports of it that had come when the alert was raised."""
    known: dict = {}
    rows = Actual.objects.filter(
        metric=alert.metric_id, recorded_at__lte=alert.stands_since
    )
    for span in rows.values_list("period_start", "period_end"):
        known[span] = known.get(span, 0) + 1
    return known


def may_double(alert):
    """Open alerts of the venture that it may be a second one of: as grave, or graver."""
    others = Alert.objects.in_workspace(alert.workspace).open().exclude(pk=alert.pk)
    grave = [
        one for one in Alert.Severity.values if one not in milder_than(alert.severity)
    ]
    others = others.filter(severity__in=grave).with_subjects()
    return others.order_by("raised_at", "pk")


def milder_than(severity) -> list[str]:
    order = Alert.Severity.values
    return order[: order.index(severity)]


def exit_of(alert) -> SideExit | None:
    """The one that ended it; None while it is open or was decided."""
    if alert.state not in (Alert.State.FALSE_DATA, Alert.State.DUPLICATE):
        return None
    rows = SideExit.objects.filter(alert=alert).select_related(
        "by", "correction__supersedes", *(f"doubles__{name}" for name in RELATED)
    )
    return rows.first()


def doubles_of(alert) -> tuple[Alert, ...]:
    """Those that were ended as second ones of it and wait for its decision, or have it.
    `with_doubles` spares the question where there is none.
    """
    if not getattr(alert, "is_doubled", True):
        return ()
    rows = Alert.objects.filter(
        state=Alert.State.DUPLICATE, exits__doubles=alert
    ).with_subjects()
    return tuple(rows.distinct().order_by("raised_at", "pk")[:SHOWN])


def with_doubles(alerts):
    """Each with `is_doubled`: does another name it as the one that it doubles?"""
    return alerts.annotate(
        is_doubled=Exists(SideExit.objects.filter(doubles=OuterRef("pk")))
    )


def exits_of(workspace):
    """Every side exit, the newest first; also of alerts that were taken up again."""
    rows = SideExit.objects.in_workspace(workspace).select_related(
        "by",
        "correction",
        *(f"alert__{name}" for name in RELATED),
        *(f"doubles__{name}" for name in RELATED),
    )
    return rows.order_by("-ended_at", "pk")
