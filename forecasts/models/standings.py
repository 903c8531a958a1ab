"""Where a metric stands: the last verdict, kept so that no page has to compute it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from forecasts.models.metrics import Metric


class Standing(models.Model):
    class State(models.TextChoices):
        UNJUDGED = "unjudged", _("Not judged yet")
        ON_TRACK = "on_track", _("On track")
        WATCH = "watch", _("Watch")
        STOP = "stop", _("Stop and evaluate")
        BETTER = "better", _("Better than forecast")

    metric = models.OneToOneField(
        Metric, models.CASCADE, primary_key=True, related_name="standing"
    )
    state = models.CharField(max_length=8, choices=State, default=State.UNJUDGED)
    # probability of such a record if the plan were right; "less than once in `odds`"
    p = models.FloatField(null=True)
    odds = models.PositiveIntegerField(null=True)
    why = models.TextField(blank=True)
    # periods that count for calibration, and those within what was promised first: see
    # forecasts/calibration.py
    ranges_counted = models.PositiveIntegerField(default=0)
    ranges_held = models.PositiveIntegerField(default=0)
    # what the verdict knew
    judged_rev = models.PositiveIntegerField(default=0)
    judged_through = models.DateField(null=True)
    judged_at = models.DateTimeField()

    def __str__(self):
        return f"{self.metric}: {self.state}"
