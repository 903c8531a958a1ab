"""In which phase of the sales learning curve a curve was, as it was noted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import AppendOnlyModel
from forecasts.models import SalesCurve


class PhaseNote(AppendOnlyModel):
    """What the figures of a curve came to from `noted_at` on, until the next row of it.

    `figure` says what the last quarter that is known came to, in words of the product;
    empty while none is. It holds no name."""

    class Phase(models.TextChoices):
        """As forecasts.learning_curve.Phase has them."""

        PRE = "pre", _("before sale")
        INITIATION = "initiation", _("learning (initiation)")
        TRANSITION = "transition", _("transition")
        EXECUTION = "execution", _("execution")

    curve = models.ForeignKey(SalesCurve, models.RESTRICT, related_name="phases")
    phase = models.CharField(max_length=10, choices=Phase)
    figure = models.CharField(max_length=120, blank=True)
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["noted_at", "pk"]
        constraints = [
            # the last row is what holds: two of one moment would leave that to chance
            models.UniqueConstraint(
                fields=["curve", "noted_at"], name="phase_noted_once_a_moment"
            ),
        ]

    def __str__(self):
        return f"{self.get_phase_display()}: {self.figure}"
