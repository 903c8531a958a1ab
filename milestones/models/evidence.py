"""What speaks for or against an answer, and how strongly."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import AppendOnlyModel, StoredFile, WorkspaceModel
from core.querysets import InWorkspaceQuerySet
from forecasts.models import Actual
from interviews.models import Grade, Quote, Stance, Survey
from milestones.models.questions import Question


def one_source(*, quote=False, actual=False, survey=False, document=False):
    """The condition that a link has this source and no other."""
    keys = {"quote": quote, "actual": actual, "survey": survey}
    others = Q(**{f"{name}__isnull": not wanted for name, wanted in keys.items()})
    return others & (~Q(document="") if document else Q(document=""))


class EvidenceQuerySet(InWorkspaceQuerySet):
    def standing(self):
        return self.filter(withdrawn_at__isnull=True)


class EvidenceLink(WorkspaceModel):
    """A quote, a number, the result of a survey or a document, linked to a question.

    Stance and grade stand on the link: one sentence may be strong for one question
    and weak for another. Links are withdrawn with a reason, never deleted.
    """

    question = models.ForeignKey(Question, models.RESTRICT, related_name="evidence")
    # exactly one source
    quote = models.ForeignKey(
        Quote, models.RESTRICT, null=True, blank=True, related_name="evidence"
    )
    actual = models.ForeignKey(
        Actual, models.RESTRICT, null=True, blank=True, related_name="evidence"
    )
    survey = models.ForeignKey(
        Survey, models.RESTRICT, null=True, blank=True, related_name="evidence"
    )
    document = models.CharField(_("document"), max_length=300, blank=True)
    # what it says
    stance = models.CharField(_("stance"), max_length=11, choices=Stance)
    grade = models.PositiveSmallIntegerField(_("grade"), choices=Grade)
    # proof, from E4 up: a file, a link, or a person who saw it. A file erased with its
    # person leaves its mark, so that the row stays true to its constraint.
    proof_url = models.URLField(_("proof: link"), max_length=500, blank=True)
    proof_file = models.ForeignKey(
        StoredFile, models.SET_NULL, null=True, blank=True, related_name="evidence"
    )
    had_proof_file = models.BooleanField(default=False)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("proof: seen by"),
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    occurred_on = models.DateField()
    linked_at = models.DateTimeField()
    # an unanswered contradiction caps what the evidence supports
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True, max_length=2000)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["-linked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=one_source(quote=True)
                | one_source(actual=True)
                | one_source(survey=True)
                | one_source(document=True),
                name="evidence_has_one_source",
            ),
            models.CheckConstraint(
                condition=Q(grade__lte=7), name="evidence_grade_known"
            ),
            models.CheckConstraint(
                condition=Q(grade__lt=4)
                | ~Q(proof_url="")
                | Q(had_proof_file=True)
                | Q(seen_by__isnull=False)
                | Q(actual__isnull=False)
                | Q(survey__isnull=False),
                name="evidence_from_e4_has_proof",
            ),
            models.UniqueConstraint(
                fields=["question", "quote"],
                condition=Q(withdrawn_at__isnull=True, quote__isnull=False),
                name="evidence_quote_once",
            ),
            models.UniqueConstraint(
                fields=["question", "survey"],
                condition=Q(withdrawn_at__isnull=True, survey__isnull=False),
                name="evidence_survey_once",
            ),
        ]

    def __str__(self):
        return f"E{self.grade} {self.stance}"


class Reconfirmation(AppendOnlyModel):
    """Old evidence looked at again and found to hold still; fresh from `on`."""

    link = models.ForeignKey(
        EvidenceLink, models.RESTRICT, related_name="reconfirmations"
    )
    on = models.DateField(_("on"))
    how = models.CharField(_("how we know that it still holds"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["recorded_at", "pk"]

    def __str__(self):
        return f"still so on {self.on}"
