"""Where each question stood, noted whenever it changes, so that any day can be seen again."""

from django.db import models

from core.models import AppendOnlyModel, Workspace
from milestones.models.questions import Question


class QuestionState(AppendOnlyModel):
    """The state of one question from `at` until the next row of the same question.

    `state` holds numbers and our own sentences, never a word of a customer or a name;
    its shape is milestones/noted.py.
    """

    question = models.ForeignKey(Question, models.RESTRICT, related_name="states")
    at = models.DateTimeField()
    supported = models.PositiveSmallIntegerField()
    state = models.JSONField()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            # the last state of each question until a moment
            models.Index(fields=["question", "at"], name="state_of_question_at"),
        ]

    def __str__(self):
        return f"{self.supported} at {self.at:%Y-%m-%d %H:%M}"


class BoardPulse(models.Model):
    """How far the states of a venture are noted: which moment, and for which day."""

    workspace = models.OneToOneField(
        Workspace, models.CASCADE, primary_key=True, related_name="board_pulse"
    )
    noted_at = models.DateTimeField()
    noted_on = models.DateField()

    def __str__(self):
        return f"{self.noted_at:%Y-%m-%d %H:%M}"
