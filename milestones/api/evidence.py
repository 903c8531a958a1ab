"""What speaks for and against an answer, over the API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Schema, Status

from core import clock
from core.api import (
    FormBody,
    Page,
    PolicyRouter,
    bound,
    cleaned,
    form_body,
    page_of,
    sent,
    token_may,
)
from core.models import Permission, Workspace
from forecasts.models import Actual
from interviews.models import Survey
from interviews.models.quotes import refused
from interviews.reports.surveys import answers_of
from milestones.actions import (
    link_evidence,
    question_in,
    reconfirm_evidence,
    relink_evidence,
    withdraw_evidence,
)
from milestones.api.links import LinkOut, WithdrawIn, linked
from milestones.api.lookups import scope_numbered, uuid_in
from milestones.facts import Facts
from milestones.forms.evidence import (
    ReconfirmForm,
    RelinkForm,
    SourceForm,
    WithdrawForm,
)
from milestones.models import EvidenceLink, Stance
from milestones.reports.evidence import Card, cards_of, segment_behind
from milestones.reports.pieces import links_of
from milestones.reports.question import stack_of
from milestones.scope import scope_of

router = PolicyRouter(tags=["questions and evidence"])


class EvidenceOut(Schema):
    """`words` is null where they are withheld, `interview` where it is hidden.
    `remark`: why it does not count. `confirmed_on`: when it was last found to hold."""

    id: UUID
    stance: str
    grade: int
    words: str | None
    who: str
    on: date
    remark: str
    is_unanswered: bool
    answer: str
    interview: UUID | None
    survey: UUID | None
    confirmed_on: date | None
    proof_url: str


class ReconfirmedOut(Schema):
    id: UUID
    evidence: UUID
    on: date
    how: str


SourceIn = form_body(SourceForm, but=["proof_file"])
ReconfirmIn = form_body(ReconfirmForm)
RelinkIn = form_body(RelinkForm)


@router.get(
    "/questions/{int:number}/evidence",
    response=Page[EvidenceOut],
    auth=token_may(Permission.VIEW),
)
def evidence_list(
    request,
    number: int,
    segment: UUID | None = None,
    page: int = 1,
    size: int = 25,
):
    """What stands, strongest first. Who may not see people gets pseudonyms, and words
    only of those who agreed to be quoted."""
    scope, now = scope_numbered(request, segment, number), clock.now()
    known = tuple(links_of(scope.of_question(number)))
    facts = Facts(number=number, links=known, answers=(), scores=(), scorers={})
    links = [link for stance in Stance for link in stack_of(facts, stance, now)]
    shown = page_of(links, page, size)
    sees_people = Permission.SEE_PEOPLE in request.may
    cards = cards_of(shown["items"], number, sees_people=sees_people)
    return shown | {"items": [carded(card) for card in cards]}


def carded(card: Card) -> dict[str, Any]:
    names = ("stance", "grade", "words", "who", "on", "remark", "answer", "proof_url")
    names += ("survey", "confirmed_on")
    return {name: getattr(card, name) for name in names} | {
        "id": card.key,
        "is_unanswered": card.is_unanswered,
        "interview": card.interview and card.interview.pk,
    }


@router.post(
    "/questions/{int:number}/evidence",
    response={201: LinkOut},
    auth=token_may(Permission.LOG),
)
def source_add(request, number: int, body: SourceIn, segment: UUID | None = None):
    """A number (`actual`), the result of a `survey`, or a document. Quotes are linked at
    /quotes/{pk}/links. A survey without `grade` gets the strongest it can be."""
    scope, now = scope_numbered(request, segment, number), clock.now()
    form = bound(SourceForm, sent(body), **sources_named(request.workspace, body, now))
    cleaned(form)
    with transaction.atomic():
        question = question_in(scope, number, by=request.user, now=now)
        facts = form.facts(request.workspace, by=request.user, now=now)
        facts |= form.source()
        link = link_evidence(question, by=request.user, now=now, **facts)
    return Status(201, linked(link))


def sources_named(
    workspace: Workspace, body: FormBody, now: datetime
) -> dict[str, Any]:
    """Of all the form could choose from, the rows that the body names."""
    actual, survey = uuid_in(body.actual), uuid_in(body.survey)  # type: ignore[attr-defined]
    numbers = Actual.objects.in_workspace(workspace).current().filter(pk=actual)
    return {
        "numbers": numbers.select_related("metric"),
        "surveys": Survey.objects.in_workspace(workspace).kept().filter(pk=survey),
        "answers": answers_of([survey] if survey else []),
        "today": workspace.today(now),
    }


def link_in(request: HttpRequest, pk: UUID) -> EvidenceLink:
    """Not one of words that are hidden, because consent was taken back."""
    links = EvidenceLink.objects.in_workspace(request.workspace)
    links = links.exclude(refused("quote__"))
    related = ("question__segment", "quote__interview", "survey", "actual")
    return get_object_or_404(links.select_related(*related), pk=pk)


@router.post(
    "/evidence/{uuid:pk}/reconfirm",
    response=ReconfirmedOut,
    auth=token_may(Permission.LOG),
)
def evidence_reconfirm(request, pk: UUID, body: ReconfirmIn):
    """It counts as fresh from that day."""
    link = link_in(request, pk)
    data = cleaned(bound(ReconfirmForm, sent(body)))
    row = reconfirm_evidence(link, by=request.user, now=clock.now(), **data)
    return {"id": row.pk, "evidence": link.pk, "on": row.on, "how": row.how}


@router.post(
    "/evidence/{uuid:pk}/relink",
    response={201: LinkOut},
    auth=token_may(Permission.LOG),
)
def evidence_relink(request, pk: UUID, body: RelinkIn):
    """To question `number` instead; the old link stays with the reason."""
    link, now = link_in(request, pk), clock.now()
    data = dict(cleaned(bound(RelinkForm, sent(body), link=link)))
    number = data.pop("number")
    scope = scope_of(request.workspace, segment_behind(link))
    with transaction.atomic():
        question = question_in(scope, number, by=request.user, now=now)
        data |= {"question": question, "by": request.user, "now": now}
        return Status(201, linked(relink_evidence(link, **data)))


@router.post(
    "/evidence/{uuid:pk}/withdraw", response=LinkOut, auth=token_may(Permission.LOG)
)
def evidence_withdraw(request, pk: UUID, body: WithdrawIn):
    """It stays in the history with the reason."""
    link = link_in(request, pk)
    reason = cleaned(bound(WithdrawForm, sent(body)))
    return linked(withdraw_evidence(link, by=request.user, now=clock.now(), **reason))
