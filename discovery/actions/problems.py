"""Writing down problems, needs and features."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log
from core.revisions import take_up, write
from discovery.models import Feature, Need, Problem

if TYPE_CHECKING:
    from core.models import User, Workspace
    from discovery.models import Segment

DEEPEST = 3


# --- problems --------------------------------------------------------------------
@transaction.atomic
def add_problem(workspace: Workspace, *, by: User, now: datetime, **fields) -> Problem:
    problem = Problem.objects.create(workspace=workspace, created_at=now, **fields)
    log(workspace, by=by, verb="problem.added", subject=problem, now=now)
    return problem


@transaction.atomic
def edit_problem(
    problem: Problem, *, by: User, now: datetime, rev: int | None = None, **fields: Any
) -> Problem:
    """Its needs move with it only by hand, so a segment with needs on it stays.

    Raises OutdatedError when somebody saved in between.
    """
    current = take_up(problem, rev)
    segment = fields.get("segment", current.segment)
    if segment != current.segment and current.needs.exists():
        why = _("Needs hang on this problem. Take them off before it changes segment.")
        raise ValidationError({"segment": why})
    note(current, "problem.edited", write(current, fields), by=by, now=now)
    return current


# --- needs -----------------------------------------------------------------------
@transaction.atomic
def add_need(
    workspace: Workspace,
    *,
    by: User,
    now: datetime,
    problems: list[Problem] | None = None,
    **fields: Any,
) -> Need:
    segment, parent = fields["segment"], fields.get("parent")
    refuse_misplaced(None, segment, parent)
    need = Need.objects.create(
        workspace=workspace, level=level_below(parent), created_at=now, **fields
    )
    link_problems(need, problems)
    log(workspace, by=by, verb="need.added", subject=need, now=now)
    return need


@transaction.atomic
def edit_need(
    need: Need,
    *,
    by: User,
    now: datetime,
    rev: int | None = None,
    problems: list[Problem] | None = None,
    **fields: Any,
) -> Need:
    """Raises OutdatedError when somebody saved in between."""
    current = take_up(need, rev)
    parent = fields.get("parent", current.parent)
    segment = fields.get("segment", current.segment)
    refuse_misplaced(current, segment, parent)
    changed = write(current, fields | {"level": level_below(parent)})
    changed += count_up(current, is_counted=bool(changed), problems=problems)
    note(current, "need.edited", changed, by=by, now=now)
    return current


def level_below(parent: Need | None) -> int:
    return parent.level + 1 if parent else 1


def refuse_misplaced(need: Need | None, segment: Segment, parent: Need | None) -> None:
    """A need stands one level below its parent, in the same segment; three levels at
    most. One with needs below it stays on its level and in its segment."""
    if parent is not None and parent.segment_id != segment.pk:
        raise ValidationError({"parent": _("That need belongs to another segment.")})
    if parent is not None and parent.level >= DEEPEST:
        raise ValidationError({"parent": _("Three levels are enough.")})
    if need is None:
        return
    if parent is not None and parent.pk == need.pk:
        raise ValidationError({"parent": _("It cannot be a part of itself.")})
    is_moved = need.level != level_below(parent) or need.segment_id != segment.pk
    if is_moved and need.children.exists():
        why = _("Other needs are part of it. Move those first.")
        raise ValidationError({"parent": why})


# --- features --------------------------------------------------------------------
@transaction.atomic
def add_feature(
    workspace: Workspace,
    *,
    by: User,
    now: datetime,
    problems: list[Problem] | None = None,
    **fields: Any,
) -> Feature:
    feature = Feature.objects.create(workspace=workspace, created_at=now, **fields)
    link_problems(feature, problems)
    log(workspace, by=by, verb="feature.added", subject=feature, now=now)
    return feature


@transaction.atomic
def edit_feature(
    feature: Feature,
    *,
    by: User,
    now: datetime,
    rev: int | None = None,
    problems: list[Problem] | None = None,
    **fields: Any,
) -> Feature:
    """Raises OutdatedError when somebody saved in between."""
    current = take_up(feature, rev)
    changed = write(current, fields)
    changed += count_up(current, is_counted=bool(changed), problems=problems)
    note(current, "feature.edited", changed, by=by, now=now)
    return current


# --- shared ----------------------------------------------------------------------
def link_problems(row: Need | Feature, problems: list[Problem] | None) -> bool:
    """Whether that changed anything; None leaves them as they are.

    Problems in the trash stay linked: the form does not offer them.
    """
    if problems is None:
        return False
    linked = set(row.problems.kept().values_list("pk", flat=True))
    wanted = {problem.pk for problem in problems}
    row.problems.remove(*(linked - wanted))
    row.problems.add(*(wanted - linked))
    return linked != wanted


def count_up(
    row: Need | Feature, *, is_counted: bool, problems: list[Problem] | None
) -> list[str]:
    """The links of a row are part of its revision."""
    if not link_problems(row, problems):
        return []
    if not is_counted:
        row.rev += 1
        row.save(update_fields=["rev"])
    return ["problems"]


def note(
    row: Problem | Need | Feature,
    verb: str,
    changed: list[str],
    *,
    by: User,
    now: datetime,
) -> None:
    if changed:
        log(row.workspace, by=by, verb=verb, subject=row, now=now, fields=changed)
