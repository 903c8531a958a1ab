"""Episodes: a rule found something, and somebody has to look or to decide."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import AppendOnlyModel, WorkspaceModel
from core.querysets import InWorkspaceQuerySet
from decisions.alerting import QUIET
from decisions.subjects import (
    RELATED,
    SubjectKind,
    key_of,
    kind_of,
    name_in_mails,
    name_of,
    subject_id,
)
from discovery.models import Hypothesis
from forecasts.models import Forecast, Metric
from milestones.models import Checkpoint, Question, ScheduledStop

# States with an end, and those of them that a decision brought.
DECIDED = ("following_up", "closed")
ENDED = (*DECIDED, "false_data", "duplicate")


class AlertQuerySet(InWorkspaceQuerySet):
    def open(self):
        return self.filter(closed_at__isnull=True)

    def stops(self):
        return self.filter(severity=Alert.Severity.STOP)

    def decided(self):
        """Closed by a decision, their own or that of the alert they doubled."""
        own = Q(state__in=DECIDED)
        return self.filter(own | Q(covered_by__isnull=False))

    def doubling(self):
        """Ended as duplicates, while what they double still waits for its decision."""
        return self.filter(state=Alert.State.DUPLICATE, covered_by=None)

    def quiet(self):
        return self.exclude(severity=Alert.Severity.STOP)

    def with_subjects(self):
        return self.select_related(*RELATED)


class Alert(WorkspaceModel):
    """One episode. Only a recorded decision closes it: not time, not recovery. It may be
    set aside where its numbers were false, or where it doubles another: see SideExit.
    """

    class Family(models.TextChoices):
        SHORTFALL = "shortfall", _("actuals have left the forecast")
        PLAN = "plan", _("the plan keeps moving")
        BLIND = "blind", _("numbers are missing")
        UPSIDE = "upside", _("better than forecast")
        STOP_RULE = "stop_rule", _("a kill criterion is met")
        LEARNING = "learning", _("we do not learn")
        SCHEDULED = "scheduled", _("planned beforehand")
        MONEY_FIRST = "money_first", _("money goes ahead of what is known")

    class Rule(models.TextChoices):
        COLLAPSE = "collapse", _("collapse: far off in a single period")
        DRIFT = "drift", _("drift: the record does not fit the plan")
        REQUIRED_RATE = (
            "required_rate",
            _("required rate: too much is left to catch up"),
        )
        SLIP = "slip", _("slip: the plan was made easier again")
        BLIND = "blind", _("blind: a number is overdue")
        UPSIDE = "upside", _("upside: better than the plan allows for")
        STOP_RULE = "stop_rule", _("kill criterion: not met by its day")
        LEARNING_GAP = "learning_gap", _("claim ahead: evidence does not support it")
        SIGNAL_CONTRADICTS = (
            "signal_contradicts",
            _("signal against: customers contradict the claim"),
        )
        HYPOTHESIS_LATE = "hypothesis_late", _("hypothesis late: nobody has settled it")
        SILENCE = "silence", _("silence: nobody talked to customers")
        SCHEDULED = "scheduled", _("planned stop: its day has come")
        MONEY_FIRST = (
            "money_first",
            _("money first: committed before it was known enough"),
        )

    class Severity(models.TextChoices):
        REVIEW = "review", _("to be looked at")
        WATCH = "watch", _("watch")
        STOP = "stop", _("stop and evaluate")

    class State(models.TextChoices):
        RAISED = "raised", _("raised")
        ACKNOWLEDGED = "acknowledged", _("taken up")
        EVALUATING = "evaluating", _("being evaluated")
        FOLLOWING_UP = "following_up", _("decided, being followed up")
        CLOSED = "closed", _("closed by a decision")
        FALSE_DATA = "false_data", _("ended: its numbers were false")
        DUPLICATE = "duplicate", _("ended: it doubles another alert")

    # what it is about: at most one of these, and its key
    subject_kind = models.CharField(
        max_length=14, choices=SubjectKind, default=SubjectKind.METRIC
    )
    subject_key = models.CharField(max_length=60)
    metric = models.ForeignKey(
        Metric, models.RESTRICT, null=True, related_name="alerts"
    )
    question = models.ForeignKey(
        Question, models.RESTRICT, null=True, related_name="alerts"
    )
    hypothesis = models.ForeignKey(
        Hypothesis, models.RESTRICT, null=True, related_name="alerts"
    )
    scheduled_stop = models.ForeignKey(
        ScheduledStop, models.RESTRICT, null=True, related_name="alerts"
    )
    checkpoint = models.ForeignKey(
        Checkpoint, models.RESTRICT, null=True, related_name="alerts"
    )
    commitment = models.ForeignKey(
        "decisions.Commitment", models.RESTRICT, null=True, related_name="alerts"
    )
    # of a metric: the plan in force
    forecast = models.ForeignKey(
        Forecast, models.RESTRICT, null=True, related_name="alerts"
    )
    # which rule
    family = models.CharField(max_length=12, choices=Family)
    rule = models.CharField(max_length=20, choices=Rule)
    severity = models.CharField(max_length=6, choices=Severity, default=Severity.STOP)
    state = models.CharField(max_length=12, choices=State, default=State.RAISED)
    # why, in words whose numbers stand in the record
    reason = models.TextField()
    p = models.FloatField(null=True)
    odds = models.PositiveIntegerField(null=True)
    period_start = models.DateField(null=True)
    period_end = models.DateField(null=True)
    raised_at = models.DateTimeField()
    # when something milder became a stop: the days of a stop count from there
    grown_at = models.DateTimeField(null=True, blank=True)
    # who decides, and by when
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+"
    )
    evaluate_by = models.DateField()
    # the metric came back, or its evidence was withdrawn: shown, but still open
    recovered_at = models.DateTimeField(null=True, blank=True)
    # the first of the days in a row on which the rule found nothing any more
    clear_since = models.DateField(null=True, blank=True)
    # the decision was recorded, or it was set aside; what follows may be under way
    closed_at = models.DateTimeField(null=True, blank=True)
    # of a duplicate: the decision on the alert it doubles
    covered_by = models.ForeignKey(
        "decisions.Decision",
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="covers",
    )
    # the same family less than 60 days earlier
    follows = models.ForeignKey(
        "self", models.RESTRICT, null=True, blank=True, related_name="followed_by"
    )

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "family", "subject_key"],
                condition=Q(closed_at__isnull=True),
                name="alert_one_open_episode",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, closed_at__isnull=False)
                | (~Q(state__in=ENDED) & Q(closed_at__isnull=True)),
                name="alert_closed_has_date",
            ),
            models.CheckConstraint(
                condition=Q(covered_by__isnull=True) | Q(state="duplicate"),
                name="alert_covered_is_duplicate",
            ),
            models.CheckConstraint(
                condition=~Q(subject_kind="metric") | Q(metric__isnull=False),
                name="alert_on_metric_has_one",
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
        return f"{self.get_severity_display()}: {self.subject_name}"

    def save(self, *args, **kwargs):
        """Whoever sets the row it is about need not say it twice."""
        if not self.subject_key:
            self.subject_kind = kind_of(self)
            self.subject_key = key_of(self.subject_kind, subject_id(self))
        super().save(*args, **kwargs)

    @property
    def subject_name(self):
        return name_of(self)

    @property
    def name_in_mails(self):
        return name_in_mails(self)

    @property
    def subject_id(self):
        return subject_id(self)

    @property
    def stands_since(self):
        """Its days count from here: raised, or grown into a stop."""
        return self.grown_at or self.raised_at

    @property
    def settled_by(self):
        """The decision that closed it, or the alert that it doubles; None else."""
        return self.covered_by or getattr(self, "decision", None)

    @property
    def segment_id(self):
        """Whose customers it is about; None for all."""
        about = self.metric or self.question or self.hypothesis
        return about.segment_id if about else None

    @property
    def is_quiet(self):
        """Not on every page, and evaluated in two steps of five."""
        return self.severity in QUIET


class AlertObservation(AppendOnlyModel):
    """What a later verdict said while the episode was open."""

    alert = models.ForeignKey(Alert, models.RESTRICT, related_name="observations")
    evidence_rev = models.PositiveIntegerField()
    state = models.CharField(max_length=8)
    period_end = models.DateField(null=True)
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
