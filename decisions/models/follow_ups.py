"""What follows from a decision, and what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import AppendOnlyModel, WorkspaceModel
from core.querysets import InWorkspaceQuerySet
from decisions.models.evaluations import Decision


class FollowUpQuerySet(InWorkspaceQuerySet):
    def open(self):
        return self.filter(ended_at=None)


class FollowUp(WorkspaceModel):
    """One thing to do after a decision. It ends once: done, or replaced by another."""

    decision = models.ForeignKey(Decision, models.RESTRICT, related_name="follow_ups")
    what = models.TextField(_("what is to be done"), max_length=1000)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+"
    )
    due_on = models.DateField(_("by"))
    made_at = models.DateTimeField()
    outcome = models.TextField(_("what came of it"), max_length=2000, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+"
    )
    replaced_by = models.OneToOneField(
        "self", models.RESTRICT, null=True, blank=True, related_name="replaces"
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, replaced_by=None, outcome="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(outcome="")),
                name="follow_up_ends_with_an_outcome",
            ),
        ]

    def __str__(self):
        return self.what[:60]


class DecisionReview(AppendOnlyModel):
    """How a decision looked on the day that it had named: one judgement, final."""

    class Verdict(models.TextChoices):
        HELD = "held", _("it came as we said")
        FAILED = "failed", _("it came otherwise")
        UNCLEAR = "unclear", _("nobody can say")

    decision = models.OneToOneField(Decision, models.RESTRICT, related_name="review")
    verdict = models.CharField(_("what became of it"), max_length=7, choices=Verdict)
    words = models.TextField(_("what happened, in numbers or words"), max_length=4000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    reviewed_at = models.DateTimeField()

    class Meta:
        ordering = ["-reviewed_at", "pk"]

    def __str__(self):
        return self.get_verdict_display()
