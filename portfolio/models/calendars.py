"""Secret addresses by which calendars outside read the dates of a venture."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import WorkspaceModel


class CalendarFeed(WorkspaceModel):
    """Of one member for one venture; works while they are in the team."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feeds"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    # the day alone: calendars ask every few hours
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "user"],
                condition=Q(revoked_at__isnull=True),
                name="calendar_feed_one_works",
            ),
        ]

    def __str__(self):
        return f"{self.user_id} in {self.workspace_id}"
