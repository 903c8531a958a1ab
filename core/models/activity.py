"""Who did what, for ever."""

from django.conf import settings
from django.db import models

from core.models.bases import AppendOnlyModel
from core.verbs import in_words


class ActivityEntry(AppendOnlyModel):
    """One line of the log. `data` holds ids, counts and codes, never anyone's words."""

    workspace = models.ForeignKey(
        "core.Workspace", models.CASCADE, null=True, related_name="activity"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.UUIDField(null=True)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            # the activity page, newest first
            models.Index(fields=["workspace", "-at"], name="activity_newest"),
        ]

    def __str__(self):
        return self.verb

    @property
    def sentence(self):
        return in_words(self.verb)
