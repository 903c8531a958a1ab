"""Guides: what we ask, kept as it was asked."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from core.activity import log
from core.revisions import take_up, write
from interviews.models import Guide, GuideQuestion
from interviews.ready_guides import ReadyGuide

if TYPE_CHECKING:
    from core.models import User, Workspace
    from discovery.models import Segment

Questions = list[tuple[str, list[int]]]


@transaction.atomic
def add_guide(
    workspace: Workspace,
    *,
    by: User,
    now: datetime,
    questions: Questions,
    **fields: Any,
) -> Guide:
    guide = Guide.objects.create(
        workspace=workspace, created_by=by, created_at=now, **fields
    )
    put_questions(guide, questions)
    log(workspace, by=by, verb="guide.added", subject=guide, now=now)
    return guide


def copy_ready_guide(
    workspace: Workspace,
    ready: ReadyGuide,
    *,
    by: User,
    now: datetime,
    segment: Segment | None,
) -> Guide:
    """One of ours, from then on theirs to change."""
    return add_guide(
        workspace,
        by=by,
        now=now,
        segment=segment,
        name=ready.name,
        kind=ready.kind,
        aim=ready.aim,
        questions=[(text, list(tests)) for text, tests in ready.questions],
    )


@transaction.atomic
def edit_guide(
    guide: Guide,
    *,
    by: User,
    now: datetime,
    questions: Questions,
    rev: int | None = None,
    **fields: Any,
) -> Guide:
    """The guide, or its next version when a talk has used this one: what was asked
    then stays as it was. Raises OutdatedError when somebody saved in between.
    """
    current = take_up(guide, rev)
    is_same = questions_of(current) == questions
    if is_same and all(getattr(current, name) == fields[name] for name in fields):
        return current
    verb = "guide.edited"
    if current.interviews.exists():
        current, verb = next_version(current, by=by, now=now, **fields), "guide.renewed"
        put_questions(current, questions)
    else:
        is_counted = bool(write(current, fields))
        if not is_same:
            put_questions(current, questions)
        if not is_counted:
            current.rev += 1
            current.save(update_fields=["rev"])
    log(current.workspace, by=by, verb=verb, subject=current, now=now)
    return current


def next_version(guide, *, by, now, **fields):
    """Its revision counts on, so that a page drawn from the old one is outdated."""
    kept = {"segment": guide.segment, "name": guide.name, "kind": guide.kind}
    return Guide.objects.create(
        workspace=guide.workspace,
        predecessor=guide,
        version=guide.version + 1,
        rev=guide.rev + 1,
        created_by=by,
        created_at=now,
        **kept | {"aim": guide.aim} | fields,
    )


def put_questions(guide, questions):
    guide.questions.all().delete()
    GuideQuestion.objects.bulk_create(
        GuideQuestion(
            workspace=guide.workspace,
            guide=guide,
            position=position,
            text=text,
            tests=tests,
        )
        for position, (text, tests) in enumerate(questions, 1)
    )


def questions_of(guide):
    return [(question.text, question.tests) for question in guide.questions.all()]
