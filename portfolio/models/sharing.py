"""The dashboard for those who advise: who may open it without an account, who read it
up to where, and what the founders ask of its readers."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from core.models import AppendOnlyModel, WorkspaceModel
from core.querysets import AppendOnlyQuerySet, InWorkspaceQuerySet


class ShareLinkQuerySet(InWorkspaceQuerySet):
    def working(self, now):
        return self.filter(revoked_at__isnull=True, expires_at__gt=now)


class ShareLink(WorkspaceModel):
    """Opens the dashboard without an account. Of its token only the SHA-256 is kept."""

    class Scope(models.TextChoices):
        WHOLE = "whole", _("the whole dashboard")
        QUESTIONS = "questions", _("the eleven questions alone")

    name = models.CharField(_("whom it is for"), max_length=80)
    scope = models.CharField(
        _("what it shows"), max_length=9, choices=Scope, default=Scope.WHOLE
    )
    token_hash = models.CharField(max_length=64, unique=True)
    # as Django keeps passwords; empty where none is asked for
    passphrase = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_opened_at = models.DateTimeField(null=True, blank=True)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "pk"]

    def __str__(self):
        return self.name

    def works(self, now) -> bool:
        return self.revoked_at is None and now < self.expires_at


class ShareOpening(WorkspaceModel):
    """A link was opened; one an hour at most, for reloading is no news."""

    link = models.ForeignKey(ShareLink, models.CASCADE, related_name="openings")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "pk"]

    def __str__(self):
        return f"{self.link_id}, {self.at:%Y-%m-%d}"


class Ask(AppendOnlyModel):
    """What the founders ask of their advisors, in one sentence. The newest one stands;
    an empty one says that they ask for nothing."""

    text = models.TextField(_("what you ask of your advisors"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["-asked_at", "pk"]

    def __str__(self):
        return self.text


class DashboardReadQuerySet(AppendOnlyQuerySet):
    def latest(self):
        """The last one of each reader; those by a link who never said who they are
        count as one."""
        later = DashboardRead.objects.filter(
            workspace=OuterRef("workspace"), number__gt=OuterRef("number")
        )
        known = later.filter(Q(by=OuterRef("by")) | Q(guest=OuterRef("guest")))
        unknown = later.filter(link=OuterRef("link"), guest=None)
        is_late = Exists(known) | Q(Exists(unknown), guest=None)
        return self.filter(~is_late)


class DashboardRead(AppendOnlyModel):
    """Somebody read the dashboard as it stood at `seen_until`. `number` counts those of
    a member, or those by a link. `guest`: who had the link, if they said so."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+"
    )
    link = models.ForeignKey(
        ShareLink, models.RESTRICT, null=True, related_name="reads"
    )
    guest = models.ForeignKey(
        "portfolio.Guest", models.RESTRICT, null=True, related_name="reads"
    )
    number = models.PositiveIntegerField()
    seen_until = models.DateTimeField()
    read_at = models.DateTimeField()

    objects = DashboardReadQuerySet.as_manager()

    class Meta:
        ordering = ["-read_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(by__isnull=True, link__isnull=False)
                | Q(by__isnull=False, link__isnull=True, guest__isnull=True),
                name="dashboard_read_by_one",
            ),
            models.UniqueConstraint(
                fields=["workspace", "by", "number"],
                condition=Q(by__isnull=False),
                name="dashboard_read_by_member_in_order",
            ),
            models.UniqueConstraint(
                fields=["workspace", "link", "number"],
                condition=Q(link__isnull=False),
                name="dashboard_read_by_link_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.by_id or self.link_id}, {self.read_at:%Y-%m-%d}"
