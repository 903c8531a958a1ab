"""What every write to a metric's numbers shares."""

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from core.weeks import Cadence, Period, dates, has_begun, label, period_of
from forecasts.models import Metric


def locked(metric):
    """The metric as it stands, other writers to it waiting until the commit."""
    return (
        Metric.objects.select_for_update(of=("self",))
        .select_related("workspace")
        .get(pk=metric.pk)
    )


def locked_revisions(metrics) -> dict:
    """Metric id → evidence_rev as it stands, other writers to them waiting until the
    commit. In one order, so that two who lock several do not wait for each other."""
    rows = Metric.objects.select_for_update().filter(pk__in=[m.pk for m in metrics])
    return dict(rows.order_by("pk").values_list("pk", "evidence_rev"))


def locked_open(metric):
    found = locked(metric)
    if found.closed_at is not None:
        raise ValidationError(_("This metric is closed: open a new one."))
    return found


def bump_evidence(metric):
    """Tells the judge that there is something new; no update is lost."""
    Metric.objects.filter(pk=metric.pk).update(evidence_rev=F("evidence_rev") + 1)
    metric.refresh_from_db(fields=["evidence_rev"])


def period_from(metric, start, end):
    if end < start:
        raise ValidationError(_("A period ends on or after its first day."))
    return Period(Cadence(metric.cadence), start, end)


def check_regular(metric, period):
    """Only imported history may know periods of another length than the cadence."""
    week_start = metric.workspace.week_start
    if period != period_of(period.start, period.cadence, week_start):
        raise ValidationError(
            _("%(dates)s is not one %(period)s."),
            params={"dates": dates(period), "period": period.cadence.period_name},
        )


def check_not_begun(period, today):
    if has_begun(period, today):
        raise ValidationError(
            _("%(label)s has begun on %(day)s: a forecast for it comes too late."),
            params={"label": label(period), "day": period.start.isoformat()},
        )
