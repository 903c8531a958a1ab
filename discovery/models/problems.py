"""Problems in the customer's words, needs as outcomes, and features that claim to help."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Revisable, Trashable, WorkspaceModel
from core.querysets import TrashableQuerySet
from discovery.models.market import Segment


class Problem(Revisable, Trashable, WorkspaceModel):
    """One problem of one segment. Whether it is real, the quotes say."""

    class Status(models.TextChoices):
        SUSPECTED = "suspected", _("our guess")
        HEARD = "heard", _("heard from customers")
        DROPPED = "dropped", _("dropped")

    segment = models.ForeignKey(Segment, models.RESTRICT, related_name="problems")
    statement = models.CharField(_("the problem, in their words"), max_length=300)
    trigger = models.CharField(_("what triggers it"), max_length=300, blank=True)
    frequency = models.CharField(_("how often"), max_length=120, blank=True)
    consequence = models.TextField(_("what it costs them"), max_length=2000, blank=True)
    workaround = models.TextField(
        _("what they do about it today"), max_length=2000, blank=True
    )
    status = models.CharField(
        _("status"), max_length=9, choices=Status, default=Status.SUSPECTED
    )
    created_at = models.DateTimeField()

    objects = TrashableQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self):
        return self.statement


class Need(Revisable, Trashable, WorkspaceModel):
    """An outcome they want, never a feature. Three levels, grouped by customers."""

    class Dimension(models.TextChoices):
        FUNCTIONAL = "functional", _("functional")
        EMOTIONAL = "emotional", _("emotional")
        SOCIAL = "social", _("social")

    segment = models.ForeignKey(Segment, models.RESTRICT, related_name="needs")
    parent = models.ForeignKey(
        "self",
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    level = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(_("the outcome they want"), max_length=300)
    dimension = models.CharField(
        _("dimension"),
        max_length=10,
        choices=Dimension,
        default=Dimension.FUNCTIONAL,
    )
    problems = models.ManyToManyField(Problem, related_name="needs", blank=True)
    created_at = models.DateTimeField()

    objects = TrashableQuerySet.as_manager()

    class Meta:
        ordering = ["level", "created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=3), name="need_level_1_to_3"
            ),
            models.CheckConstraint(
                condition=Q(level=1, parent__isnull=True)
                | Q(level__gt=1, parent__isnull=False),
                name="need_below_another_from_level_2",
            ),
        ]

    def __str__(self):
        return self.outcome


class Feature(Revisable, Trashable, WorkspaceModel):
    """A part of the product, and the problems it claims to solve."""

    class Stage(models.TextChoices):
        IDEA = "idea", _("idea")
        BUILDING = "building", _("being built")
        BETA = "beta", _("in beta")
        LIVE = "live", _("live")
        DROPPED = "dropped", _("dropped")

    name = models.CharField(_("name"), max_length=120)
    what = models.TextField(_("what it does"), max_length=2000, blank=True)
    stage = models.CharField(
        _("stage"), max_length=8, choices=Stage, default=Stage.IDEA
    )
    problems = models.ManyToManyField(
        Problem,
        related_name="features",
        blank=True,
        verbose_name=_("claims to solve"),
    )
    created_at = models.DateTimeField()

    objects = TrashableQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "name"],
                condition=Q(trashed_at__isnull=True),
                name="feature_name_once",
            ),
        ]

    def __str__(self):
        return self.name
