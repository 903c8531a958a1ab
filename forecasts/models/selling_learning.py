"""What was changed to sell better, what investors were told, and the thresholds."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Revisable, Workspace
from forecasts.models.corrections import (
    Correctable,
    CorrectableQuerySet,
    corrected_with_reason,
)
from forecasts.models.forecasts import Revision
from forecasts.models.selling import SalesCurve
from interviews.models import Interview


class LearningEntry(Correctable):
    """A change of product, price, pitch or target, and what it did. A later word on the
    same change, such as what was learned, supersedes the earlier one."""

    class Area(models.TextChoices):
        PRODUCT = "product", _("product")
        PRICE = "price", _("price")
        PITCH = "pitch", _("pitch")
        TARGET = "target", _("target")

    curve = models.ForeignKey(SalesCurve, models.RESTRICT, related_name="learning")
    area = models.CharField(_("what it is about"), max_length=7, choices=Area)
    changed_on = models.DateField(_("changed on"))
    changed = models.TextField(_("what we changed"), max_length=2000)
    expected = models.TextField(_("what we expect of it"), max_length=2000)
    learned = models.TextField(_("what it did"), max_length=2000, blank=True)

    class Meta:
        ordering = ["changed_on", "recorded_at", "pk"]
        verbose_name_plural = "learning entries"
        constraints = [
            corrected_with_reason("learning_correction_has_reason"),
        ]

    def __str__(self):
        return f"{self.changed_on}: {self.area}"


class SalesLesson(Correctable):
    """What one sales talk taught us. It does not count as discovery, and is not lost."""

    talk = models.ForeignKey(Interview, models.RESTRICT, related_name="lessons")
    learned = models.TextField(_("what we learned"), max_length=2000)

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["talk"],
                condition=Q(supersedes__isnull=True),
                name="sales_lesson_one_of_a_talk",
            ),
            corrected_with_reason("sales_lesson_correction_has_reason"),
        ]

    def __str__(self):
        return f"{self.recorded_at:%Y-%m-%d}"


class ExpectationQuerySet(CorrectableQuerySet):
    def tellings(self):
        """What was written down, also what was taken back since."""
        return self.filter(supersedes__isnull=True)

    def current(self):
        """What counts."""
        return self.latest_words().filter(supersedes__isnull=True)

    def withdrawals(self):
        return self.filter(supersedes__isnull=False)


class InvestorExpectation(Correctable):
    """A forecast that was told to investors: they will measure the venture by it.

    A row that supersedes another takes it back: it was written down wrongly. It repeats
    what it takes back, so that a list can say what that was."""

    revision = models.ForeignKey(
        Revision, models.RESTRICT, related_name="investor_expectations"
    )
    told_to = models.CharField(_("told to"), max_length=200)
    told_on = models.DateField(_("told on"))
    note = models.TextField(_("note"), max_length=2000, blank=True)

    objects = ExpectationQuerySet.as_manager()

    class Meta:
        ordering = ["told_on", "recorded_at", "pk"]
        constraints = [
            corrected_with_reason("expectation_withdrawn_with_reason"),
        ]

    def __str__(self):
        return f"{self.told_on}"


def percent(label, default, low, high):
    return models.PositiveSmallIntegerField(
        label,
        default=default,
        validators=[MinValueValidator(low), MaxValueValidator(high)],
    )


class SellingSettings(Revisable, models.Model):
    """What a venture sets of the phases. One row, made with its first change.

    Starting values of this product, not findings: the multiple, the cap and the growth
    are told of the method but not verified. Shares and growth are in percent.
    """

    workspace = models.OneToOneField(
        Workspace, models.CASCADE, primary_key=True, related_name="selling_settings"
    )
    # yield over loaded cost from which on it is time to scale
    traction_multiple = models.DecimalField(
        _("traction, times the cost"),
        max_digits=3,
        decimal_places=1,
        default="2.0",
        validators=[MinValueValidator(1), MaxValueValidator(10)],
    )
    initiation_cap = percent(_("reps while learning, at most"), 4, 1, 10)
    transition_growth = percent(_("growth in two quarters, %"), 50, 10, 200)
    hysteresis = percent(_("margin before falling back, %"), 10, 0, 50)
    whale_share = percent(_("largest deal, % of revenue"), 40, 10, 100)
    margin_switch = percent(_("gross margin that counts, below %"), 60, 0, 100)

    class Meta:
        verbose_name_plural = "selling settings"
        constraints = [
            models.CheckConstraint(
                condition=Q(traction_multiple__gte=1, traction_multiple__lte=10)
                & Q(initiation_cap__gte=1, initiation_cap__lte=10)
                & Q(transition_growth__gte=10, transition_growth__lte=200)
                & Q(hysteresis__lte=50, margin_switch__lte=100)
                & Q(whale_share__gte=10, whale_share__lte=100),
                name="selling_settings_in_range",
            ),
        ]

    def __str__(self):
        return f"selling of {self.workspace_id}"
