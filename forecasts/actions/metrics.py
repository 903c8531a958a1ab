"""What is measured."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.activity import log
from core.weeks import Cadence, period_of
from forecasts.actions.evidence import bump_evidence, locked, locked_open
from forecasts.models import Actual, Forecast, Metric

# What a number means: another meaning is another metric.
MEANING = ("definition", "unit", "kind", "direction", "cadence")
CHANGEABLE = (*MEANING, "name", "segment", "owner", "is_vanity", "tolerance")


@transaction.atomic
def add_metric(workspace, *, by, now, **fields):
    """Fields of Metric: name, definition, unit, kind, direction, cadence, segment,
    owner, is_vanity, tolerance (a share), provenance.
    """
    metric = Metric(workspace=workspace, created_at=now, **fields)
    save_once(metric, force_insert=True)
    log(workspace, by=by, verb="metric.added", subject=metric, now=now)
    return metric


@transaction.atomic
def edit_metric(metric, *, by, now, **changes):
    """Changes what may change: the meaning only as long as there are no numbers."""
    metric = locked_open(metric)
    changed = [
        name
        for name in CHANGEABLE
        if name in changes and getattr(metric, name) != changes[name]
    ]
    refuse_new_meaning(metric, changed)
    refuse_evasion(metric, changes, changed)
    for name in changed:
        setattr(metric, name, changes[name])
    if changed:
        save_once(metric, update_fields=changed)
        bump_evidence(metric)
        log(
            metric.workspace,
            by=by,
            verb="metric.edited",
            subject=metric,
            now=now,
            fields=changed,
        )
    return metric


@transaction.atomic
def close_metric(metric, *, by, now):
    """Ends a series. Its numbers stay; a new metric may take the name."""
    metric = locked(metric)
    if metric.closed_at is not None:
        return metric
    if is_held(metric):
        raise ValidationError(
            _("A stop is open on this metric: record its decision before closing it.")
        )
    metric.closed_at = now
    metric.save(update_fields=["closed_at"])
    log(metric.workspace, by=by, verb="metric.closed", subject=metric, now=now)
    return metric


@transaction.atomic
def restart_process(metric, *, by, now, from_day=None):
    """A new record begins with the next period, or on `from_day`; the old one stays."""
    metric = locked(metric)
    if from_day is None:
        workspace = metric.workspace
        today = workspace.today(now)
        current = period_of(today, Cadence(metric.cadence), workspace.week_start)
        from_day = current.end + timedelta(days=1)
    metric.process_from = from_day
    metric.save(update_fields=["process_from"])
    bump_evidence(metric)
    log(
        metric.workspace,
        by=by,
        verb="metric.restarted",
        subject=metric,
        now=now,
        from_day=from_day.isoformat(),
    )
    return metric


def save_once(metric, **how):
    """Two metrics of one name: the database decides, in words."""
    try:
        with transaction.atomic():
            metric.save(**how)
    except IntegrityError as error:
        if "metric_name_once" not in str(error) and "metric.name" not in str(error):
            raise
        raise ValidationError(
            {"name": _("There is a metric of this name already.")}
        ) from error


def has_numbers(metric):
    return (
        Forecast.objects.filter(metric=metric).exists()
        or Actual.objects.filter(metric=metric).exists()
    )


def is_held(metric):
    return Forecast.objects.filter(metric=metric, held_since__isnull=False).exists()


def refuse_new_meaning(metric, changed):
    meant = [name for name in changed if name in MEANING]
    if meant and has_numbers(metric):
        words = _(
            "This metric has numbers already, and they would mean something else. "
            "Close it and open a new one."
        )
        raise ValidationError(dict.fromkeys(meant, words))


def refuse_evasion(metric, changes, changed):
    """While a stop is open, neither a wider tolerance nor a demotion ends it."""
    widens = "tolerance" in changed and changes["tolerance"] > metric.tolerance
    demotes = "is_vanity" in changed and changes["is_vanity"]
    if (widens or demotes) and is_held(metric):
        name = "tolerance" if widens else "is_vanity"
        words = _("A stop is open on this metric: record its decision first.")
        raise ValidationError({name: words})
