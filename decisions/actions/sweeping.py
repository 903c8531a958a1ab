"""The rules that ask the calendar: once for each venture and day of its own.

A sample is a story told to its end: what was never reported in it is not missing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from core.models import Workspace
from decisions.actions.concerns import Found, elsewhere, follow
from decisions.actions.hiring import note_hirings
from decisions.actions.judging import mails_about
from decisions.actions.phases import note_phases
from decisions.alerting import Family
from decisions.judging import dated_goal
from decisions.models import Alert, RulePulse, StopRule
from decisions.records import record_of
from decisions.reports.learning import (
    criteria_of,
    last_look,
    last_talk,
    moved_checkpoints,
    questions_asked,
)
from decisions.reports.limits import limits_in
from decisions.reports.stop_rules import rules_of
from decisions.rules.learning import (
    hypothesis_late,
    learning_gap,
    signal_contradicts,
    silence,
)
from decisions.rules.metric import blind, metric_concerns
from decisions.rules.planned import (
    kill_criterion,
    moved_date,
    quarterly,
    scheduled_stop,
)
from decisions.rules.record import Record
from forecasts.models import Actual, Metric, Point
from forecasts.reports import histories
from milestones.models import ScheduledStop

# Rules on questions read much; those on plans are asked after every change too.
METRIC = Q(subject_kind="metric", family__in=elsewhere())
QUESTION = Q(subject_kind="question")
PLANNED = ~Q(subject_kind__in=["metric", "question"])


# A clock or a zone that was changed costs no rule its day.
LEEWAY = timedelta(days=2)
# With the hour that a zone gives back, and one to spare.
LONGEST_DAY = timedelta(hours=26)


def sweep_due(now: datetime) -> dict[str, int]:
    """Every venture on which another day has begun. One that cannot be swept does not
    keep the others from it.
    """
    sums, failed = Counter(raised=0, planned=0), []
    for workspace in due(now):
        try:
            changed = sweep(workspace, now=now)
        except Exception as error:
            error.add_note(f"venture {workspace.pk}")
            failed.append(error)
            continue
        sums["raised"] += len(changed)
        sums["planned"] += sum(mails_about(alert) for alert in changed)
    if failed:
        raise ExceptionGroup("ventures could not be swept", failed)
    return dict(sums)


def due(now: datetime) -> list[Workspace]:
    """Those whose day has begun, and no others are read. Also where it begins later than
    tomorrow: the clock was set back since.
    """
    reached = Q(rules_due_at__lte=now) | Q(rules_due_at__gt=now + LONGEST_DAY)
    ventures = Workspace.objects.filter(reached, is_sample=False)
    return list(ventures.order_by("rules_due_at", "pk"))


def sweep(workspace, *, now) -> list[Alert]:
    """All of them. The day is noted last: what broke off is asked again."""
    note_phases(workspace, now=now)
    note_hirings(workspace, now=now)
    changed = [
        *sweep_metrics(workspace, now=now),
        *sweep_questions(workspace, now=now),
        *sweep_plans(workspace, now=now),
    ]
    note_swept(workspace, now=now)
    return changed


@transaction.atomic
def note_swept(workspace, *, now):
    """The day, and when the next one is due."""
    RulePulse.objects.update_or_create(
        workspace=workspace, defaults={"judged_on": workspace.today(now)}
    )
    tomorrow = workspace.tomorrow_begins(now)
    Workspace.objects.filter(pk=workspace.pk).update(rules_due_at=tomorrow)


def sweep_metrics(workspace, *, now) -> list[Alert]:
    """Numbers that are missing; and what else is open, so that it can be let go of."""
    today, found = workspace.today(now), Found(workspace)
    limits = limits_in(workspace)
    metrics = metrics_to_ask(workspace, today)
    records, rules = histories(metrics), rules_of(metrics)
    blind_to = decided_on(workspace, Family.BLIND)
    for metric in metrics:
        record = record_of(
            records[metric.pk], today, kind=metric.kind, is_vanity=metric.is_vanity
        )
        found.add(
            blind(asked_since(record, blind_to.get(metric.pk)), limits), metric=metric
        )
        for concern in metric_concerns(record, limits):
            if concern.rule.family is not Family.SHORTFALL:
                found.add(concern, metric=metric)
        found.add(dated_goal(record, rules[metric.pk]), metric=metric)
    return follow(found, episodes(workspace, METRIC), now=now)


def metrics_to_ask(workspace, today) -> list[Metric]:
    reported = Actual.objects.filter(
        metric=OuterRef("revision__forecast__metric"),
        period_start=OuterRef("period_start"),
        period_end=OuterRef("period_end"),
    )
    missing = Point.objects.filter(
        ~Exists(reported),
        revision__forecast__metric=OuterRef("pk"),
        period_end__lt=today,
        is_late=False,
    )
    followed = Alert.objects.open().filter(METRIC, metric=OuterRef("pk"))
    rules = StopRule.objects.filter(metric=OuterRef("pk"), by_on__lt=today)
    rules = rules.filter(by_on__gte=last_swept(workspace) - LEEWAY)
    asked = Exists(missing) | Exists(followed) | Exists(rules)
    metrics = Metric.objects.in_workspace(workspace).open().filter(asked)
    return list(metrics.select_related("workspace"))


def last_swept(workspace):
    """A rule whose day is over by then has been asked."""
    pulses = RulePulse.objects.filter(workspace=workspace)
    day = pulses.values_list("judged_on", flat=True).first()
    return day or workspace.today(workspace.created_at)


def decided_on(workspace, family) -> dict:
    """Metric id to the day of the last decision on an episode of the family."""
    closed = Alert.objects.in_workspace(workspace).decided()
    closed = closed.filter(family=family, metric__isnull=False)
    return {
        pk: workspace.today(at)
        for pk, at in closed.order_by("closed_at").values_list("metric_id", "closed_at")
    }


def asked_since(record: Record, day) -> Record:
    """Without the periods that a decision has already answered for."""
    if day is None:
        return record
    plan = tuple(one for one in record.plan if one.span[1] > day)
    return replace(record, plan=plan)


def sweep_questions(workspace, *, now) -> list[Alert]:
    today, found = workspace.today(now), Found(workspace)
    limits = limits_in(workspace)
    for question, asked in questions_asked(workspace, now):
        found.add(learning_gap(asked, today, limits), question=question)
        found.add(signal_contradicts(asked, today, limits), question=question)
    return follow(found, episodes(workspace, QUESTION), now=now)


def sweep_plans(workspace, *, now) -> list[Alert]:
    """Hypotheses, planned stops, moved dates, and the silence of customers: cheap
    enough to be asked after every change.
    """
    if workspace.is_sample:
        return []
    today, found = workspace.today(now), Found(workspace)
    limits = limits_in(workspace)
    for believed, criterion in criteria_of(workspace, now):
        found.add(kill_criterion(criterion, today), hypothesis=believed.row)
        found.add(hypothesis_late(criterion, today), hypothesis=believed.row)
    for checkpoint, moves in moved_checkpoints(workspace):
        found.add(moved_date(moves, limits), checkpoint=checkpoint)
    for stop in ScheduledStop.objects.in_workspace(workspace).select_related(
        "checkpoint"
    ):
        found.add(scheduled_stop(stop.due_on, stop.held_on, today), scheduled_stop=stop)
    found.add(quarterly(last_look(workspace, now), today, limits))
    began = workspace.today(workspace.created_at)
    found.add(silence(last_talk(workspace, now), began, today, limits))
    return follow(found, episodes(workspace, PLANNED), now=now)


def episodes(workspace, which: Q) -> list[Alert]:
    alerts = Alert.objects.in_workspace(workspace).open().filter(which)
    return list(alerts.order_by("raised_at", "pk"))
