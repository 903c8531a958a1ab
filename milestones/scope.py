"""Which eleven questions a page is about: one segment in one version of the model."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404

from discovery.models import ModelVersion, Segment
from milestones.eleven import template
from milestones.models import Question


@dataclass(frozen=True)
class Scope:
    """`version_id` and `segment` are None in a venture whose market is not open yet."""

    workspace: object
    segment: Segment | None
    segments: tuple[Segment, ...]
    version_id: object

    def of_board(self):
        """Condition on rows with a `question`: the eleven of this scope."""
        return Q(
            Q(question__segment=self.segment) | Q(question__segment__isnull=True),
            workspace=self.workspace,
            question__model_version=self.version_id,
        )

    def of_question(self, number):
        """Condition on rows with a `question`: this one alone."""
        return self.of_board() & Q(question__number=number)

    def question(self, number):
        """The row, or None before anything was written about it."""
        segment = self.segment if template(number).per_segment else None
        return Question.objects.filter(
            workspace=self.workspace,
            number=number,
            segment=segment,
            model_version=self.version_id,
        ).first()


def scope_of(workspace, segment_id=None):
    """404 for a segment of another venture. Without one, the first still pursued.

    `segments` are those still pursued; a dropped one is found by its id alone.
    """
    known = Segment.objects.in_workspace(workspace).order_by("created_at", "pk")
    every = tuple(known)
    segments = tuple(s for s in every if s.status != Segment.Status.DROPPED)
    segment = chosen(segments, every, segment_id)
    if segment is not None:
        return Scope(workspace, segment, segments, segment.model_version_id)
    newest = ModelVersion.objects.in_workspace(workspace).order_by("number").last()
    return Scope(workspace, None, (), newest and newest.pk)


def chosen(segments, every, segment_id):
    if segment_id is None:
        return segments[0] if segments else None
    for segment in every:
        if str(segment.pk) == str(segment_id):
            return segment
    raise Http404


def scope_of_question(question):
    """The scope of a row, without looking up its sisters."""
    segment = question.segment
    segments = (segment,) if segment else ()
    return Scope(question.workspace, segment, segments, question.model_version_id)
