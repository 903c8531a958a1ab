"""Money that is hard to get back, and the gate before its signature."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from core.models import AppendOnlyModel, Revisable, WorkspaceModel
from core.money import show_money
from core.querysets import InWorkspaceQuerySet
from decisions.gate_limits import usual
from decisions.gates import GateClass, Result
from decisions.hiring import NO_ROOM, Hiring, Room
from decisions.models.alerts import Alert
from decisions.terms import Purpose, Terms, Tranche
from forecasts.models import Metric, RepKind, SalesCurve
from milestones.models import ScheduledStop

MOST_TRANCHES = 8


class CommitmentQuerySet(InWorkspaceQuerySet):
    def with_marks(self, until=None):
        """What a row of the list says: the last check, and whether the gate was ever
        overridden, by the moment given. It costs no query of its own."""
        checks = GateCheck.objects.filter(commitment=OuterRef("pk"))
        overrides = Override.objects.filter(commitment=OuterRef("pk"))
        if until is not None:
            checks = checks.filter(evaluated_at__lte=until)
            overrides = overrides.filter(overridden_at__lte=until)
        latest = checks.order_by("-evaluated_at", "-pk")
        return self.annotate(
            checked_at=Subquery(latest.values("evaluated_at")[:1]),
            check_result=Subquery(latest.values("result")[:1]),
            check_terms=Subquery(latest.values("terms")[:1]),
            check_met=Subquery(latest.values("met")[:1]),
            check_asked=Subquery(latest.values("asked")[:1]),
            check_class=Subquery(latest.values("gate_class")[:1]),
            check_limits=Subquery(latest.values("limits")[:1]),
            is_marked=Exists(overrides),
        )

    def with_grounds(self):
        """What the gate asks beside scores and numbers: `stops_held`, `is_cosigned`, and
        the longest waiting stop that is about no metric: `other_stop`, `other_rule`."""
        others = Alert.objects.filter(workspace=OuterRef("workspace"), metric=None)
        others = others.open().stops().order_by("raised_at", "pk")
        held = ScheduledStop.objects.filter(
            workspace=OuterRef("workspace"), held_on__isnull=False
        )
        counts = held.order_by().values("workspace").annotate(n=Count("pk"))
        cosigned = CoSignature.objects.filter(
            commitment=OuterRef("pk"), terms=OuterRef("terms"), override__isnull=True
        )
        return self.annotate(
            stops_held=Coalesce(Subquery(counts.values("n")), 0),
            is_cosigned=Exists(cosigned),
            other_stop=Subquery(others.values("pk")[:1]),
            other_rule=Subquery(others.values("rule")[:1]),
        )


HIRED = [one for one in RepKind.choices if one[0] != RepKind.FOUNDER]


class Commitment(Revisable, WorkspaceModel):
    """`terms` counts the versions of what would be signed: a check, an override and a
    co-signature are each about one of them."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("none of these")
        FIRST_REPS = "first_reps", _("first sales reps")
        PILOT_TOOLS = "pilot_tools", _("paid tools for a pilot")
        MORE_REPS = "more_reps", _("scaling: more sales reps than the cap")
        LAUNCH = "launch", _("scaling: a launch campaign")
        NEW_SITE = "new_site", _("scaling: a new site")

    class Status(models.TextChoices):
        IDEA = "idea", _("an idea")
        PROPOSED = "proposed", _("proposed")
        HELD = "held", _("held")
        APPROVED = "approved", _("approved")
        OVERRIDDEN = "overridden", _("gate overridden")
        SIGNED = "signed", _("signed")
        STAGED = "staged", _("staged: a smaller step goes first")
        ENDED = "ended", _("ended")
        CANCELLED = "cancelled", _("cancelled")

    # what
    title = models.CharField(_("title"), max_length=120)
    counterparty = models.CharField(_("with whom"), max_length=120, blank=True)
    kind = models.CharField(
        _("is it one of these?"), max_length=11, choices=Kind, default=Kind.ORDINARY
    )
    notes = models.TextField(_("notes"), max_length=4000, blank=True)
    # how much; `value_minor`: in the venture's currency, where that is another one
    currency = models.CharField(_("currency"), max_length=3)
    amount_minor = models.BigIntegerField(_("amount"))
    value_minor = models.BigIntegerField(_("value"), null=True, blank=True)
    # from when to when; [{amount_minor, due_on, number, threshold, stop_on}]
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    tranches = models.JSONField(default=list, blank=True)
    # the way out
    cancel_minor = models.BigIntegerField(_("cost of cancelling"), default=0)
    notice_days = models.PositiveSmallIntegerField(
        _("days of notice"), null=True, blank=True
    )
    reversible_share = models.PositiveSmallIntegerField(
        _("share that comes back, in percent"), default=0
    )
    # what it rests on: numbers of questions, and a forecast
    questions = models.JSONField(default=list, blank=True)
    metric = models.ForeignKey(
        Metric, models.RESTRICT, null=True, blank=True, related_name="commitments"
    )
    # whom it would hire to sell; `hiring`: what the phase of the curve allowed when it
    # was noted last (decisions/hiring.py)
    hires = models.PositiveSmallIntegerField(
        _("how many reps it hires"), null=True, blank=True
    )
    hire_kind = models.CharField(
        _("which kind of reps"), max_length=13, choices=HIRED, blank=True
    )
    sales_curve = models.ForeignKey(
        SalesCurve,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("what they would sell"),
    )
    hiring = models.JSONField(default=dict, blank=True)
    hiring_noted_at = models.DateTimeField(null=True, blank=True)
    # where it stands
    status = models.CharField(max_length=10, choices=Status, default=Status.PROPOSED)
    terms = models.PositiveIntegerField(default=1)
    step_of = models.ForeignKey(
        "self", models.RESTRICT, null=True, blank=True, related_name="steps"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+"
    )
    created_at = models.DateTimeField()
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closing = models.TextField(_("what came of it"), max_length=4000, blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0)
                & Q(cancel_minor__gte=0)
                & (Q(value_minor__isnull=True) | Q(value_minor__gt=0)),
                name="commitment_amounts_are_positive",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__lte=models.F("ends_on")),
                name="commitment_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(reversible_share__lte=100),
                name="commitment_share_is_a_percentage",
            ),
            models.CheckConstraint(
                condition=~Q(status="signed") | Q(signed_at__isnull=False),
                name="commitment_signed_has_date",
            ),
            models.CheckConstraint(
                condition=Q(hires__isnull=True, hire_kind="")
                | (Q(hires__gte=1) & ~Q(hire_kind="")),
                name="commitment_hires_have_kind",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_open(self) -> bool:
        """Before its signature: it may be changed, checked, approved."""
        return self.status in OPEN

    @property
    def purpose(self) -> Purpose:
        """Reps are scaling where the phase of selling does not allow them."""
        told = self.what_it_hires
        if told is not None:
            is_first = told.is_allowed or told.is_before_sale
            return Purpose.FIRST if is_first else Purpose.SCALING
        return PURPOSES.get(self.kind, Purpose.ORDINARY)

    @property
    def what_it_hires(self) -> Hiring | None:
        """Without a curve there is nothing to sell yet."""
        if self.kind not in HIRING or not self.hires:
            return None
        room = Room.of_kept(self.hiring) if self.hiring else NO_ROOM
        return Hiring(self.hires, self.hire_kind, room)

    @property
    def money(self) -> str:
        return show_money(self.amount_minor, self.currency)

    @property
    def what_it_asks(self) -> Terms:
        """Its terms as the gate reads them. Another currency counts by its value."""
        is_own = self.currency == self.workspace.currency
        return Terms(
            amount=self.amount_minor,
            value=self.amount_minor if is_own else self.value_minor,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            cancel_cost=self.cancel_minor,
            notice_days=self.notice_days,
            reversible=self.reversible_share,
            purpose=self.purpose,
            tranches=tuple(tranche_of(one) for one in self.tranches),
            hiring=self.what_it_hires,
        )


Status = Commitment.Status
OPEN = {
    *(Status.IDEA, Status.PROPOSED, Status.HELD, Status.APPROVED, Status.OVERRIDDEN),
}
# kinds that say how many reps, and of which kind
HIRING = {Commitment.Kind.FIRST_REPS, Commitment.Kind.MORE_REPS}
PURPOSES = {
    Commitment.Kind.FIRST_REPS: Purpose.FIRST,
    Commitment.Kind.PILOT_TOOLS: Purpose.FIRST,
    Commitment.Kind.MORE_REPS: Purpose.SCALING,
    Commitment.Kind.LAUNCH: Purpose.SCALING,
    Commitment.Kind.NEW_SITE: Purpose.SCALING,
}


def tranche_of(kept: dict) -> Tranche:
    stop_on = kept.get("stop_on")
    return Tranche(
        amount=kept["amount_minor"],
        due_on=date.fromisoformat(kept["due_on"]),
        number=kept.get("number", ""),
        threshold=kept.get("threshold", ""),
        stop_on=date.fromisoformat(stop_on) if stop_on else None,
    )


def tranche_as_kept(tranche: Tranche) -> dict:
    return {
        "amount_minor": tranche.amount,
        "due_on": tranche.due_on.isoformat(),
        "number": tranche.number,
        "threshold": tranche.threshold,
        "stop_on": tranche.stop_on.isoformat() if tranche.stop_on else None,
    }


class GateCheck(AppendOnlyModel):
    """What was asked and what was there, at one moment, of one version of the terms."""

    commitment = models.ForeignKey(
        Commitment, models.RESTRICT, related_name="gate_checks"
    )
    terms = models.PositiveIntegerField()
    gate_class = models.CharField(
        max_length=1, choices=[(one.value, one.value) for one in GateClass]
    )
    result = models.CharField(
        max_length=6,
        choices=[
            (Result.PASSED.value, _("passed")),
            (Result.WARNED.value, _("passed with a warning")),
            (Result.HELD.value, _("held")),
        ],
    )
    met = models.PositiveSmallIntegerField()
    asked = models.PositiveSmallIntegerField()
    # [{about, number, sentence, is_met}], and why it is of this class
    conditions = models.JSONField()
    why = models.TextField()
    # [{id, metric}] of the stops open then
    open_alerts = models.JSONField()
    # ids of the commitments that counted together with it, and what parted the classes
    together = models.JSONField(default=list)
    limits = models.JSONField(default=usual)
    at_signing = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    evaluated_at = models.DateTimeField()

    class Meta:
        ordering = ["-evaluated_at", "pk"]

    def __str__(self):
        return f"{self.get_result_display()}, {self.evaluated_at:%Y-%m-%d}"


class Override(AppendOnlyModel):
    """Somebody goes ahead though the gate holds. It never goes away."""

    commitment = models.ForeignKey(
        Commitment, models.RESTRICT, related_name="overrides"
    )
    terms = models.PositiveIntegerField()
    gate_check = models.ForeignKey(GateCheck, models.RESTRICT, related_name="overrides")
    reasons = models.TextField(_("why"), max_length=8000)
    wrong_if = models.TextField(_("what would prove us wrong"), max_length=4000)
    by_when = models.DateField(_("by when we shall know"))
    needs_cosign = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    overridden_at = models.DateTimeField()

    class Meta:
        ordering = ["-overridden_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "terms"], name="override_once_for_its_terms"
            ),
        ]

    def __str__(self):
        return f"{self.commitment_id}, {self.overridden_at:%Y-%m-%d}"


class CoSignature(AppendOnlyModel):
    """An advisor stands for the terms too, or for the override of their gate."""

    commitment = models.ForeignKey(
        Commitment, models.RESTRICT, related_name="cosignatures"
    )
    terms = models.PositiveIntegerField()
    override = models.OneToOneField(
        Override, models.RESTRICT, null=True, related_name="cosignature"
    )
    reasons = models.TextField(_("why you stand for it"), max_length=4000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    cosigned_at = models.DateTimeField()

    class Meta:
        ordering = ["-cosigned_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "terms"],
                condition=Q(override__isnull=True),
                name="cosignature_once_for_its_terms",
            ),
        ]

    def __str__(self):
        return f"{self.commitment_id}, {self.cosigned_at:%Y-%m-%d}"
