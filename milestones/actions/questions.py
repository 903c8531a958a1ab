"""The questions of a venture, and what it answers."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log
from core.written import length_written
from discovery.models import ModelVersion, Segment
from milestones.conflicts import OutdatedError, VersionEndedError
from milestones.eleven import ELEVEN, template
from milestones.models import Answer, Question

SHORTEST_ANSWER = 20


@transaction.atomic
def open_questions(workspace, *, by, now):
    """Questions 1 to 8 for each segment, 9 to 11 for the whole model.

    Safe to repeat: what is there stays.
    """
    version = newest_version(workspace)
    if version is not None:
        segments = Segment.objects.in_workspace(workspace)
        add_missing(workspace, version, segments, by=by, now=now)


@transaction.atomic
def open_questions_for_segment(segment, *, by, now):
    """The eleven of one segment, those of the whole model included."""
    version = newest_version(segment.workspace)
    add_missing(segment.workspace, version, [segment], by=by, now=now)


def newest_version(workspace):
    return ModelVersion.objects.in_workspace(workspace).order_by("number").last()


def add_missing(workspace, version, segments, *, by, now):
    """A row of an earlier version of the model still asks its question."""
    known = set(
        Question.objects.in_workspace(workspace).values_list("number", "segment_id")
    )
    missing = [
        Question(
            workspace=workspace,
            number=question.number,
            model_version=version,
            segment=segment,
            created_at=now,
        )
        for question in ELEVEN
        for segment in (segments if question.per_segment else [None])
        if (question.number, segment and segment.pk) not in known
    ]
    if missing:
        Question.objects.bulk_create(missing, ignore_conflicts=True)
        log(
            workspace,
            by=by,
            verb="questions.opened",
            subject=version,
            now=now,
            count=len(missing),
        )


@transaction.atomic
def question_in(scope, number, *, by, now):
    """The row of this question, opened with its ten sisters when it is the first."""
    refuse_past_version(scope, number)
    found = scope.question(number)
    if found is not None:
        return found
    if scope.segment is None:
        raise ValidationError(_("Add a segment first."), code="no_segment")
    open_questions_for_segment(scope.segment, by=by, now=now)
    segment = scope.segment if template(number).per_segment else None
    questions = Question.objects.in_workspace(scope.workspace)
    return questions.get(number=number, segment=segment)


def refuse_past_version(scope, number=None):
    if not scope.is_current:
        segment = scope.segment and scope.segment.pk
        raise VersionEndedError(scope.version, number, segment)


def refuse_ended(question):
    """A row that a later version of the model asks again is read, and nothing more."""
    version = question.model_version
    again = Question.objects.in_workspace(question.workspace).filter(
        number=question.number,
        segment=question.segment_id,
        model_version__number__gt=version.number,
    )
    if again.exists():
        raise VersionEndedError(version, question.number, question.segment_id)


@transaction.atomic
def write_answer(question, *, by, statement, looked_against="", follows=None, now):
    """A new version of the answer. `follows`: the id of the one it was based on.

    Raises OutdatedError when somebody wrote another in between.
    """
    Question.objects.select_for_update().get(pk=question.pk)
    latest = question.answers.filter(superseded_by__isnull=True).first()
    if key_of(latest) != follows:
        raise OutdatedError(latest)
    if length_written(statement) < SHORTEST_ANSWER:
        why = _("Say who, what, how much and by when.")
        raise ValidationError({"statement": ValidationError(why, code="too_short")})
    answer = Answer(
        workspace=question.workspace,
        question=question,
        statement=statement.strip(),
        looked_against=looked_against.strip(),
        by=by,
        supersedes=latest,
        recorded_at=now,
    )
    answer.save()
    log(
        question.workspace,
        by=by,
        verb="answer.written",
        subject=answer,
        now=now,
        question=question.number,
        per_segment=template(question.number).per_segment,
    )
    return answer


def key_of(row):
    return None if row is None else row.pk
