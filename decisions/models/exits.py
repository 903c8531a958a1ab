"""The two ways in which an alert ends without a decision of its own."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import AppendOnlyModel
from decisions.models.alerts import Alert
from forecasts.models import Actual


class SideExit(AppendOnlyModel):
    """Its numbers were false: `correction` takes it away. Or it `doubles` another that is
    open, whose decision covers it. An alert that had to be taken up again may have two.
    """

    class Kind(models.TextChoices):
        FALSE_DATA = "false_data", _("its numbers were false")
        DUPLICATE = "duplicate", _("it doubles another alert")

    alert = models.ForeignKey(Alert, models.RESTRICT, related_name="exits")
    kind = models.CharField(max_length=10, choices=Kind)
    correction = models.ForeignKey(
        Actual, models.RESTRICT, null=True, related_name="exits"
    )
    doubles = models.ForeignKey(
        Alert, models.RESTRICT, null=True, related_name="doubled_by"
    )
    reason = models.TextField(_("why"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    ended_at = models.DateTimeField()

    class Meta:
        ordering = ["-ended_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind="false_data", correction__isnull=False, doubles__isnull=True
                )
                | Q(kind="duplicate", correction__isnull=True, doubles__isnull=False),
                name="side_exit_names_its_ground",
            ),
            models.CheckConstraint(
                condition=Q(doubles__isnull=True) | ~Q(doubles=F("alert")),
                name="side_exit_doubles_another",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()
