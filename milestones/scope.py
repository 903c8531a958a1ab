"""Which eleven questions a page is about: one segment in one version of the model."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db.models import Q
from django.http import Http404

from discovery.models import ModelVersion, Segment
from milestones.models import Question

# what the column of a version's number can hold
MOST = 32767


@dataclass(frozen=True)
class Scope:
    """`version` and `segment` are None in a venture whose market is not open yet.

    `rows` maps the number of each question to its row: the newest of this version of
    the model or an earlier one, for a pivot opens new rows only for what it affects.
    Questions nobody opened yet are missing. `asked` are the rows of all versions, the
    earliest first. `kept`: what several signals read and is read once.
    """

    workspace: object
    segment: Segment | None
    segments: tuple[Segment, ...]
    version: ModelVersion | None
    versions: tuple[ModelVersion, ...]
    rows: dict
    asked: tuple[Question, ...] = ()
    kept: dict = field(default_factory=dict, init=False, compare=False, repr=False)

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

    def held(self, on: date) -> "Scope":
        """The same segment in the version that held at the end of `on`, no later one
        than this."""
        version = held_on(on, self.versions, self.version)
        return replace(self, version=version, rows=rows_by(self.asked, version))


def scope_of(workspace, segment_id=None, version=None, on: date | None = None):
    """404 for a segment of another venture, or a version there is not. Two queries.

    Without a segment, the first still pursued; without a version, the newest. No later
    version than the one that held at the end of `on`. `segments` are those still
    pursued, and of an earlier version all it had; a dropped one is found by its id
    alone.
    """
    every = segments_in(workspace, version)
    begun = begun_by(on, every)
    pursued = tuple(s for s in begun if s.status != Segment.Status.DROPPED)
    segment = chosen(pursued or (begun if version or on else ()), every, segment_id)
    rows = questions_of(workspace, segment)
    versions = versions_of(every, rows)
    asked = held_on(on, versions, version_in(versions, version))
    return Scope(
        workspace=workspace,
        segment=segment,
        segments=pursued if asked in versions[-1:] else begun,
        version=asked,
        versions=versions,
        rows=rows_by(rows, asked),
        asked=tuple(rows),
    )


def rows_by(questions, version):
    """Of each number the newest row of this version or an earlier one."""
    return {
        row.number: row
        for row in questions
        if row.model_version.number <= version.number
    }


def segments_in(workspace, version):
    """Those of all versions, or up to the one asked for."""
    known = Segment.objects.in_workspace(workspace).select_related("model_version")
    if version is not None:
        text = str(version)
        if not (text.isascii() and text.isdecimal()) or len(text) > len(str(MOST)):
            raise Http404
        known = known.filter(model_version__number__lte=min(int(version), MOST))
    return tuple(known.order_by("created_at", "pk"))


def questions_of(workspace, segment):
    """Later versions of the model lie over earlier ones."""
    questions = Question.objects.in_workspace(workspace).filter(
        Q(segment=segment, segment__isnull=False) | Q(segment__isnull=True)
    )
    return questions.select_related("segment", "model_version").order_by(
        "model_version__number", "number"
    )


def versions_of(segments, questions):
    """Every version began with a segment, or asks some questions of its own."""
    rows = (*segments, *questions)
    found = {row.model_version_id: row.model_version for row in rows}
    return tuple(sorted(found.values(), key=lambda version: version.number))


def version_in(versions, number):
    if number is None:
        return versions[-1] if versions else None
    for version in versions:
        if version.number == int(number):
            return version
    raise Http404


def begun_by(on, segments):
    """Those of versions that had begun by that day; before any had, of the first."""
    if on is None or not segments:
        return segments
    first = min(segment.model_version.number for segment in segments)
    return tuple(
        segment
        for segment in segments
        if segment.model_version.started_on <= on
        or segment.model_version.number == first
    )


def held_on(on, versions, asked):
    """`asked`, or the one before it that held at the end of that day, or the first."""
    if on is None or asked is None or asked.started_on <= on:
        return asked
    begun = [version for version in versions if version.started_on <= on]
    return begun[-1] if begun else versions[0]


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
    return Scope(
        workspace=question.workspace,
        segment=segment,
        segments=(segment,) if segment else (),
        version=question.model_version,
        versions=(question.model_version,),
        rows={question.number: question},
        asked=(question,),
    )
