"""The product's milestones beside those of learning."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import AppendOnlyModel, WorkspaceModel
from discovery.models import ModelVersion


class Checkpoint(WorkspaceModel):
    """One of each kind in a version of the model; see milestones/course.py for pairs."""

    class Kind(models.TextChoices):
        # of the product
        CONCEPT = "concept", _("Concept")
        ALPHA = "alpha", _("Alpha")
        BETA = "beta", _("Beta")
        FIRST_CUSTOMER_SHIP = "first_customer_ship", _("First customer ship")
        VERSION_2 = "version_2", _("Version 2")
        # of learning
        HYPOTHESES_STATED = "hypotheses_stated", _("Hypotheses stated")
        PROBLEM_VERIFIED = "problem_verified", _("Problem verified")
        SOLUTION_VERIFIED = "solution_verified", _("Solution verified")
        MODEL_VERIFIED = "model_verified", _("Model verified")
        ROAD_MAP = "road_map", _("Sales road map drawn")
        REPEATABLE = "repeatable", _("Sales repeatable")

    model_version = models.ForeignKey(
        ModelVersion, models.RESTRICT, related_name="checkpoints"
    )
    kind = models.CharField(_("checkpoint"), max_length=20, choices=Kind)
    planned_on = models.DateField(_("planned for"))
    reached_on = models.DateField(_("reached on"), null=True, blank=True)
    # what was found when it was reached; of a learning review: what we learned
    finding = models.TextField(_("what we found"), max_length=4000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["planned_on", "created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["model_version", "kind"], name="checkpoint_kind_once"
            ),
        ]

    def __str__(self):
        return self.get_kind_display()


class Slip(AppendOnlyModel):
    """A planned date that was moved, and why. Sooner is a move too."""

    checkpoint = models.ForeignKey(Checkpoint, models.RESTRICT, related_name="slips")
    from_on = models.DateField()
    to_on = models.DateField()
    reason = models.CharField(_("why it moves"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_on=models.F("to_on")), name="slip_moves_the_date"
            ),
        ]

    def __str__(self):
        return f"{self.from_on} → {self.to_on}"

    @property
    def days(self):
        """Later is positive."""
        return (self.to_on - self.from_on).days


class ScheduledStop(WorkspaceModel):
    """A day set beforehand on which the venture stops and evaluates.

    First customer ship sets two: `days` is 30 and 90 after it.
    """

    checkpoint = models.ForeignKey(Checkpoint, models.RESTRICT, related_name="stops")
    days = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    # held: what was looked at, and what follows
    finding = models.TextField(_("what we found"), max_length=4000, blank=True)
    held_on = models.DateField(null=True, blank=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["checkpoint", "days"], name="scheduled_stop_once"
            ),
            models.CheckConstraint(
                condition=Q(held_on__isnull=True, held_by__isnull=True)
                | Q(held_on__isnull=False, held_by__isnull=False),
                name="scheduled_stop_held_by_somebody",
            ),
        ]

    def __str__(self):
        return f"+{self.days} days, {self.due_on}"
