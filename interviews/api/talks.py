"""Interviews over the API: listed, read, and written down whole."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Schema

from core import clock
from core.api import (
    FormRefused,
    Page,
    PolicyRouter,
    form_body,
    page_of,
    sent,
    token_may,
)
from core.models import Permission
from core.revisions import OutdatedError
from interviews import conflicts, reports
from interviews.actions import finish_interview
from interviews.api.customers import asked
from interviews.filters import TalkFilters
from interviews.forms import TalkForm, values_of, values_of_new
from interviews.models import Interview

router = PolicyRouter(tags=["interviews"])


class WhoOut(Schema):
    id: UUID
    name: str


class InterviewRow(Schema):
    """`reasons_against`: why it does not count; empty when it does. `next_step` is
    empty while somebody who took part allows nothing to be kept."""

    id: UUID
    rev: int
    state: str
    kind: str
    channel: str
    held_at: datetime
    recorded_at: datetime
    segment: UUID | None
    guide: UUID | None
    people: list[WhoOut]
    pitched: str
    is_price_negotiated: bool
    is_transcribed_elsewhere: bool
    is_next_step_asked: bool
    next_step: str
    qualifies: bool
    reasons_against: list[str]
    quote_count: int

    @staticmethod
    def resolve_next_step(interview: Interview) -> str:
        return (
            ""
            if any(p.refuses for p in interview.people.all())
            else interview.next_step
        )

    @staticmethod
    def resolve_segment(interview: Interview) -> UUID | None:
        return interview.segment_id

    @staticmethod
    def resolve_guide(interview: Interview) -> UUID | None:
        return interview.guide_id


class InterviewOut(InterviewRow):
    """`notes` is empty while somebody who took part allows nothing to be kept."""

    interviewers: list[UUID]
    notes: str

    @staticmethod
    def resolve_interviewers(interview: Interview) -> list[UUID]:
        return sorted(user.pk for user in interview.interviewers.all())

    @staticmethod
    def resolve_notes(interview: Interview) -> str:
        return "" if any(p.refuses for p in interview.people.all()) else interview.notes


InterviewIn = form_body(
    TalkForm, but=["boxes", "base_rev"], name="InterviewIn", rev=int, who=list[str]
)


def talk_in(request: HttpRequest, pk: UUID) -> Interview:
    rows = Interview.objects.in_workspace(request.workspace).kept()
    listed = reports.listed(rows).prefetch_related("interviewers")
    return get_object_or_404(listed, pk=pk)


@router.get(
    "/interviews", response=Page[InterviewRow], auth=token_may(Permission.SEE_PEOPLE)
)
def interview_list(
    request,
    q: str = "",
    kind: str = "",
    qualifies: str = "",
    by: str = "",
    segment: str = "",
    since: str = "",
    archived: str = "",
    sort: str = "-held_at",
    page: int = 1,
    size: int = 25,
):
    """The filters of the page; drafts are among them."""
    filters = TalkFilters(asked(request), workspace=request.workspace)
    talks = reports.talks(request.workspace, filters).defer("notes")
    return page_of(talks, page, size)


@router.get(
    "/interviews/{uuid:pk}",
    response=InterviewOut,
    auth=token_may(Permission.SEE_PEOPLE),
)
def interview_detail(request, pk: UUID):
    return talk_in(request, pk)


@router.put(
    "/interviews/{uuid:pk}", response=InterviewOut, auth=token_may(Permission.LOG)
)
def interview_put(request, pk: UUID, body: InterviewIn):
    """The finished talk, under an id you choose. `rev` is 0 for a new one. The same
    body again changes nothing. People nobody knew are written down."""
    known = talk_or_none(request, pk)
    form = judged(request, known, sent(body))
    if known is None or not is_as_sent(known, form):
        save(request, pk, form)
    return talk_in(request, pk)


def talk_or_none(request: HttpRequest, pk: UUID) -> Interview | None:
    """None when nobody used the id; another venture's, or one in the trash, is 404."""
    interview = Interview.objects.filter(pk=pk).first()
    if interview is None:
        return None
    if interview.workspace_id != request.workspace.pk or interview.trashed_at:
        raise Http404
    return interview


def judged(request: HttpRequest, known: Interview | None, body: dict) -> TalkForm:
    """What is left out is what the page would show."""
    now, workspace = clock.now(), request.workspace
    if known is None:
        values = values_of_new(workspace, now, by=request.user)
    else:
        values = values_of(known)
    data = values | body | {"base_rev": body["rev"], "boxes": "1"}
    form = TalkForm(data, workspace=workspace, now=now, interview=known)
    if not form.is_valid():
        raise FormRefused(form)
    return form


def is_as_sent(known: Interview, form: TalkForm) -> bool:
    """Whether nothing would change, whatever revision the sender read."""
    fields = form.written()
    asked_by = {user.pk for user in fields.pop("interviewers")}
    is_same = all(getattr(known, name) == value for name, value in fields.items())
    named = {entry.person and entry.person.pk for entry in form.typed}
    return (
        known.state == Interview.State.FINISHED
        and is_same
        and asked_by == set(known.interviewers.values_list("pk", flat=True))
        and named == set(known.people.values_list("pk", flat=True))
    )


def save(request: HttpRequest, pk: UUID, form: TalkForm) -> None:
    facts = {name: form.cleaned_data[name] for name in ("who", "consent", "base_rev")}
    try:
        finish_interview(
            request.workspace,
            pk,
            by=request.user,
            now=clock.now(),
            **facts,
            **form.written(),
        )
    except conflicts.OutdatedError as error:
        raise OutdatedError(error.current) from error
