"""Questions asked back: is there evidence for what you claim?"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import WorkspaceModel
from core.querysets import InWorkspaceQuerySet
from milestones.models.questions import Question


class ChallengeQuerySet(InWorkspaceQuerySet):
    def open(self):
        return self.filter(closed_at__isnull=True)


class Challenge(WorkspaceModel):
    """Asked by one who reviews, and closed by an answer or a lower score.

    Two founders whose scores lie two or more apart open one that nobody asked: they
    have to talk about it.
    """

    class Kind(models.TextChoices):
        EVIDENCE = "evidence", _("asks for evidence")
        SPREAD = "spread", _("founders disagree")

    class Outcome(models.TextChoices):
        ANSWERED = "answered", _("answered")
        LOWERED = "lowered", _("the score was lowered")
        AGREED = "agreed", _("the founders came closer")
        WITHDRAWN = "withdrawn", _("taken back")

    question = models.ForeignKey(Question, models.RESTRICT, related_name="challenges")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.EVIDENCE)
    # what was claimed when it was opened; what must be undercut to close it
    claimed = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(_("what we want to see"), max_length=2000, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="challenges",
    )
    opened_at = models.DateTimeField()
    # how it ended
    answer = models.TextField(_("our answer"), max_length=4000, blank=True)
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        ordering = ["opened_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="")
                | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="challenge_closed_with_outcome",
            ),
            models.CheckConstraint(
                condition=Q(kind="spread", by__isnull=True)
                | Q(kind="evidence", by__isnull=False),
                name="challenge_evidence_is_asked_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["question"],
                condition=Q(kind="spread", closed_at__isnull=True),
                name="challenge_one_open_spread",
            ),
        ]

    def __str__(self):
        return f"{self.kind}, {self.opened_at:%Y-%m-%d}"
