"""What we predicted, when, and on what belief."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import AppendOnlyModel, WorkspaceModel
from forecasts.models.metrics import Metric, ValueKind


class Forecast(WorkspaceModel):
    """One plan for one metric. Its numbers are revisions; number 0 is the baseline."""

    metric = models.ForeignKey(Metric, models.RESTRICT, related_name="forecasts")
    number = models.PositiveSmallIntegerField()
    rationale = models.TextField(_("why we believe it"), max_length=2000, blank=True)
    # while an alert is open the plan may not be lowered
    held_since = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["metric", "number"], name="forecast_number_once"
            ),
            models.UniqueConstraint(
                fields=["metric"],
                condition=Q(retired_at__isnull=True),
                name="forecast_one_current",
            ),
        ]

    def __str__(self):
        return f"{self.metric} #{self.number}"


class Revision(AppendOnlyModel):
    """A set of points as they were registered. The baseline is never replaced."""

    forecast = models.ForeignKey(Forecast, models.RESTRICT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    registered_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["forecast", "number"], name="revision_number_once"
            ),
            models.CheckConstraint(
                condition=Q(number=0) | ~Q(reason=""), name="revision_has_reason"
            ),
        ]

    def __str__(self):
        return f"{self.forecast} r{self.number}"


class Point(AppendOnlyModel):
    """What is expected of one period, in base units.

    `low` to `high` is the range expected to hold in 8 of 10 periods. `is_late` marks
    imported history that was registered after its period began: never calibrated.
    """

    revision = models.ForeignKey(Revision, models.RESTRICT, related_name="points")
    period_start = models.DateField()
    period_end = models.DateField()
    expected = models.DecimalField(max_digits=24, decimal_places=6)
    low = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    high = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    value_kind = models.CharField(
        max_length=12, choices=ValueKind, default=ValueKind.MEASURED
    )
    source = models.CharField(max_length=300, blank=True)
    is_late = models.BooleanField(default=False)

    class Meta:
        ordering = ["period_start"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "period_start"], name="point_once_in_revision"
            ),
            models.CheckConstraint(
                condition=Q(period_start__lte=F("period_end")),
                name="point_period_in_order",
            ),
            models.CheckConstraint(
                condition=(Q(low__isnull=True) | Q(low__lte=F("expected")))
                & (Q(high__isnull=True) | Q(high__gte=F("expected"))),
                name="point_range_holds_expected",
            ),
        ]

    def __str__(self):
        return f"{self.period_start}: {self.expected}"
