"""What happened."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import AppendOnlyModel
from core.querysets import AppendOnlyQuerySet
from forecasts.models.metrics import Metric, ValueKind


class ActualQuerySet(AppendOnlyQuerySet):
    def current(self):
        """The latest word on each period: rows that no later row supersedes."""
        return self.filter(superseded_by__isnull=True)


class Actual(AppendOnlyModel):
    """The value of one period, in base units. A correction supersedes, never edits."""

    metric = models.ForeignKey(Metric, models.RESTRICT, related_name="actuals")
    period_start = models.DateField()
    period_end = models.DateField()
    value = models.DecimalField(_("value"), max_digits=24, decimal_places=6)
    value_kind = models.CharField(
        max_length=12, choices=ValueKind, default=ValueKind.MEASURED
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    # the row this one corrects, and why
    supersedes = models.OneToOneField(
        "self", models.RESTRICT, null=True, related_name="superseded_by"
    )
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+"
    )

    objects = ActualQuerySet.as_manager()

    class Meta:
        ordering = ["period_start", "recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["metric", "period_start", "period_end"],
                condition=Q(supersedes__isnull=True),
                name="actual_one_first_report",
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(reason=""),
                name="actual_correction_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(period_start__lte=F("period_end")),
                name="actual_period_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.period_start}: {self.value}"
