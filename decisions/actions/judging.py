"""Reads the record of a metric, judges it, and keeps what follows from the verdict.

Reading and computing happen outside every transaction. A short one then keeps the
result, unless the evidence has moved meanwhile: then the metric simply stays due.
"""

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from traceback import extract_tb
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from core.models import Delivery
from decisions.actions.alerts import (
    doubled_about,
    observe_alert,
    open_episode,
    raise_alert,
)
from decisions.actions.concerns import Found, elsewhere, follow
from decisions.judging import Finding, case_of, judge_cases
from decisions.models import Alert
from decisions.reports.limits import limits_of, rates_of
from decisions.reports.stop_rules import rules_of
from decisions.subjects import SubjectKind, key_of
from forecasts.actions import save_standing
from forecasts.actions.evidence import locked, locked_revisions
from forecasts.actions.standings import save_standings, standing_of
from forecasts.calibration import calibration
from forecasts.drift import State
from forecasts.models import Metric, Point
from forecasts.reports import histories

logger = logging.getLogger(__name__)

CHUNK = 50
# Somewhere on Earth it is tomorrow already.
EARLIEST_TOMORROW = timedelta(hours=14)


@dataclass(frozen=True)
class Judged:
    """What judging one metric came to. `is_kept` is false when its evidence moved
    while it was being judged. `others` counts episodes beside the shortfall that were
    opened or became stops, `planned` mails.
    """

    metric_id: UUID
    state: str
    is_kept: bool = True
    raised: Alert | None = None
    others: int = 0
    planned: int = 0


def judge_metric(metric_id, *, now) -> Judged | None:
    """Judges one metric; None when it is gone. Safe to run twice and at once."""
    for metric, finding in read_and_judge([metric_id], now):
        with suppress(Metric.DoesNotExist):
            return settle(metric, finding, now=now)
    return None


def judge_due(now: datetime) -> dict[str, int]:
    """Judges every metric that is due; the counts of a tick."""
    sums = Counter(judged=0, raised=0, planned=0)
    waiting = iter(due_ids(now))
    while chunk := list(islice(waiting, CHUNK)):
        found = judge_apart(chunk, now)
        quiet: set[UUID] = set()
        with costing_one_metric(None):
            quiet = settle_quiet([one for one in found if is_quiet(*one)], now=now)
        sums["judged"] += len(quiet)
        for metric, finding in found:
            if metric.pk in quiet:
                continue
            with costing_one_metric(metric.pk):
                outcome = settle(metric, finding, now=now)
                sums["judged"] += outcome.is_kept
                sums["raised"] += (outcome.raised is not None) + outcome.others
                sums["planned"] += outcome.planned
    return dict(sums)


def is_quiet(metric, finding: Finding) -> bool:
    """Nothing to raise, and nothing open when its numbers were read."""
    return not (finding.stop or finding.concerns or metric.has_open)


@transaction.atomic
def settle_quiet(found, *, now) -> set[UUID]:
    """Keeps the verdicts of metrics about which there is nothing else to do, all in a
    few statements; most are like that most of the time. Those whose evidence moved, or
    about which something was opened meanwhile, are left to `settle`.
    """
    current = locked_revisions([metric for metric, _finding in found])
    opened = with_open_episodes([metric for metric, _finding in found])
    kept = [
        (metric, finding)
        for metric, finding in found
        if current.get(metric.pk) == metric.evidence_rev and metric.pk not in opened
    ]
    save_standings(
        [
            standing_of(
                metric,
                verdict=finding,
                ranges=metric.ranges,
                judged_rev=metric.evidence_rev,
                judged_through=finding.through,
                now=now,
            )
            for metric, finding in kept
        ]
    )
    return {metric.pk for metric, _finding in kept}


def due_ids(now: datetime) -> list[UUID]:
    """Metrics with evidence newer than the last verdict, then those of which another
    period is over since.
    """
    unjudged = Metric.objects.with_unjudged_evidence().order_by("created_at", "pk")
    found = dict.fromkeys(unjudged.values_list("pk", flat=True))
    found |= dict.fromkeys(ids_with_another_period(now))
    return list(found)


def ids_with_another_period(now: datetime) -> Iterator[UUID]:
    judged_through = Coalesce(OuterRef("standing__judged_through"), Value(date.min))
    points = Point.objects.filter(
        revision__forecast__metric=OuterRef("pk"), period_end__gt=judged_through
    )
    ends = points.order_by("period_end").values("period_end")[:1]
    soon = (now + EARLIEST_TOMORROW).date()
    metrics = Metric.objects.open().annotate(next_end=Subquery(ends))
    for metric in metrics.filter(next_end__lt=soon).select_related("workspace"):
        if metric.next_end < metric.workspace.today(now):
            yield metric.pk


def judge_apart(ids, now) -> list[tuple[Metric, Finding]]:
    """All of them together; one by one when that fails, so that one costs only itself."""
    with costing_one_metric(ids[0] if len(ids) == 1 else None):
        return read_and_judge(ids, now)
    if len(ids) == 1:
        return []
    return [found for pk in ids for found in judge_apart([pk], now)]


def read_and_judge(ids, now) -> list[tuple[Metric, Finding]]:
    """Each metric as it was before its numbers were read, and what they say."""
    metrics = list(Metric.objects.filter(pk__in=ids).select_related("workspace"))
    ventures = {metric.workspace for metric in metrics}
    rates, limits = rates_of(ventures), limits_of(ventures)
    records, rules = histories(metrics), rules_of(metrics)
    opened = with_open_episodes(metrics)
    for metric in metrics:
        families = opened.get(metric.pk, frozenset())
        metric.has_open = bool(families)
        metric.has_others = bool(families - {Alert.Family.SHORTFALL})
        metric.ranges = calibration(records[metric.pk], metric.workspace.today(now))
    cases = [
        case_of(
            records[metric.pk],
            metric.workspace.today(now),
            alpha=rates[metric.workspace_id],
            is_vanity=metric.is_vanity,
            kind=metric.kind,
            limits=limits[metric.workspace_id],
            stop_rules=rules[metric.pk],
        )
        for metric in metrics
    ]
    return list(zip(metrics, judge_cases(cases), strict=True))


def with_open_episodes(metrics) -> dict[UUID, set[str]]:
    """Metric id → families of its open episodes, for those that have any."""
    found: dict[UUID, set[str]] = {}
    rows = Alert.objects.open().filter(metric__in=metrics).order_by()
    for pk, family in rows.values_list("metric_id", "family"):
        found.setdefault(pk, set()).add(family)
    return found


@transaction.atomic
def settle(metric, finding: Finding, *, now) -> Judged:
    """Keeps the verdict, and opens or observes the episodes. One writer at a time.

    `metric` is as `read_and_judge` read it, with what was open then.
    """
    current = locked(metric)
    if current.evidence_rev != metric.evidence_rev:
        return Judged(metric.pk, finding.state.value, is_kept=False)
    episode, raised = open_episode(current), None
    if episode is None and finding.stop is not None and not is_doubled(current):
        raised = raise_alert(
            current, due=finding.stop, period=finding.stopped_in, now=now
        )
        episode = raised or open_episode(current)
    if episode is not None:
        finding = observed(
            episode, finding, current, is_new=raised is not None, now=now
        )
    others = []
    if finding.concerns or metric.has_others:
        others = follow_others(current, finding, now=now)
    save_standing(
        current,
        verdict=finding,
        ranges=metric.ranges,
        judged_rev=current.evidence_rev,
        judged_through=finding.through,
        now=now,
    )
    return Judged(
        metric.pk,
        finding.state.value,
        raised=raised,
        others=len(others),
        planned=sum(mails_about(one) for one in [raised, *others] if one),
    )


def is_doubled(metric) -> bool:
    """Its shortfall was ended as a second alert of one that still is open."""
    key = key_of(SubjectKind.METRIC, metric.pk)
    family = Alert.Family.SHORTFALL
    return doubled_about(metric.workspace, family, key) is not None


def follow_others(metric, finding, *, now) -> list[Alert]:
    """The episodes of the other families: slip, upside, a goal with a day. Whether
    numbers are missing is for the calendar to ask: see sweeping.
    """
    found = Found(metric.workspace)
    for concern in finding.concerns:
        found.add(concern, metric=metric)
    episodes = Alert.objects.filter(metric=metric, family__in=elsewhere()).open()
    known = [one for one in episodes if one.family != Alert.Family.BLIND]
    return follow(found, known, now=now)


def observed(episode, finding: Finding, metric, *, is_new, now) -> Finding:
    """An open episode: what is seen goes on record, and the state stays a stop."""
    seen = finding
    if is_new:
        seen = replace(finding, present=State.STOP, why=episode.reason)
    observe_alert(episode, finding=seen, evidence_rev=metric.evidence_rev, now=now)
    return replace(finding, state=State.STOP)


def mails_about(alert) -> int:
    return Delivery.objects.filter(subject_id=alert.pk).count()


@contextmanager
def costing_one_metric(metric_id) -> Iterator[None]:
    """What goes wrong with one metric must not keep the others from being judged.

    `metric_id` is None for several, which are then tried one by one.
    """
    try:
        yield
    except Exception as error:
        # Whatever one record does to the arithmetic or the database, it is that
        # record's alone. The exception's own text may hold somebody's numbers.
        if metric_id is None:
            return
        last = extract_tb(error.__traceback__)[-1]
        what = f"{type(error).__name__} at {last.name}:{last.lineno}"
        logger.error("metric %s was not judged: %s", metric_id, what)
