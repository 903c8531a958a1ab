"""What we believe, with the marks at which it holds or fails, written beforehand."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import AppendOnlyModel, Revisable, WorkspaceModel
from discovery.models.market import Segment


class Hypothesis(Revisable, WorkspaceModel):
    """A draft may be edited; registered, its marks are frozen.

    A change after that is a new row whose `predecessor` is this one. The newest
    HypothesisStatus says where it stands; none means draft.
    """

    class Box(models.TextChoices):
        CUSTOMERS = "customers", _("customers")
        PROBLEM = "problem", _("problem")
        VALUE = "value", _("product and value")
        CHANNEL = "channel", _("channel")
        RELATIONSHIP = "relationship", _("demand and relationship")
        REVENUE = "revenue", _("price and revenue")
        RESOURCES = "resources", _("resources")
        ACTIVITIES = "activities", _("activities")
        PARTNERS = "partners", _("partners")
        COST = "cost", _("cost")
        MARKET = "market", _("market type and competition")

    segment = models.ForeignKey(
        Segment, models.RESTRICT, null=True, blank=True, related_name="hypotheses"
    )
    predecessor = models.OneToOneField(
        "self", models.RESTRICT, null=True, blank=True, related_name="successor"
    )
    version = models.PositiveSmallIntegerField(default=1)
    # numbers of the eleven questions it speaks to
    questions = models.JSONField(default=list)
    box = models.CharField(
        _("part of the model"), max_length=12, choices=Box, default=Box.PROBLEM
    )
    statement = models.TextField(_("we believe that"), max_length=1000)
    measure = models.CharField(_("we measure"), max_length=300)
    pass_mark = models.CharField(_("it holds if"), max_length=200)
    fail_mark = models.CharField(_("it fails if"), max_length=200)
    decide_by = models.DateField(_("decide by"))
    is_critical = models.BooleanField(
        _("critical: without it there is no business"), default=False
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+"
    )
    created_at = models.DateTimeField()
    registered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name_plural = "hypotheses"

    def __str__(self):
        return self.statement[:80]


class HypothesisStatus(AppendOnlyModel):
    """One change of state, with who and why."""

    class Status(models.TextChoices):
        REGISTERED = "registered", _("registered")
        TESTING = "testing", _("being tested")
        VALIDATED = "validated", _("held")
        INVALIDATED = "invalidated", _("learned: no")
        INCONCLUSIVE = "inconclusive", _("inconclusive")
        ABANDONED = "abandoned", _("abandoned")

    hypothesis = models.ForeignKey(Hypothesis, models.RESTRICT, related_name="statuses")
    status = models.CharField(max_length=12, choices=Status)
    reason = models.TextField(blank=True, max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name_plural = "hypothesis statuses"

    def __str__(self):
        return self.status
