"""How far the rules that ask the calendar have looked."""

from django.db import models

from core.models import Workspace


class RulePulse(models.Model):
    """The last day of a venture on which all its rules were asked."""

    workspace = models.OneToOneField(
        Workspace, models.CASCADE, primary_key=True, related_name="rule_pulse"
    )
    judged_on = models.DateField()

    def __str__(self):
        return f"{self.judged_on}"
