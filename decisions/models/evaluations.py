"""Stop, evaluate, decide."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import AppendOnlyModel, WorkspaceModel
from decisions.models.alerts import Alert
from forecasts.models import Revision
from milestones.models import Question


class Evaluation(WorkspaceModel):
    """The working paper of one alert, saved as one goes. The decision freezes it."""

    class Explanation(models.TextChoices):
        DEMAND = "demand", _("fewer want it than we thought")
        PRICE = "price", _("the price is wrong")
        SEGMENT = "segment", _("these are the wrong customers")
        CHANNEL = "channel", _("the channel does not reach them")
        EXECUTION = "execution", _("we did not do what we planned")
        CAPACITY = "capacity", _("we could not serve more")
        TIMING = "timing", _("too early, too late, or a season")
        MEASUREMENT = "measurement", _("the number is wrong")

    alert = models.OneToOneField(Alert, models.RESTRICT, related_name="evaluation")
    # 1 what we said
    belief = models.TextField(_("what we believed"), max_length=4000, blank=True)
    # 2 what happened
    happened = models.TextField(_("what happened"), max_length=4000, blank=True)
    is_actual_right = models.BooleanField(_("the actual is right"), null=True)
    # 3 what customers say
    questions = models.ManyToManyField(Question, related_name="evaluations", blank=True)
    customers_say = models.TextField(
        _("what customers told us"), max_length=4000, blank=True
    )
    no_talk_reason = models.TextField(
        _("why there was no talk since the alert"), max_length=2000, blank=True
    )
    # {explanation: {"for": text, "against": text}}
    explanations = models.JSONField(default=dict, blank=True)
    # 4 what depends on it
    depends = models.TextField(
        _("what depends on it, and what can be undone at what cost"),
        max_length=4000,
        blank=True,
    )
    runway = models.TextField(
        _("cash in hand, and how long it lasts"), max_length=2000, blank=True
    )
    rescored = models.ManyToManyField(Question, related_name="rescored_by", blank=True)
    keeps_scores = models.BooleanField(_("no score changes"), default=False)
    # 5 draft of the decision
    draft = models.JSONField(default=dict, blank=True)
    # how it is kept
    rev = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+"
    )

    def __str__(self):
        return f"Evaluation of {self.alert_id}"


class EvaluationCoSignature(AppendOnlyModel):
    """An advisor signed an evaluation as it stood; a later save makes it void."""

    evaluation = models.ForeignKey(
        Evaluation, models.RESTRICT, related_name="co_signatures"
    )
    evaluation_rev = models.PositiveIntegerField()
    words = models.TextField(_("why it is right to go on"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["-signed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "evaluation_rev", "by"], name="cosigned_once"
            ),
        ]

    def __str__(self):
        return f"{self.by} on {self.evaluation_id}"


class Decision(AppendOnlyModel):
    """The one thing that closes an alert. Final; what was known is frozen beside it."""

    class Kind(models.TextChoices):
        PERSEVERE = "persevere", _("keep going, with a prediction and a date")
        ADJUST_FORECAST = "adjust_forecast", _("change the forecast")
        PIVOT = "pivot", _("change the model")
        FIX_EXECUTION = "fix_execution", _("fix the execution")
        STOP = "stop", _("stop this line")

    alert = models.OneToOneField(Alert, models.RESTRICT, related_name="decision")
    kind = models.CharField(_("decision"), max_length=15, choices=Kind)
    reasons = models.TextField(_("why"), max_length=8000)
    dissent = models.TextField(_("dissent"), max_length=4000, blank=True)
    # keep going: what we predict, and by when we shall know
    prediction = models.TextField(_("we predict"), max_length=2000, blank=True)
    predict_by = models.DateField(_("by"), null=True, blank=True)
    # change the model or fix the execution: what changes
    change = models.TextField(_("what changes"), max_length=4000, blank=True)
    review_on = models.DateField(_("next stop"))
    # change the forecast: what the new one keeps of the first, in percent
    new_share = models.PositiveSmallIntegerField(
        _("the new forecast, in % of the first"), null=True, blank=True
    )
    revision = models.ForeignKey(
        Revision, models.RESTRICT, null=True, related_name="decisions"
    )
    # series, scores and evaluation as they stood
    snapshot = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["-decided_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="persevere")
                | (~Q(prediction="") & Q(predict_by__isnull=False)),
                name="decision_to_go_on_predicts",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()
