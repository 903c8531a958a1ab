"""What we predict: plans are registered before their periods begin, and never edited."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log
from core.weeks import has_begun, label
from forecasts.actions.evidence import (
    bump_evidence,
    check_not_begun,
    check_regular,
    locked_open,
    period_from,
)
from forecasts.errors import Conflict
from forecasts.models import Actual, Forecast, Point, Revision, ValueKind
from forecasts.reports import points_in_force

MOST_POINTS = 1000


@dataclass(frozen=True, slots=True)
class PlannedPoint:
    """What is expected of one period, in base units; the range holds 8 times in 10."""

    period_start: date
    period_end: date
    expected: Decimal
    low: Decimal | None = None
    high: Decimal | None = None
    value_kind: str = ValueKind.MEASURED
    source: str = ""


@transaction.atomic
def register_forecast(metric, *, by, now, points, rationale="", imported=False):
    """A new plan, with its baseline. Refused while the current plan still runs.

    `imported` lets history in: periods that have begun are marked late, and may have
    another length than the cadence.
    """
    metric = locked_open(metric)
    current = Forecast.objects.filter(metric=metric, retired_at=None).first()
    if current is not None:
        retire(current, now, metric.workspace.today(now))
    forecast = Forecast.objects.create(
        workspace=metric.workspace,
        metric=metric,
        number=Forecast.objects.filter(metric=metric).count(),
        rationale=rationale,
        created_at=now,
    )
    add_revision(
        forecast, metric, 0, points, by=by, now=now, reason="", imported=imported
    )
    finish(metric, forecast, "forecast.registered", by=by, now=now, number=0)
    return forecast


@transaction.atomic
def revise_forecast(forecast, *, by, now, points, reason, follows=None, imported=False):
    """New numbers for periods still to come; the earlier ones stay on record.

    `follows` is the number of the revision the author saw: Conflict if it is not the
    latest any more.
    """
    metric = locked_open(forecast.metric)
    forecast = Forecast.objects.get(pk=forecast.pk)
    latest = forecast.revisions.order_by("-number").first()
    if follows is not None and follows != latest.number:
        raise Conflict(_("The forecast was revised meanwhile."), current=latest)
    if forecast.retired_at is not None:
        raise ValidationError(_("This plan has been followed by another one."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the forecast changes.")})
    current = points_in_force(metric)
    if forecast.held_since is not None:
        refuse_easier(metric, points, current)
    number = latest.number + 1
    revision = add_revision(
        forecast,
        metric,
        number,
        points,
        by=by,
        now=now,
        reason=reason,
        imported=imported,
    )
    finish(metric, forecast, "forecast.revised", by=by, now=now, number=number)
    return revision


@transaction.atomic
def hold_forecast(metric, *, now, by=None):
    """While a stop is open the plan may not be made easier. Safe to call twice."""
    held = Forecast.objects.filter(metric=metric, retired_at=None, held_since=None)
    if held.update(held_since=now):
        log(metric.workspace, by=by, verb="forecast.held", subject=metric, now=now)


@transaction.atomic
def release_forecast(metric, *, by, now):
    """Called when the last stop on it has ended. Safe to call twice."""
    held = Forecast.objects.filter(metric=metric, held_since__isnull=False)
    if held.update(held_since=None):
        log(metric.workspace, by=by, verb="forecast.released", subject=metric, now=now)


def retire(forecast, now, today):
    """A plan ends when its last period has begun, never to make room for another."""
    if forecast.held_since is not None:
        raise ValidationError(_("A stop is open: record its decision first."))
    if Point.objects.filter(
        revision__forecast=forecast, period_start__gt=today
    ).exists():
        raise ValidationError(_("There is a forecast already: revise it."))
    forecast.retired_at = now
    forecast.save(update_fields=["retired_at"])


def add_revision(forecast, metric, number, points, *, by, now, reason, imported):
    checked = check_points(metric, points, now=now, imported=imported)
    revision = Revision(
        workspace=metric.workspace,
        forecast=forecast,
        number=number,
        reason=reason,
        registered_at=now,
        by=by,
    )
    revision.save()
    Point.objects.bulk_create(
        Point(
            workspace=metric.workspace,
            revision=revision,
            period_start=point.period_start,
            period_end=point.period_end,
            expected=point.expected,
            low=point.low,
            high=point.high,
            value_kind=point.value_kind,
            source=point.source,
            is_late=is_late,
        )
        for point, is_late in checked
    )
    return revision


def check_points(metric, points, *, now, imported):
    """(point, is it late) for each; ValidationError with a sentence for each bad one."""
    if not points or len(points) > MOST_POINTS:
        raise ValidationError(_("A forecast needs at least one period, 1,000 at most."))
    today = metric.workspace.today(now)
    reported = set() if imported else reported_periods(metric)
    checked, errors, seen = [], [], set()
    for point in points:
        try:
            is_late = check_point(metric, point, today, reported, imported=imported)
            if point.period_start in seen:
                raise ValidationError(
                    _("The period from %(day)s appears twice."),
                    params={"day": point.period_start.isoformat()},
                )
            checked.append((point, is_late))
        except ValidationError as error:
            errors.append(error)
        seen.add(point.period_start)
    if errors:
        raise ValidationError(errors)
    return checked


def check_point(metric, point, today, reported, *, imported):
    period = period_from(metric, point.period_start, point.period_end)
    low = point.expected if point.low is None else point.low
    high = point.expected if point.high is None else point.high
    if not low <= point.expected <= high:
        raise ValidationError(
            _("%(label)s: the expected number must lie between low and high."),
            params={"label": label(period)},
        )
    if imported:
        return has_begun(period, today)
    check_regular(metric, period)
    check_not_begun(period, today)
    if (period.start, period.end) in reported:
        raise ValidationError(
            _("%(label)s has an actual already."), params={"label": label(period)}
        )
    return False


def reported_periods(metric):
    return set(
        Actual.objects.filter(metric=metric).values_list("period_start", "period_end")
    )


def refuse_easier(metric, points, current):
    """Downward for a metric where more is better, upward where less is."""
    sign = 1 if metric.direction == metric.Direction.HIGHER else -1
    for point in points:
        before = current.get((point.period_start, point.period_end))
        if before is None:
            refuse_overlap(point, current)
            continue
        bad, bad_before = (
            (point.low, before.low) if sign == 1 else (point.high, before.high)
        )
        is_wider = bad_before is not None and (
            bad is None or sign * (bad - bad_before) < 0
        )
        if sign * (point.expected - before.expected) < 0 or is_wider:
            raise ValidationError(
                _(
                    "A stop is open: the forecast for %(label)s cannot be made easier "
                    "until a decision is recorded."
                ),
                params={"label": label(before.period)},
            )


def refuse_overlap(point, current):
    """The week may begin on another day by now: the same days under other dates."""
    for start, end in current:
        if start <= point.period_end and point.period_start <= end:
            raise ValidationError(
                _(
                    "A stop is open, and these days have a forecast already: %(label)s. "
                    "Record a decision first."
                ),
                params={"label": label(current[start, end].period)},
            )


def finish(metric, forecast, verb, *, by, now, number):
    bump_evidence(metric)
    log(
        metric.workspace,
        by=by,
        verb=verb,
        subject=metric,
        now=now,
        forecast=str(forecast.pk),
        revision=number,
    )
