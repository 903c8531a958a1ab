"""Ventures, who belongs to them, and what each role may do."""

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.models.bases import Revisable
from core.querysets import InWorkspaceQuerySet

# Before every moment there is: what is due since then is due now.
AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)


class Permission(StrEnum):
    VIEW = "view"
    SEE_PEOPLE = "see_people"
    LOG = "log"
    SCORE = "score"
    REVIEW = "review"
    PLAN = "plan"
    DECIDE = "decide"
    MANAGE = "manage"
    OWN = "own"


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    FOUNDER = "founder", _("Founder")
    MEMBER = "member", _("Member")
    ADVISOR = "advisor", _("Advisor")
    OBSERVER = "observer", _("Observer")


# Sets, not ranks: an advisor is not below a member but different.
ROLE_PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.OWNER: frozenset(Permission),
    Role.FOUNDER: frozenset(Permission) - {Permission.OWN},
    Role.MEMBER: frozenset(
        {
            Permission.VIEW,
            Permission.SEE_PEOPLE,
            Permission.LOG,
            Permission.PLAN,
            Permission.REVIEW,
        }
    ),
    Role.ADVISOR: frozenset({Permission.VIEW, Permission.REVIEW}),
    Role.OBSERVER: frozenset({Permission.VIEW}),
}


class Workspace(Revisable, models.Model):
    """A venture."""

    class MarketType(models.TextChoices):
        EXISTING = "existing", _("existing market")
        RESEGMENTED = "resegmented", _("resegmented market")
        NEW = "new", _("new market")
        CLONE = "clone", _("clone of a model from elsewhere")

    class Stage(models.TextChoices):
        SEED = "seed", _("seed")
        DEVELOPMENT = "development", _("development")
        GO_TO_MARKET = "go_to_market", _("go to market")
        MARKET_EXPANSION = "market_expansion", _("market expansion")
        HARVEST = "harvest", _("harvest")

    class WeekStart(models.IntegerChoices):
        MONDAY = 1, _("Monday")
        SUNDAY = 7, _("Sunday")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    # what kind of venture
    market_type = models.CharField(
        _("market type"), max_length=12, choices=MarketType, default=MarketType.NEW
    )
    stage = models.CharField(
        _("stage"), max_length=16, choices=Stage, default=Stage.SEED
    )
    sells_to_businesses = models.BooleanField(
        _("customers are organisations"), default=True
    )
    first_shipped_on = models.DateField(_("first shipped on"), null=True, blank=True)
    # how it counts
    currency = models.CharField(_("currency"), max_length=3, default="USD")
    timezone = models.CharField(_("time zone"), max_length=64, default="UTC")
    week_start = models.PositiveSmallIntegerField(
        _("week starts on"), choices=WeekStart, default=WeekStart.MONDAY
    )
    # what commitments are measured by; None while nobody has said
    cash_in_hand_minor = models.BigIntegerField(
        _("cash in hand"), null=True, blank=True
    )
    cash_as_of = models.DateField(_("cash counted on"), null=True, blank=True)
    # thresholds: lifetime false-alarm rate of one metric, in percent
    alarm_rate = models.DecimalField(
        _("false alarms allowed"), max_digits=4, decimal_places=2, default="1.00"
    )
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    # when its next day begins: then the rules that ask the calendar are asked
    rules_due_at = models.DateTimeField(default=AT_ONCE, editable=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["rules_due_at"],
                condition=Q(is_sample=False),
                name="workspace_rules_due",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(alarm_rate__gte="0.1", alarm_rate__lte="5"),
                name="workspace_alarm_rate_in_range",
            ),
            models.CheckConstraint(
                condition=Q(week_start__in=[1, 7]), name="workspace_week_start_known"
            ),
            models.CheckConstraint(
                condition=Q(cash_in_hand_minor__isnull=True, cash_as_of__isnull=True)
                | Q(cash_in_hand_minor__gte=0, cash_as_of__isnull=False),
                name="workspace_cash_has_its_day",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def zone(self):
        return ZoneInfo(self.timezone)

    def today(self, now):
        """The venture's own date at that moment."""
        return now.astimezone(self.zone).date()

    def tomorrow_begins(self, now):
        """The moment at which its next day does."""
        tomorrow = self.today(now) + timedelta(days=1)
        return datetime.combine(tomorrow, time.min, tzinfo=self.zone)


class MembershipQuerySet(InWorkspaceQuerySet):
    def current(self):
        return self.filter(left_on__isnull=True, user__is_active=True)

    def with_permission(self, permission):
        roles = [role for role, may in ROLE_PERMISSIONS.items() if permission in may]
        return self.filter(role__in=roles)


class Membership(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=8, choices=Role)
    is_leadership = models.BooleanField(_("leads the venture"), default=False)
    joined_at = models.DateTimeField()
    left_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "user"], name="membership_once"
            ),
        ]

    def __str__(self):
        return f"{self.user} ({self.get_role_display()})"

    @property
    def may(self):
        return ROLE_PERMISSIONS[self.role]


class Invitation(models.Model):
    """Bound to venture, address and role; works once, for seven days."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"), max_length=254)
    role = models.CharField(_("role"), max_length=8, choices=Role)
    token_hash = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InWorkspaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "workspace",
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invitation_open_once",
            ),
        ]

    def __str__(self):
        return f"{self.email} → {self.workspace}"

    def is_open(self, now):
        return not self.accepted_at and not self.revoked_at and now < self.expires_at


class OneTimeLink(models.Model):
    """A way in without a password: the first set-up, or a sign-in from the server."""

    class Kind(models.TextChoices):
        SETUP = "setup", _("first set-up")
        LOGIN = "login", _("sign-in")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=5, choices=Kind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="setup", user__isnull=True)
                | Q(kind="login", user__isnull=False),
                name="one_time_link_user_fits_kind",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()


class ApiToken(models.Model):
    """A secret that acts for one membership; only its SHA-256 is kept."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    membership = models.ForeignKey(
        Membership, models.CASCADE, related_name="api_tokens"
    )
    name = models.CharField(_("what it is for"), max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self):
        return self.name
