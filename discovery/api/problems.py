"""Problems, needs and features over the API."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Schema, Status

from core import clock
from core.api import (
    Page,
    PolicyRouter,
    bound,
    change_body,
    cleaned,
    form_body,
    page_of,
    sent,
    token_may,
)
from core.models import Permission
from discovery.actions import (
    add_feature,
    add_need,
    add_problem,
    edit_feature,
    edit_need,
    edit_problem,
)
from discovery.forms.problems import FeatureForm, NeedForm, ProblemForm
from discovery.models import Feature, Need, Problem, Segment

router = PolicyRouter(tags=["problems, needs, features"])


# --- problems --------------------------------------------------------------------
class ProblemOut(Schema):
    id: UUID
    rev: int
    segment: UUID
    statement: str
    trigger: str
    frequency: str
    consequence: str
    workaround: str
    status: str
    created_at: datetime

    @staticmethod
    def resolve_segment(problem: Problem) -> UUID:
        return problem.segment_id


ProblemIn = form_body(ProblemForm)
ProblemChange = change_body(ProblemForm)


def problems_of(request: HttpRequest):
    return Problem.objects.in_workspace(request.workspace).kept()


@router.get("/problems", response=Page[ProblemOut], auth=token_may(Permission.VIEW))
def problem_list(request, segment: UUID | None = None, page: int = 1, size: int = 25):
    rows = problems_of(request).current().order_by("created_at", "pk")
    return page_of(rows.filter(segment=segment) if segment else rows, page, size)


@router.get("/problems/{uuid:pk}", response=ProblemOut, auth=token_may(Permission.VIEW))
def problem_detail(request, pk: UUID):
    return get_object_or_404(problems_of(request), pk=pk)


@router.post("/problems", response={201: ProblemOut}, auth=token_may(Permission.LOG))
def problem_add(request, body: ProblemIn):
    form = bound(ProblemForm, sent(body), workspace=request.workspace)
    problem = add_problem(
        request.workspace, by=request.user, now=clock.now(), **cleaned(form)
    )
    return Status(201, problem)


@router.put("/problems/{uuid:pk}", response=ProblemOut, auth=token_may(Permission.LOG))
def problem_edit(request, pk: UUID, body: ProblemChange):
    row = get_object_or_404(problems_of(request), pk=pk)
    form = bound(ProblemForm, sent(body), row=row, workspace=request.workspace)
    return edit_problem(row, by=request.user, now=clock.now(), **cleaned(form))


# --- needs -----------------------------------------------------------------------
class Linked(Schema):
    """`problems`: those it belongs to, or claims to solve, that are not thrown away."""

    id: UUID
    rev: int
    problems: list[UUID]
    created_at: datetime

    @staticmethod
    def resolve_problems(row: Need | Feature) -> list[UUID]:
        return [problem.pk for problem in row.problems.all()]


class NeedOut(Linked):
    segment: UUID
    parent: UUID | None
    level: int
    outcome: str
    dimension: str

    @staticmethod
    def resolve_segment(need: Need) -> UUID:
        return need.segment_id

    @staticmethod
    def resolve_parent(need: Need) -> UUID | None:
        return need.parent_id


NeedIn = form_body(NeedForm, segment=UUID)
NeedChange = change_body(NeedForm)
KEPT = Prefetch("problems", Problem.objects.kept().order_by("created_at", "pk"))


def needs_of(request: HttpRequest):
    rows = Need.objects.in_workspace(request.workspace).kept()
    return rows.select_related("segment").prefetch_related(KEPT)


@router.get("/needs", response=Page[NeedOut], auth=token_may(Permission.VIEW))
def need_list(request, segment: UUID | None = None, page: int = 1, size: int = 25):
    rows = needs_of(request).current().order_by("level", "created_at", "pk")
    return page_of(rows.filter(segment=segment) if segment else rows, page, size)


@router.get("/needs/{uuid:pk}", response=NeedOut, auth=token_may(Permission.VIEW))
def need_detail(request, pk: UUID):
    return get_object_or_404(needs_of(request), pk=pk)


@router.post("/needs", response={201: NeedOut}, auth=token_may(Permission.LOG))
def need_add(request, body: NeedIn):
    segments = Segment.objects.in_workspace(request.workspace)
    segment = segments.filter(pk=body.segment).first()
    if segment is None:
        raise ValidationError({"segment": _("There is no such segment.")})
    form = bound(NeedForm, sent(body, "segment"), segment=segment)
    need = add_need(
        request.workspace, by=request.user, now=clock.now(), **cleaned(form)
    )
    return Status(201, needs_of(request).get(pk=need.pk))


@router.put("/needs/{uuid:pk}", response=NeedOut, auth=token_may(Permission.LOG))
def need_edit(request, pk: UUID, body: NeedChange):
    row = get_object_or_404(needs_of(request), pk=pk)
    form = bound(NeedForm, sent(body), row=row, segment=row.segment)
    edit_need(row, by=request.user, now=clock.now(), **cleaned(form))
    return needs_of(request).get(pk=pk)


# --- features --------------------------------------------------------------------
class FeatureOut(Linked):
    name: str
    what: str
    stage: str


FeatureIn = form_body(FeatureForm)
FeatureChange = change_body(FeatureForm)


def features_of(request: HttpRequest):
    rows = Feature.objects.in_workspace(request.workspace).kept()
    return rows.prefetch_related(KEPT)


@router.get("/features", response=Page[FeatureOut], auth=token_may(Permission.VIEW))
def feature_list(request, page: int = 1, size: int = 25):
    return page_of(features_of(request).current().order_by("name", "pk"), page, size)


@router.get("/features/{uuid:pk}", response=FeatureOut, auth=token_may(Permission.VIEW))
def feature_detail(request, pk: UUID):
    return get_object_or_404(features_of(request), pk=pk)


@router.post("/features", response={201: FeatureOut}, auth=token_may(Permission.LOG))
def feature_add(request, body: FeatureIn):
    form = bound(FeatureForm, sent(body), workspace=request.workspace)
    feature = add_feature(
        request.workspace, by=request.user, now=clock.now(), **cleaned(form)
    )
    return Status(201, features_of(request).get(pk=feature.pk))


@router.put("/features/{uuid:pk}", response=FeatureOut, auth=token_may(Permission.LOG))
def feature_edit(request, pk: UUID, body: FeatureChange):
    row = get_object_or_404(features_of(request), pk=pk)
    form = bound(FeatureForm, sent(body), row=row, workspace=request.workspace)
    edit_feature(row, by=request.user, now=clock.now(), **cleaned(form))
    return features_of(request).get(pk=pk)
