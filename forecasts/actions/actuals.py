"""What happened: numbers are added, and corrected by a further row, never edited."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log
from core.numbers import show
from core.weeks import has_ended, label
from forecasts.actions.evidence import (
    bump_evidence,
    check_regular,
    locked_open,
    period_from,
)
from forecasts.errors import Conflict
from forecasts.models import Actual, Metric, Point, ValueKind


@dataclass(frozen=True, slots=True)
class Entry:
    """One number to be recorded, in base units."""

    metric: Metric
    period_start: date
    period_end: date
    value: Decimal
    value_kind: str = ValueKind.MEASURED
    source: str = ""


@transaction.atomic
def record_actual(
    metric,
    *,
    by,
    now,
    period_start,
    period_end,
    value,
    value_kind=ValueKind.MEASURED,
    source="",
    imported=False,
):
    """The first number for a period that is over.

    `imported` lets in periods of another length than the cadence; so does a forecast
    for exactly that period.
    """
    metric = locked_open(metric)
    entry = Entry(metric, period_start, period_end, value, value_kind, source)
    period = check_ended(metric, entry, now)
    if not imported and not is_planned(metric, period):
        check_regular(metric, period)
    known = current_actual(metric, period_start, period_end)
    if known is not None:
        raise already(metric, known.value, period)
    actual = row_of(entry, by=by, now=now)
    actual.save()
    data = {"actual": str(actual.pk), "period": period_start.isoformat()}
    finish(metric, "actual.recorded", by=by, now=now, **data)
    return actual


@transaction.atomic
def record_actuals(workspace, entries: Sequence[Entry], *, by, now):
    """Many first numbers at once, all or none; every one in the way has its message.

    One pass over the entries and a handful of queries: meanwhile nobody else writes.
    """
    counts = Counter(entry.metric.pk for entry in entries)
    named = {entry.metric.pk: entry.metric for entry in entries}
    # Always in the same order, so that two imports wait for each other and not both.
    metrics = {pk: locked_open(named[pk]) for pk in sorted(named)}
    known = known_values(metrics)
    rows, errors = [], []
    for entry in entries:
        metric = metrics[entry.metric.pk]
        key = (metric.pk, entry.period_start, entry.period_end)
        try:
            period = check_ended(metric, entry, now)
            if key in known:
                raise already(metric, known[key], period)
        except ValidationError as error:
            errors.append(error)
        known[key] = entry.value
        rows.append(row_of(entry, by=by, now=now))
    if errors:
        raise ValidationError(errors)
    Actual.objects.bulk_create(rows)
    for pk, metric in metrics.items():
        finish(metric, "actuals.imported", by=by, now=now, count=counts[pk])
    return rows


@transaction.atomic
def correct_actual(actual, *, by, now, value, reason, value_kind=None, source=None):
    """A further row for the same period. Conflict if `actual` was corrected already."""
    metric = locked_open(actual.metric)
    standing = current_actual(metric, actual.period_start, actual.period_end)
    if standing.pk != actual.pk:
        raise Conflict(_("This number was corrected meanwhile."), current=standing)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the number changes.")})
    kind = actual.value_kind if value_kind is None else value_kind
    source = actual.source if source is None else source
    if (value, kind, source) == (actual.value, actual.value_kind, actual.source):
        raise ValidationError({"value": _("This is the number already on record.")})
    entry = Entry(metric, actual.period_start, actual.period_end, value, kind, source)
    correction = row_of(entry, by=by, now=now, supersedes=actual, reason=reason)
    correction.save()
    data = {
        "actual": str(correction.pk),
        "supersedes": str(actual.pk),
        "period": actual.period_start.isoformat(),
    }
    finish(metric, "actual.corrected", by=by, now=now, **data)
    return correction


def row_of(entry, *, by, now, **fields):
    return Actual(
        workspace=entry.metric.workspace,
        metric=entry.metric,
        period_start=entry.period_start,
        period_end=entry.period_end,
        value=entry.value,
        value_kind=entry.value_kind,
        source=entry.source,
        recorded_at=now,
        by=by,
        **fields,
    )


def check_ended(metric, entry, now):
    """Unfinished weeks look like misses: they wait until they are over."""
    period = period_from(metric, entry.period_start, entry.period_end)
    if not has_ended(period, metric.workspace.today(now)):
        raise ValidationError(
            _(
                "%(label)s is not over: its number can be entered from %(day)s on, "
                "when it is complete."
            ),
            params={
                "label": label(period),
                "day": (period.end + timedelta(days=1)).isoformat(),
            },
        )
    return period


def current_actual(metric, start, end):
    return (
        Actual.objects.filter(metric=metric, period_start=start, period_end=end)
        .current()
        .first()
    )


def is_planned(metric, period):
    return Point.objects.filter(
        revision__forecast__metric=metric,
        period_start=period.start,
        period_end=period.end,
    ).exists()


def known_values(metrics):
    """(metric, start, end) → value on record."""
    rows = Actual.objects.filter(metric__in=list(metrics)).current()
    columns = ("metric", "period_start", "period_end", "value")
    return {row[:3]: row[3] for row in rows.values_list(*columns)}


def already(metric, value, period):
    words = _("There is a number for %(label)s already: %(value)s. Correct it there.")
    params = {"label": label(period), "value": show(value, metric.unit)}
    return ValidationError(words, code="exists", params=params)


def finish(metric, verb, *, by, now, **data):
    bump_evidence(metric)
    log(metric.workspace, by=by, verb=verb, subject=metric, now=now, **data)
