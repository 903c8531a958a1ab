"""Who comments by a link, without an account: an address that mails have reached, and
the browsers that showed it. A guest may comment, and nothing else that the link itself
does not give."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.models import WorkspaceModel
from core.querysets import InWorkspaceQuerySet
from portfolio.models.sharing import ShareLink


class GuestQuerySet(InWorkspaceQuerySet):
    def welcome(self, now):
        """The founders have not ended them, and their link still opens something."""
        works = Q(link__revoked_at__isnull=True, link__expires_at__gt=now)
        return self.filter(works, ended_at__isnull=True)


class Guest(WorkspaceModel):
    """One address at one link. `user`: whose it is, if it was a member's when the code
    came back; what they say is theirs for as long as they belong to the venture."""

    link = models.ForeignKey(ShareLink, models.RESTRICT, related_name="guests")
    address = models.EmailField(max_length=254)
    name = models.CharField(_("your name"), max_length=80)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField()
    # the place by which they came in then: where mails lead back to
    came_by = models.CharField(max_length=16)
    # answers by mail, and the page that stops them
    wants_replies = models.BooleanField(default=False)
    stop_hash = models.CharField(max_length=64, blank=True)
    # by the founders
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    objects = GuestQuerySet.as_manager()

    class Meta:
        ordering = ["confirmed_at", "pk"]
        indexes = [models.Index(fields=["stop_hash"], name="guest_stop")]
        constraints = [
            models.UniqueConstraint(
                "link", Lower("address"), name="guest_once_for_each_link"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="guest_ended_by_somebody",
            ),
        ]

    def __str__(self):
        return self.name


class GuestBrowser(WorkspaceModel):
    """A browser in which the code of this guest was typed. Of the token in its cookie
    only the SHA-256 is kept."""

    guest = models.ForeignKey(Guest, models.CASCADE, related_name="browsers")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self):
        return f"{self.guest_id}, {self.created_at:%Y-%m-%d}"


class Introduction(WorkspaceModel):
    """What somebody wants to say before anybody knows who they are: kept until the code
    came back, a day at most. `place`: as that of a draft."""

    link = models.ForeignKey(ShareLink, models.CASCADE, related_name="introductions")
    token_hash = models.CharField(max_length=64, unique=True)
    place = models.CharField(max_length=60)
    text = models.TextField(blank=True)
    created_at = models.DateTimeField()
    # who they say they are
    address = models.EmailField(max_length=254, blank=True)
    name = models.CharField(max_length=80, blank=True)
    wants_replies = models.BooleanField(default=False)
    # what shows it
    code_hash = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self):
        return self.place
