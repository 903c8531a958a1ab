"""Episodes: a metric left its forecast, and somebody has to decide."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import AppendOnlyModel, WorkspaceModel
from core.querysets import InWorkspaceQuerySet
from forecasts.models import Forecast, Metric


class AlertQuerySet(InWorkspaceQuerySet):
    def open(self):
        return self.filter(closed_at__isnull=True)

    def stops(self):
        return self.filter(severity=Alert.Severity.STOP)


class Alert(WorkspaceModel):
    """One episode. Only a recorded decision closes it: not time, not recovery."""

    class Family(models.TextChoices):
        SHORTFALL = "shortfall", _("actuals have left the forecast")

    class Rule(models.TextChoices):
        COLLAPSE = "collapse", _("collapse: far off in a single period")
        DRIFT = "drift", _("drift: the record does not fit the plan")

    class Severity(models.TextChoices):
        WATCH = "watch", _("watch")
        STOP = "stop", _("stop and evaluate")

    class State(models.TextChoices):
        RAISED = "raised", _("raised")
        ACKNOWLEDGED = "acknowledged", _("taken up")
        EVALUATING = "evaluating", _("being evaluated")
        FOLLOWING_UP = "following_up", _("decided, being followed up")
        CLOSED = "closed", _("closed by a decision")

    metric = models.ForeignKey(Metric, models.RESTRICT, related_name="alerts")
    forecast = models.ForeignKey(Forecast, models.RESTRICT, related_name="alerts")
    family = models.CharField(max_length=12, choices=Family)
    rule = models.CharField(max_length=12, choices=Rule)
    severity = models.CharField(max_length=5, choices=Severity, default=Severity.STOP)
    state = models.CharField(max_length=12, choices=State, default=State.RAISED)
    # why, in words whose numbers stand in the record
    reason = models.TextField()
    p = models.FloatField(null=True)
    odds = models.PositiveIntegerField(null=True)
    period_start = models.DateField()
    period_end = models.DateField()
    raised_at = models.DateTimeField()
    # who decides, and by when
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+"
    )
    evaluate_by = models.DateField()
    # the metric came back, or its evidence was withdrawn: shown, but still open
    recovered_at = models.DateTimeField(null=True, blank=True)
    # the decision was recorded; what follows from it may still be under way
    closed_at = models.DateTimeField(null=True, blank=True)
    # the same family less than 60 days earlier
    follows = models.ForeignKey(
        "self", models.RESTRICT, null=True, blank=True, related_name="followed_by"
    )

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["metric", "family"],
                condition=Q(closed_at__isnull=True),
                name="alert_one_open_episode",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=("following_up", "closed"), closed_at__isnull=False
                )
                | (
                    ~Q(state__in=("following_up", "closed")) & Q(closed_at__isnull=True)
                ),
                name="alert_closed_has_date",
            ),
        ]
        indexes = [
            # the red block on every page
            models.Index(
                fields=["workspace", "raised_at"],
                condition=Q(closed_at__isnull=True),
                name="alert_open",
            ),
        ]

    def __str__(self):
        return f"{self.get_severity_display()}: {self.metric}"


class AlertObservation(AppendOnlyModel):
    """What a later verdict said while the episode was open."""

    alert = models.ForeignKey(Alert, models.RESTRICT, related_name="observations")
    evidence_rev = models.PositiveIntegerField()
    state = models.CharField(max_length=8)
    period_end = models.DateField()
    why = models.TextField(blank=True)
    odds = models.PositiveIntegerField(null=True)
    observed_at = models.DateTimeField()

    class Meta:
        ordering = ["observed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["alert", "evidence_rev"], name="observation_once"
            ),
        ]

    def __str__(self):
        return f"{self.alert_id}: {self.state}"
