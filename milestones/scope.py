"""Which eleven questions a page is about: one segment in one version of the model."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import Http404

from discovery.models import ModelVersion, Segment
from milestones.models import Question


@dataclass(frozen=True)
class Scope:
    """`version` and `segment` are None in a venture whose market is not open yet.

    `rows` maps the number of each question to its row: the newest of this version of
    the model or an earlier one, for a pivot opens new rows only for what it affects.
    Questions nobody opened yet are missing.
    """

    workspace: object
    segment: Segment | None
    segments: tuple[Segment, ...]
    version: ModelVersion | None
    versions: tuple[ModelVersion, ...]
    rows: dict

    def of_board(self):
        """Condition on rows with a `question`: the eleven of this scope."""
        return Q(question__in=[row.pk for row in self.rows.values()])

    def of_question(self, number):
        """Condition on rows with a `question`: this one alone."""
        return Q(question__in=[self.rows[number].pk] if number in self.rows else [])

    def question(self, number):
        """The row, or None before anything was written about it."""
        return self.rows.get(number)

    @property
    def is_current(self) -> bool:
        return self.version in (None, *self.versions[-1:])

    @property
    def ended_at(self) -> datetime | None:
        """When the next version of the model began."""
        if self.is_current:
            return None
        return self.versions[self.versions.index(self.version) + 1].started_at


def scope_of(workspace, segment_id=None, version=None):
    """404 for a segment of another venture, or a version there is not.

    Without a segment, the first still pursued; without a version, the newest.
    `segments` are those still pursued; a dropped one is found by its id alone.
    """
    versions = tuple(ModelVersion.objects.in_workspace(workspace).order_by("number"))
    asked = version_in(versions, version)
    known = Segment.objects.in_workspace(workspace).filter(
        model_version__in=[v for v in versions if v.number <= number_of(asked)]
    )
    every = tuple(known.order_by("created_at", "pk"))
    segments = tuple(s for s in every if s.status != Segment.Status.DROPPED)
    segment = chosen(segments, every, segment_id)
    return Scope(
        workspace=workspace,
        segment=segment,
        segments=segments,
        version=asked,
        versions=versions,
        rows=rows_of(workspace, segment, asked),
    )


def version_in(versions, number):
    if number is None:
        return versions[-1] if versions else None
    for version in versions:
        if str(version.number) == str(number):
            return version
    raise Http404


def number_of(version):
    return version.number if version else 0


def chosen(segments, every, segment_id):
    if segment_id is None:
        return segments[0] if segments else None
    for segment in every:
        if str(segment.pk) == str(segment_id):
            return segment
    raise Http404


def rows_of(workspace, segment, version):
    """Later versions of the model lie over earlier ones."""
    if version is None:
        return {}
    questions = Question.objects.in_workspace(workspace).filter(
        Q(segment=segment, segment__isnull=False) | Q(segment__isnull=True),
        model_version__number__lte=version.number,
    )
    ordered = questions.order_by("model_version__number").select_related("segment")
    return {question.number: question for question in ordered}


def scope_of_question(question):
    """The scope of a row, without looking up its sisters."""
    segment = question.segment
    return Scope(
        workspace=question.workspace,
        segment=segment,
        segments=(segment,) if segment else (),
        version=question.model_version,
        versions=(question.model_version,),
        rows={question.number: question},
    )
