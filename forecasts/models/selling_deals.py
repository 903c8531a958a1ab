"""Deals, with the dated steps of the road map they took."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Revisable, WorkspaceModel
from core.querysets import InWorkspaceQuerySet
from discovery.models import BuyingRole, Organisation
from forecasts.models.corrections import Correctable, CorrectableQuerySet
from forecasts.models.selling import Rep, SalesCurve


class DealQuerySet(InWorkspaceQuerySet):
    def standing(self):
        """Without those that were taken back: they count nowhere."""
        return self.filter(withdrawn_at__isnull=True)


class Deal(Revisable, WorkspaceModel):
    """One sale under way, won or lost. Amounts are in minor units of its own currency:
    one that is not the curve's is shown apart and added to nothing."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("open")
        WON = "won", _("won")
        LOST = "lost", _("lost")

    curve = models.ForeignKey(
        SalesCurve, models.RESTRICT, related_name="deals", verbose_name=_("curve")
    )
    rep = models.ForeignKey(
        Rep,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="deals",
        verbose_name=_("rep"),
    )
    organisation = models.ForeignKey(
        Organisation,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="deals",
        verbose_name=_("organisation"),
    )
    title = models.CharField(_("deal"), max_length=200)
    # its id where it came from, so that it is known again
    outside_id = models.CharField(_("id in the CRM"), max_length=120, blank=True)
    currency = models.CharField(_("currency"), max_length=3)
    list_minor = models.BigIntegerField(_("at list price"), null=True, blank=True)
    paid_minor = models.BigIntegerField(_("price agreed"), null=True, blank=True)
    opened_on = models.DateField(_("opened on"))
    expected_on = models.DateField(_("close expected on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=4, choices=Outcome, default=Outcome.OPEN
    )
    reasons = models.TextField(_("why it was won or lost"), max_length=2000, blank=True)
    champion = models.CharField(
        _("role of the champion"),
        max_length=15,
        choices=BuyingRole.Role,
        blank=True,
    )
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = DealQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_on", "-created_at", "pk"]
        indexes = [
            models.Index(fields=["curve", "closed_on"], name="deal_by_curve"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "outside_id"],
                condition=~Q(outside_id="") & Q(withdrawn_at__isnull=True),
                name="deal_outside_id_once",
            ),
            models.CheckConstraint(
                condition=Q(outcome="open", closed_on__isnull=True)
                | (~Q(outcome="open") & Q(closed_on__isnull=False)),
                name="deal_closed_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="open") | Q(paid_minor__isnull=True),
                name="deal_open_is_unpaid",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="deal_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=(Q(list_minor__isnull=True) | Q(list_minor__gte=0))
                & (Q(paid_minor__isnull=True) | Q(paid_minor__gte=0)),
                name="deal_amounts_not_negative",
            ),
        ]

    def __str__(self):
        return self.title


class DealStepQuerySet(CorrectableQuerySet):
    def current(self):
        """The steps that stand."""
        return self.latest_words().exclude(name="")


class DealStep(Correctable):
    """A step of the road map that a deal reached on a day. A correction supersedes;
    one with no name takes the step back."""

    deal = models.ForeignKey(Deal, models.RESTRICT, related_name="steps")
    name = models.CharField(_("step"), max_length=120, blank=True)
    on = models.DateField(_("reached on"))

    objects = DealStepQuerySet.as_manager()

    class Meta:
        ordering = ["on", "recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(supersedes__isnull=True) & ~Q(name=""))
                | (Q(supersedes__isnull=False) & ~Q(reason="")),
                name="deal_step_correction_has_reason",
            ),
        ]

    def __str__(self):
        return f"{self.on}: {self.name}"
