"""Who gets the digest, and what was written to them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.models import Channel, WorkspaceModel
from portfolio.digest.schedule import Rhythm
from portfolio.models.sharing import ShareLink


class DigestSubscription(WorkspaceModel):
    """A member, somebody without an account who confirmed their address and reads the
    dashboard by a link, or a channel. `next_period` is due at `next_due`."""

    class Rhythms(models.TextChoices):
        WEEKLY = Rhythm.WEEKLY, _("every Monday")
        DAILY = Rhythm.DAILY, _("every day")
        MONTHLY = Rhythm.MONTHLY, _("the first Monday of the month")
        OFF = Rhythm.OFF, _("never")

    # who
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="digests"
    )
    address = models.EmailField(max_length=254, blank=True)
    name = models.CharField(_("whom it is for"), max_length=80, blank=True)
    link = models.ForeignKey(
        ShareLink, models.CASCADE, null=True, related_name="subscriptions"
    )
    channel = models.OneToOneField(
        Channel, models.CASCADE, null=True, related_name="digest"
    )
    # how they want it; `zone` is that of a member's account when it was planned
    rhythm = models.CharField(
        _("how often"), max_length=7, choices=Rhythms, default=Rhythms.WEEKLY
    )
    zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    next_period = models.CharField(max_length=40, blank=True)
    next_due = models.DateTimeField(null=True)
    # whether they do; asked by a mail whose token opens one page
    token_hash = models.CharField(max_length=64, blank=True)
    invited_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    unsubscribed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["next_due"], name="digest_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    user__isnull=False,
                    link__isnull=True,
                    channel__isnull=True,
                    address="",
                )
                | (
                    Q(user__isnull=True, link__isnull=False, channel__isnull=True)
                    & ~Q(address="")
                )
                | Q(
                    user__isnull=True,
                    link__isnull=True,
                    channel__isnull=False,
                    address="",
                ),
                name="digest_for_one_kind_of_reader",
            ),
            models.UniqueConstraint(
                fields=["workspace", "user"],
                condition=Q(user__isnull=False),
                name="digest_once_for_member",
            ),
            models.UniqueConstraint(
                "workspace",
                Lower("address"),
                condition=Q(link__isnull=False),
                name="digest_once_for_address",
            ),
            models.UniqueConstraint(
                fields=["token_hash"],
                condition=~Q(token_hash=""),
                name="digest_offered_by_one_token",
            ),
        ]

    def __str__(self):
        return f"{self.user_id or self.pk}: {self.rhythm}"

    @property
    def is_on(self):
        return self.confirmed_at is not None and self.unsubscribed_at is None

    @property
    def shown_rhythm(self):
        """As somebody reads it who unsubscribed by a mail, or never said yes."""
        return self.rhythm if self.is_on else self.Rhythms.OFF

    @property
    def reader(self):
        """What its minute is drawn from."""
        return str(self.user_id or self.channel_id or self.pk)


class Digest(WorkspaceModel):
    """What one reader was written for one period, as it stood then. Whether it was sent
    stands in the ledger, under `key`. The token is that of this one mail: it shows the
    digest, switches off, and opens the dashboard for who has no account."""

    class Kind(models.TextChoices):
        NEWS = "news", _("digest")
        NOTICE = "notice", _("the notice before silence")
        TEST = "test", _("test")

    subscription = models.ForeignKey(
        DigestSubscription, models.CASCADE, related_name="digests"
    )
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.NEWS)
    period = models.CharField(max_length=40)
    key = models.CharField(max_length=300, unique=True)
    token_hash = models.CharField(max_length=64, unique=True)
    due_at = models.DateTimeField()
    readable_until = models.DateTimeField()
    # written once, when it is first rendered; a second try sends the same
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    content = models.JSONField(null=True)

    class Meta:
        ordering = ["-due_at", "pk"]

    def __str__(self):
        return f"{self.period}, {self.subscription_id}"


class DigestSettings(WorkspaceModel):
    """`is_wordless`: mails carry numbers and the product's own sentences alone, nothing
    that the team has written or a customer said."""

    is_wordless = models.BooleanField(
        _("no words of ours or of customers in mails"), default=False
    )

    class Meta:
        verbose_name_plural = "digest settings"
        constraints = [
            models.UniqueConstraint(
                fields=["workspace"], name="digest_settings_of_one_venture"
            ),
        ]

    def __str__(self):
        return f"{self.workspace_id}: {'wordless' if self.is_wordless else 'plain'}"
