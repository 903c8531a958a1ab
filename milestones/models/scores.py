"""What founders claim to know, row by row."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import AppendOnlyModel
from milestones.models.evidence import EvidenceLink
from milestones.models.questions import Question


class Score(AppendOnlyModel):
    """One claim by one person, with the reason. A change of mind is a new row."""

    class Kind(models.TextChoices):
        CLAIMED = "claimed", _("claimed by a founder")
        REVIEWED = "reviewed", _("reviewed by an advisor")

    question = models.ForeignKey(Question, models.RESTRICT, related_name="scores")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.CLAIMED)
    value = models.PositiveSmallIntegerField(_("score"))
    reason = models.TextField(_("why this score?"), max_length=4000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="scores"
    )
    # a round opens with the first new score of a question; see milestones/rounds.py
    round = models.PositiveIntegerField()
    supersedes = models.OneToOneField(
        "self", models.RESTRICT, null=True, related_name="superseded_by"
    )
    # what the evidence supported at that moment, and with which rows
    supported = models.PositiveSmallIntegerField()
    evidence = models.ManyToManyField(EvidenceLink, related_name="scores", blank=True)
    # what the computed signals said: {key: verdict}
    signals = models.JSONField(default=dict)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__lte=5, supported__lte=5),
                name="score_from_0_to_5",
            ),
            models.UniqueConstraint(
                fields=["question", "by", "kind"],
                condition=Q(supersedes__isnull=True),
                name="score_one_first_by_person",
            ),
        ]

    def __str__(self):
        return f"{self.value} by {self.by_id}"
