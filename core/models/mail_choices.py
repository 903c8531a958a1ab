"""Which mails somebody does not want."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models.bases import WorkspaceModel


class MailChoice(WorkspaceModel):
    """A topic that a member has switched off for one venture. Without a row it is on.

    A kind of mail names its topic as TOPIC in the module that renders it.
    """

    class Topic(models.TextChoices):
        ALERTS = "alerts", _("a stop is raised")
        ESCALATIONS = "escalations", _("a stop waits too long")
        FOLLOW_UPS = "follow_ups", _("something I am to do after a decision is due")
        COMMENTS = "comments", _("answers to my comments, and comments that name me")
        GATES = "gates", _("the gate of a commitment is overridden")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_choices"
    )
    topic = models.CharField(max_length=12, choices=Topic)
    off_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "user", "topic"], name="mail_choice_once"
            ),
        ]

    def __str__(self):
        return f"{self.user_id}: no {self.topic}"
