"""While an alert is open: somebody took it up, it was put off once, others were told."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import AppendOnlyModel
from decisions.models.alerts import Alert


class Acknowledgement(AppendOnlyModel):
    """Somebody answers for an alert until a day. The latest one counts."""

    alert = models.ForeignKey(Alert, models.RESTRICT, related_name="acknowledgements")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+"
    )
    evaluate_by = models.DateField(_("evaluated by"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    acknowledged_at = models.DateTimeField()

    class Meta:
        ordering = ["-acknowledged_at", "pk"]

    def __str__(self):
        return f"{self.owner} until {self.evaluate_by}"


class Snooze(AppendOnlyModel):
    """Put off once, for a week at most. It lifts itself and closes nothing."""

    alert = models.OneToOneField(Alert, models.RESTRICT, related_name="snooze")
    until = models.DateField(_("until"))
    reason = models.TextField(_("why it can wait"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    snoozed_at = models.DateTimeField()

    def __str__(self):
        return f"until {self.until}"


class Escalation(AppendOnlyModel):
    """Nobody took it up, or nobody decided in time: others were told, once each."""

    class Level(models.TextChoices):
        NOT_TAKEN_UP = "taken_up", _("nobody took it up within two working days")
        NOT_DECIDED = "decided", _("nothing was decided by the day named")

    alert = models.ForeignKey(Alert, models.RESTRICT, related_name="escalations")
    level = models.CharField(max_length=8, choices=Level)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["alert", "level"], name="escalated_once"),
        ]

    def __str__(self):
        return self.get_level_display()
