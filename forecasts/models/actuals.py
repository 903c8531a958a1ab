"""What happened."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from forecasts.models.corrections import Correctable, corrected_with_reason
from forecasts.models.metrics import Metric, ValueKind


class Actual(Correctable):
    """The value of one period, in base units. A correction supersedes, never edits."""

    metric = models.ForeignKey(Metric, models.RESTRICT, related_name="actuals")
    period_start = models.DateField()
    period_end = models.DateField()
    value = models.DecimalField(_("value"), max_digits=24, decimal_places=6)
    value_kind = models.CharField(
        max_length=12, choices=ValueKind, default=ValueKind.MEASURED
    )
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        ordering = ["period_start", "recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["metric", "period_start", "period_end"],
                condition=Q(supersedes__isnull=True),
                name="actual_one_first_report",
            ),
            corrected_with_reason("actual_correction_has_reason"),
            models.CheckConstraint(
                condition=Q(period_start__lte=F("period_end")),
                name="actual_period_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.period_start}: {self.value}"
