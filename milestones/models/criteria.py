"""How far each criterion of a question is met, in the founders' own judgement."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import AppendOnlyModel
from milestones.models.questions import Question


class CriterionAnswer(AppendOnlyModel):
    """One criterion ticked by one person. A change of mind is a new row.

    `criterion` is its place, from 1, among the criteria in milestones/eleven.
    """

    class State(models.TextChoices):
        UNKNOWN = "unknown", _("do not know")
        NO = "no", _("no")
        PARTLY = "partly", _("partly")
        YES = "yes", _("yes")

    question = models.ForeignKey(Question, models.RESTRICT, related_name="criteria")
    criterion = models.PositiveSmallIntegerField()
    state = models.CharField(_("is it so?"), max_length=7, choices=State)
    note = models.CharField(_("how we know"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    supersedes = models.OneToOneField(
        "self", models.RESTRICT, null=True, related_name="superseded_by"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(criterion__gte=1), name="criterion_counted_from_1"
            ),
            models.UniqueConstraint(
                fields=["question", "criterion"],
                condition=Q(supersedes__isnull=True),
                name="criterion_one_first",
            ),
        ]

    def __str__(self):
        return f"{self.criterion} {self.state}"
