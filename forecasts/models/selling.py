"""Who sells what through which channel, what came of it in a quarter, and its cost.

Money is in minor units of the curve's currency: see core/money.py.
"""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Revisable, WorkspaceModel
from core.querysets import InWorkspaceQuerySet
from discovery.models import Segment
from forecasts.models.corrections import (
    Correctable,
    CorrectableQuerySet,
    corrected_with_reason,
)
from forecasts.models.metrics import ValueKind


class SalesCurveQuerySet(InWorkspaceQuerySet):
    def open(self):
        return self.filter(closed_at__isnull=True)


class SalesCurve(Revisable, WorkspaceModel):
    """One product through one channel. Another product, segment or channel is learned
    anew: it has a curve of its own, which starts at initiation."""

    product = models.CharField(_("product"), max_length=120)
    channel = models.CharField(_("channel"), max_length=120)
    segment = models.ForeignKey(
        Segment,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="sales_curves",
        verbose_name=_("segment"),
    )
    currency = models.CharField(_("currency"), max_length=3)
    # null: not ready for sale yet, so that founders sell and nobody is hired
    ready_on = models.DateField(_("ready for sale since"), null=True, blank=True)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = SalesCurveQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "product", "channel"],
                condition=Q(closed_at__isnull=True),
                name="sales_curve_once",
            ),
        ]

    def __str__(self):
        return f"{self.product}, {self.channel}"


class RepKind(models.TextChoices):
    """Leslie & Holloway: who fits which part of the curve."""

    FOUNDER = "founder", _("founder")
    RENAISSANCE = "renaissance", _("Renaissance rep")
    ENLIGHTENED = "enlightened", _("enlightened rep")
    COIN_OPERATED = "coin_operated", _("coin-operated rep")


class Rep(Revisable, WorkspaceModel):
    """Somebody who sells. `pseudonym` is what readers without SEE_PEOPLE read."""

    name = models.CharField(_("name"), max_length=120)
    pseudonym = models.CharField(max_length=40)
    kind = models.CharField(_("kind of rep"), max_length=13, choices=RepKind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("account"),
    )
    started_on = models.DateField(_("sells since"))
    # until then a rep is learning to sell, and tells nothing about the yield
    ramp_months = models.PositiveSmallIntegerField(
        _("months to ramp"),
        default=3,
        validators=[MinValueValidator(0), MaxValueValidator(24)],
    )
    left_on = models.DateField(_("left on"), null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["started_on", "created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "name"], name="rep_name_once"),
            models.UniqueConstraint(
                fields=["workspace", "pseudonym"], name="rep_pseudonym_once"
            ),
            models.CheckConstraint(
                condition=Q(ramp_months__lte=24), name="rep_ramps_in_two_years"
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("started_on")),
                name="rep_leaves_after_start",
            ),
        ]

    def __str__(self):
        return self.pseudonym


class RepQuarterQuerySet(CorrectableQuerySet):
    def current(self):
        """What counts: the last word on each rep and quarter, unless it was that the
        rep did not sell here at all."""
        return self.latest_words().filter(fte__gt=0)


class RepQuarter(Correctable):
    """What one rep sold of one curve in one quarter. A correction supersedes.

    `kind` as it was then: who becomes another kind of rep changes no earlier quarter.
    `revenue_minor` is net new recognised revenue before refunds. A correction to 0 FTE
    takes the quarter back.
    """

    curve = models.ForeignKey(SalesCurve, models.RESTRICT, related_name="quarters")
    rep = models.ForeignKey(Rep, models.RESTRICT, related_name="quarters")
    quarter_start = models.DateField()
    kind = models.CharField(max_length=13, choices=RepKind)
    # part of full time spent on this curve
    fte = models.DecimalField(_("part of full time"), max_digits=3, decimal_places=2)
    bookings_minor = models.BigIntegerField(_("new bookings"))
    revenue_minor = models.BigIntegerField(_("recognised revenue"))
    margin_minor = models.BigIntegerField(_("gross margin"), null=True)
    refunds_minor = models.BigIntegerField(_("refunds"), default=0)
    value_kind = models.CharField(
        max_length=12, choices=ValueKind, default=ValueKind.MEASURED
    )

    objects = RepQuarterQuerySet.as_manager()

    class Meta:
        ordering = ["quarter_start", "recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["curve", "rep", "quarter_start"],
                condition=Q(supersedes__isnull=True),
                name="rep_quarter_one_first_report",
            ),
            corrected_with_reason("rep_quarter_correction_has_reason"),
            models.CheckConstraint(
                condition=Q(fte__lte=1)
                & (
                    Q(fte__gte="0.05")
                    | Q(
                        fte=0,
                        supersedes__isnull=False,
                        bookings_minor=0,
                        revenue_minor=0,
                        refunds_minor=0,
                    )
                ),
                name="rep_quarter_fte_in_range",
            ),
            models.CheckConstraint(
                condition=Q(
                    bookings_minor__gte=0, revenue_minor__gte=0, refunds_minor__gte=0
                ),
                name="rep_quarter_amounts_not_negative",
            ),
        ]

    def __str__(self):
        return f"{self.quarter_start}: {self.rep}"


class CostLineQuerySet(CorrectableQuerySet):
    def current(self):
        """What counts: the last word on each line, unless a correction took it back."""
        return self.latest_words().exclude(amount_minor=0, supersedes__isnull=False)


class CostLine(Correctable):
    """What one kind of cost came to in one quarter. A correction supersedes, one to 0
    takes the line back.

    `rep` null: shared by all reps but founders, by their part of full time.
    Sales engineering may say how it came about: people times loaded cost of one.
    """

    class Kind(models.TextChoices):
        BASE = "base", _("base pay")
        VARIABLE = "variable", _("variable pay at plan")
        BURDEN = "burden", _("payroll burden")
        TRAVEL = "travel", _("travel")
        TOOLS = "tools", _("tools")
        SALES_ENGINEERING = "sales_engineering", _("sales engineering")
        MANAGEMENT = "management", _("share of management")
        MARKETING = "marketing", _("marketing in direct support")

    curve = models.ForeignKey(SalesCurve, models.RESTRICT, related_name="cost_lines")
    quarter_start = models.DateField()
    rep = models.ForeignKey(
        Rep, models.RESTRICT, null=True, blank=True, related_name="cost_lines"
    )
    kind = models.CharField(_("kind of cost"), max_length=17, choices=Kind)
    # of this quarter, not of a year
    amount_minor = models.BigIntegerField(_("cost of the quarter"))
    se_fte = models.DecimalField(
        _("sales engineers"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    # loaded cost of one sales engineer in this quarter
    se_cost_minor = models.BigIntegerField(_("cost of one"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    value_kind = models.CharField(
        max_length=12, choices=ValueKind, default=ValueKind.MEASURED
    )

    objects = CostLineQuerySet.as_manager()

    class Meta:
        ordering = ["quarter_start", "recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["curve", "quarter_start", "kind", "rep"],
                condition=Q(supersedes__isnull=True, rep__isnull=False),
                name="cost_line_of_rep_one_first_report",
            ),
            models.UniqueConstraint(
                fields=["curve", "quarter_start", "kind"],
                condition=Q(supersedes__isnull=True, rep__isnull=True),
                name="cost_line_shared_one_first_report",
            ),
            corrected_with_reason("cost_line_correction_has_reason"),
            models.CheckConstraint(
                condition=Q(amount_minor__gte=0), name="cost_line_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(se_fte__isnull=True, se_cost_minor__isnull=True)
                | Q(
                    kind="sales_engineering",
                    se_fte__gte=0,
                    se_cost_minor__gte=0,
                ),
                name="cost_line_engineers_have_cost",
            ),
        ]

    def __str__(self):
        return f"{self.quarter_start}: {self.get_kind_display()}"
