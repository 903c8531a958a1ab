"""Kill criteria on numbers: unless it has come so far by a day, we stop."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import AppendOnlyModel
from decisions.models.evaluations import Decision
from forecasts.models import Metric


class StopRule(AppendOnlyModel):
    """Registered before its day, and never changed. It is judged once, on that day."""

    class Comparison(models.TextChoices):
        AT_LEAST = "at_least", _("at least")
        AT_MOST = "at_most", _("at most")

    metric = models.ForeignKey(Metric, models.RESTRICT, related_name="stop_rules")
    comparison = models.CharField(
        _("it must be"), max_length=8, choices=Comparison, default=Comparison.AT_LEAST
    )
    mark = models.DecimalField(_("mark"), max_digits=24, decimal_places=6)
    by_on = models.DateField(_("by"))
    # the decision that asked for it; None for one that was registered by itself
    decision = models.OneToOneField(
        Decision, models.RESTRICT, null=True, related_name="stop_rule"
    )
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+"
    )
    registered_at = models.DateTimeField()

    class Meta:
        ordering = ["by_on", "registered_at", "pk"]
        indexes = [
            models.Index(fields=["workspace", "by_on"], name="stop_rule_by_day"),
        ]

    def __str__(self):
        return f"{self.get_comparison_display()} {self.mark} by {self.by_on}"
