"""The ledger: one row for each message that must leave, by mail or by HTTP."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q


class Delivery(models.Model):
    """One message to one person or channel. The row, not the broker, says what is to do.

    `key` makes it exactly one: (kind, venture, recipient, period) for digests,
    (episode, recipient, transition) for alerts, joined into one text.
    """

    class State(models.TextChoices):
        PLANNED = "planned"
        SENDING = "sending"
        HANDED = "handed"
        SENT = "sent"
        RETRY = "retry"
        BOUNCED = "bounced"
        FAILED = "failed"
        SKIPPED = "skipped"
        UNKNOWN = "unknown"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    key = models.CharField(max_length=300, unique=True)
    kind = models.CharField(max_length=40)
    workspace = models.ForeignKey(
        "core.Workspace", models.CASCADE, null=True, related_name="deliveries"
    )
    # whom: the stored address of an account, or an invited address
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+"
    )
    address = models.EmailField(max_length=254)
    # or a receiver by HTTP, in the place of a person
    channel = models.ForeignKey(
        "core.Channel", models.CASCADE, null=True, related_name="deliveries"
    )
    # what it is about, as values: the ledger knows nothing of alerts or digests
    subject_id = models.UUIDField(null=True)
    period = models.CharField(max_length=40, blank=True)
    transition = models.CharField(max_length=20, blank=True)
    # a secret that only this mail carries, such as an invitation's token; sealed
    payload = models.TextField(blank=True)
    # of the token by which its reader switches off all mails of the topic
    off_hash = models.CharField(max_length=64, blank=True)
    # where it stands
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)
    attempts = models.PositiveSmallIntegerField(default=0)
    deferrals = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    message_id = models.CharField(max_length=300, blank=True)
    is_ambiguous = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    planned_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # what is due, oldest first
            models.Index(fields=["state", "not_before"], name="delivery_due"),
            models.Index(fields=["address", "state"], name="delivery_by_address"),
            # what a channel was told, for its page
            models.Index(
                fields=["channel", "planned_at"],
                condition=Q(channel__isnull=False),
                name="delivery_by_channel",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["off_hash"],
                condition=~Q(off_hash=""),
                name="delivery_switched_off_by_one_token",
            ),
        ]

    def __str__(self):
        return self.key
