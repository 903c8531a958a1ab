"""The eleven questions, as one venture asks them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import AppendOnlyModel, WorkspaceModel
from discovery.models import ModelVersion, Segment


class Question(WorkspaceModel):
    """Question 1 to 8 of a segment, or 9 to 11 of a model version.

    A pivot opens new rows for the questions it affects; the others live on. In a
    version of the model, a question is its newest row of that version or an earlier.
    Wording, criteria and rubric stand in milestones/eleven.py.
    """

    number = models.PositiveSmallIntegerField()
    model_version = models.ForeignKey(
        ModelVersion, models.RESTRICT, related_name="questions"
    )
    segment = models.ForeignKey(
        Segment, models.RESTRICT, null=True, blank=True, related_name="questions"
    )
    # set by a pivot: what was claimed before is to be scored again
    needs_rescore_since = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["number", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=8, segment__isnull=False)
                | Q(number__gte=9, number__lte=11, segment__isnull=True),
                name="question_belongs_to_segment_or_model",
            ),
            models.UniqueConstraint(
                fields=["workspace", "number", "model_version", "segment"],
                condition=Q(segment__isnull=False),
                name="question_once_in_segment",
            ),
            models.UniqueConstraint(
                fields=["workspace", "number", "model_version"],
                condition=Q(segment__isnull=True),
                name="question_once_in_model",
            ),
        ]

    def __str__(self):
        return f"Question {self.number}"


class Answer(AppendOnlyModel):
    """The written, falsifiable statement: who, what, threshold, by when."""

    question = models.ForeignKey(Question, models.RESTRICT, related_name="answers")
    statement = models.TextField(_("our answer"), max_length=4000)
    # what was done to find evidence against it; empty: nobody looked
    looked_against = models.TextField(
        _("where we looked for evidence against it"), max_length=2000, blank=True
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    supersedes = models.OneToOneField(
        "self", models.RESTRICT, null=True, related_name="superseded_by"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question"],
                condition=Q(supersedes__isnull=True),
                name="answer_one_first",
            ),
        ]

    def __str__(self):
        return self.statement[:60]
