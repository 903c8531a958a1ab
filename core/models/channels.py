"""Where a venture tells of its events outside: by HTTP, to a chat or a program."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models.bases import WorkspaceModel
from core.querysets import InWorkspaceQuerySet


class ChannelQuerySet(InWorkspaceQuerySet):
    def working(self):
        return self.filter(revoked_at=None)


class Channel(WorkspaceModel):
    """One receiver. A venture has none until somebody adds it. A channel that was taken
    off stays, without its address, since the ledger tells of it.

    `url` and `secret` are sealed (core.sealing): the address of a chat is itself a
    secret, and `host` is what may be shown of it.
    """

    class Kind(models.TextChoices):
        CHAT = "chat", _("a chat (Slack, Mattermost and others that take its format)")
        SIGNED = "signed", _("a program of yours (JSON, signed)")

    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("what receives it"), max_length=6, choices=Kind)
    host = models.CharField(max_length=260)
    url = models.TextField(blank=True)
    secret = models.TextField(blank=True)
    wants_alerts = models.BooleanField(_("alerts"), default=True)
    wants_digest = models.BooleanField(_("the digest of the week"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(url="") | Q(revoked_at__isnull=False),
                name="channel_works_with_address",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_signed(self):
        return self.kind == self.Kind.SIGNED
