"""What is measured."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.activity import log
from core.revisions import OutdatedError
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
def edit_metric(metric, *, by, now, rev=None, **changes):
    """Changes what may change: the meaning only as long as there are no numbers.

    `rev` is the revision the writer read; OutdatedError when another one stands.
    """
    metric = locked_open(metric)
    if rev is not None and metric.rev != rev:
        raise OutdatedError(metric)
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
        metric.rev += 1
        save_once(metric, update_fields=[*changed, "rev"])
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
    """Neither a wider tolerance nor a demotion takes back what numbers have shown.

    Both work backwards over the record that is being judged, so they are refused once
    it holds a number: the goal is not moved after the shot.
    """
    widens = "tolerance" in changed and changes["tolerance"] > metric.tolerance
    demotes = "is_vanity" in changed and changes["is_vanity"]
    if not (widens or demotes):
        return
    name = "tolerance" if widens else "is_vanity"
    if is_held(metric):
        words = _("A stop is open on this metric: record its decision first.")
        raise ValidationError({name: words})
    if has_evidence(metric):
        words = _(
            "Numbers have come in under this forecast, and this would judge them more "
            "kindly. It can be changed before the first number, or after a decision."
        )
        raise ValidationError({name: words})


def has_evidence(metric):
    """Whether the running record holds a number against a forecast."""
    numbers = Actual.objects.filter(metric=metric)
    if metric.process_from is not None:
        numbers = numbers.filter(period_start__gte=metric.process_from)
    return Forecast.objects.filter(metric=metric).exists() and numbers.exists()
