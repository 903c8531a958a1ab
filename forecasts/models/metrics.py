"""A number that tells whether the business is there."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Revisable, WorkspaceModel
from core.querysets import InWorkspaceQuerySet
from discovery.models import Segment


class ValueKind(models.TextChoices):
    """How a figure came to be known. Kinds are never mixed silently."""

    MEASURED = "measured", _("measured")
    REPORTED = "reported", _("reported")
    DERIVED = "derived", _("derived")
    ESTIMATED = "estimated", _("estimated")
    NARRATIVE = "narrative", _("as told")
    MODELLED = "modelled", _("modelled")
    ILLUSTRATIVE = "illustrative", _("illustrative")


class MetricQuerySet(InWorkspaceQuerySet):
    def open(self):
        return self.filter(closed_at__isnull=True)

    def with_unjudged_evidence(self):
        """Metrics whose numbers changed after the last verdict."""
        return self.filter(
            Q(standing__isnull=True) | ~Q(standing__judged_rev=models.F("evidence_rev"))
        )


class Metric(Revisable, WorkspaceModel):
    class Kind(models.TextChoices):
        FLOW = "flow", _("flow: so many in a period")
        STOCK = "stock", _("stock: so many on a day")
        RATIO = "ratio", _("ratio or mean")
        MONEY = "money", _("money in a period")

    class Direction(models.TextChoices):
        HIGHER = "higher", _("more is better")
        LOWER = "lower", _("less is better")

    class Cadence(models.TextChoices):
        DAILY = "daily", _("daily")
        WEEKLY = "weekly", _("weekly")
        MONTHLY = "monthly", _("monthly")
        QUARTERLY = "quarterly", _("quarterly")
        YEARLY = "yearly", _("yearly")

    # what is counted
    name = models.CharField(_("name"), max_length=120)
    definition = models.TextField(_("what exactly is counted"), max_length=2000)
    unit = models.CharField(_("unit"), max_length=40)
    kind = models.CharField(_("kind"), max_length=5, choices=Kind, default=Kind.FLOW)
    direction = models.CharField(
        _("direction"), max_length=6, choices=Direction, default=Direction.HIGHER
    )
    cadence = models.CharField(
        _("how often"), max_length=9, choices=Cadence, default=Cadence.WEEKLY
    )
    segment = models.ForeignKey(
        Segment, models.RESTRICT, null=True, blank=True, related_name="metrics"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+"
    )
    is_vanity = models.BooleanField(
        _("vanity: shown, but raises and clears nothing"), default=False
    )
    # how far the mean may stay off before the plan counts as missed, as a share
    tolerance = models.DecimalField(
        _("tolerance"), max_digits=4, decimal_places=3, default="0.100"
    )
    # where the figures come from, shown beside the name
    provenance = models.CharField(max_length=200, blank=True)
    # judging: rises with every change to its numbers; see Standing.judged_rev
    evidence_rev = models.PositiveIntegerField(default=0)
    # the current process looks at periods starting on or after this day
    process_from = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = MetricQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "name"],
                condition=Q(closed_at__isnull=True),
                name="metric_name_once",
            ),
            models.CheckConstraint(
                condition=Q(tolerance__gte="0.01", tolerance__lte="0.6"),
                name="metric_tolerance_in_range",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def waits_for_verdict(self) -> bool:
        """Its numbers changed, and no verdict has seen them yet."""
        standing = getattr(self, "standing", None)
        return self.evidence_rev != (standing.judged_rev if standing else 0)
