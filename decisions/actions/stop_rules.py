"""A kill criterion on a number is registered before its day, by those who decide."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log
from decisions.models import StopRule
from decisions.reports.stop_rules import measurable


@transaction.atomic
def register_stop_rule(metric, *, by, comparison, mark, by_on, now, decision=None):
    """Immutable. ValidationError for a day that has begun, or a metric that raises
    nothing.
    """
    workspace = metric.workspace
    if not measurable(workspace).filter(pk=metric.pk).exists():
        words = _("Choose a metric that is followed, and not for show.")
        raise ValidationError({"metric": words})
    if by_on <= workspace.today(now):
        raise ValidationError({"by_on": _("The day must lie ahead.")})
    if comparison not in StopRule.Comparison.values:
        raise ValidationError({"comparison": _("Choose at least, or at most.")})
    row = StopRule(
        workspace=workspace,
        metric=metric,
        comparison=comparison,
        mark=mark,
        by_on=by_on,
        decision=decision,
        registered_by=by,
        registered_at=now,
    )
    row.save()
    log(workspace, by=by, verb="stop_rule.registered", subject=row, now=now)
    return row
