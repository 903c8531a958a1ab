"""What a venture sets of the gate before its signatures."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Revisable, Workspace
from decisions.gate_limits import USUAL, GateLimits
from decisions.models.limits import within


def percent(label, default, low, high):
    return models.PositiveSmallIntegerField(
        label, default=default, validators=within(low, high)
    )


class GateSettings(Revisable, models.Model):
    """One row a venture, made with its first change. The bounds keep a gate a gate."""

    workspace = models.OneToOneField(
        Workspace, models.CASCADE, primary_key=True, related_name="gate_settings"
    )
    small_share = percent(_("small, % of the cash in hand"), USUAL.small, 1, 5)
    modest_share = percent(_("modest, % of the cash in hand"), USUAL.modest, 5, 20)
    large_share = percent(_("large, % of the cash in hand"), USUAL.large, 15, 50)
    valid_days = percent(_("days to sign"), USUAL.valid_days, 1, 14)

    class Meta:
        verbose_name_plural = "gate settings"
        constraints = [
            models.CheckConstraint(
                condition=Q(small_share__gte=1, small_share__lt=F("modest_share"))
                & Q(modest_share__lt=F("large_share"), large_share__lte=50)
                & Q(valid_days__range=(1, 14)),
                name="gate_shares_rise",
            ),
        ]

    def __str__(self):
        return f"gate of {self.workspace_id}"

    @property
    def limits(self) -> GateLimits:
        return GateLimits(
            self.small_share, self.modest_share, self.large_share, self.valid_days
        )
