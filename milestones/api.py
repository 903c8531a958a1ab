"""The eleven questions, and what speaks for and against, over the API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Schema, Status

from core import clock
from core.api import (
    Page,
    PolicyRouter,
    Refusal,
    bound,
    cleaned,
    form_body,
    page_of,
    sent,
    token_may,
)
from core.models import Permission
from forecasts.models import Actual
from interviews.actions import link_quote, withdraw_link
from interviews.models import Quote, QuoteLink
from interviews.models.quotes import refused
from milestones.actions import link_evidence, question_in, withdraw_evidence
from milestones.eleven import ELEVEN
from milestones.forms.evidence import EvidenceForm, SourceForm, WithdrawForm
from milestones.models import EvidenceLink, Stance
from milestones.reports.board import board as board_of
from milestones.reports.evidence import Card, cards_of
from milestones.reports.loading import load_question
from milestones.reports.question import stack_of
from milestones.scope import Scope, scope_of
from milestones.targets import targets_of

router = PolicyRouter(tags=["questions and evidence"])
routers = (router,)
TARGETS = ("problem", "need", "feature", "hypothesis", "rung")


# --- the board -------------------------------------------------------------------
class QuestionOut(Schema):
    """As its member sees it. `effective` is the lower of `claimed` and `supported`.

    `owes_score`: others have scored in the open round, this member has not.
    """

    number: int
    wording: str
    claimed: int | None
    supported: int
    effective: int
    status: str
    sentence: str
    owes_score: bool
    supporting: int
    against: int
    newest: date | None


class BoardOut(Schema):
    """`interviews`: talks of the segment that count."""

    segment: UUID | None
    as_of: date
    interviews: int
    questions: list[QuestionOut]


@router.get(
    "/questions",
    response={200: BoardOut, 404: Refusal},
    auth=token_may(Permission.VIEW),
)
def question_list(request, segment: UUID | None = None):
    """The eleven of one segment; of the first one still pursued unless named."""
    scope = scope_of(request.workspace, segment)
    found = board_of(scope, viewer=str(request.user.pk), now=clock.now())
    return {
        "segment": scope.segment and scope.segment.pk,
        "as_of": found.as_of,
        "interviews": found.interviews,
        "questions": [told(row) for row in found.rows],
    }


def told(row: Any) -> dict[str, Any]:
    standing = row.standing
    return {
        "number": row.question.number,
        "wording": row.question.wording,
        "claimed": standing.claimed,
        "supported": standing.supported,
        "effective": standing.effective,
        "status": standing.status,
        "sentence": row.sentence,
        "owes_score": row.owes_score,
        "supporting": row.supporting,
        "against": row.against,
        "newest": row.newest,
    }


# --- evidence of one question ----------------------------------------------------
class EvidenceOut(Schema):
    """`words` is null where they are withheld, `interview` where it is hidden.
    `remark`: why it does not count."""

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
    proof_url: str


class LinkOut(Schema):
    """`about`: question, problem, need, feature, hypothesis or rung; `target` its
    number or id."""

    id: UUID
    quote: UUID | None
    about: str
    target: str
    stance: str
    grade: int
    linked_at: datetime
    withdrawn_at: datetime | None
    withdrawn_reason: str


SourceIn = form_body(SourceForm, but=["proof_file"])
LinkIn = form_body(EvidenceForm, but=["proof_file", "back"], name="QuoteLinkIn")
WithdrawIn = form_body(WithdrawForm, name="LinkWithdrawIn")


def linked(link: EvidenceLink | QuoteLink) -> dict[str, Any]:
    names = ("id", "stance", "grade", "linked_at", "withdrawn_at", "withdrawn_reason")
    about, target = aim_of(link)
    return {name: getattr(link, name) for name in names} | {
        "quote": link.quote_id,
        "about": about,
        "target": str(target),
    }


def aim_of(link: EvidenceLink | QuoteLink) -> tuple[str, Any]:
    if isinstance(link, EvidenceLink):
        return "question", link.question.number
    if link.rung is not None:
        return "rung", link.rung
    ids = {name: getattr(link, f"{name}_id") for name in TARGETS if name != "rung"}
    return next((name, pk) for name, pk in ids.items() if pk is not None)


def scope_numbered(request: HttpRequest, segment: UUID | None, number: int) -> Scope:
    """404 for a number that is none of the eleven, and for a foreign segment."""
    if not 1 <= number <= len(ELEVEN):
        raise Http404
    return scope_of(request.workspace, segment)


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
    facts = load_question(scope, number, clock.now())
    links = [link for stance in Stance for link in stack_of(facts, stance, now)]
    shown = page_of(links, page, size)
    sees_people = Permission.SEE_PEOPLE in request.may
    cards = cards_of(shown["items"], number, sees_people=sees_people)
    return shown | {"items": [carded(card) for card in cards]}


def carded(card: Card) -> dict[str, Any]:
    names = ("stance", "grade", "words", "who", "on", "remark", "answer", "proof_url")
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
    """A number (`actual`) or a document. Quotes are linked at /quotes/{pk}/links."""
    scope, now = scope_numbered(request, segment, number), clock.now()
    known = Actual.objects.in_workspace(request.workspace).current()
    numbers = known.select_related("metric").filter(pk=uuid_in(body.actual))
    today = request.workspace.today(now)
    form = bound(SourceForm, sent(body), numbers=numbers, today=today)
    cleaned(form)
    with transaction.atomic():
        question = question_in(scope, number, by=request.user, now=now)
        facts = form.facts(request.workspace, by=request.user, now=now)
        facts |= form.source()
        link = link_evidence(question, by=request.user, now=now, **facts)
    return Status(201, linked(link))


def uuid_in(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None


@router.post(
    "/evidence/{uuid:pk}/withdraw", response=LinkOut, auth=token_may(Permission.LOG)
)
def evidence_withdraw(request, pk: UUID, body: WithdrawIn):
    """It stays in the history with the reason."""
    links = EvidenceLink.objects.in_workspace(request.workspace)
    link = get_object_or_404(links.select_related("question"), pk=pk)
    reason = cleaned(bound(WithdrawForm, sent(body)))
    return linked(withdraw_evidence(link, by=request.user, now=clock.now(), **reason))


# --- what a quote is linked to ---------------------------------------------------
def quote_in(request: HttpRequest, pk: UUID) -> Quote:
    quotes = Quote.objects.in_workspace(request.workspace).exclude(refused())
    return get_object_or_404(quotes.select_related("interview", "workspace"), pk=pk)


@router.get(
    "/quotes/{uuid:pk}/links",
    response=list[LinkOut],
    auth=token_may(Permission.SEE_PEOPLE),
)
def quote_links(request, pk: UUID):
    """All there ever were, the newest first."""
    quote = quote_in(request, pk)
    evidence = quote.evidence.select_related("question")
    links = [*evidence, *quote.links.all()]
    links.sort(key=lambda link: (link.linked_at, str(link.pk)), reverse=True)
    return [linked(link) for link in links]


@router.post(
    "/quotes/{uuid:pk}/links", response={201: LinkOut}, auth=token_may(Permission.LOG)
)
def quote_link_add(request, pk: UUID, body: LinkIn):
    """`target`: the number of a question, `problem:ID`, `need:ID`, `feature:ID`,
    `hypothesis:ID` or `rung:N`. From grade 4 on it needs `proof_url` or `saw_it`."""
    quote, now = quote_in(request, pk), clock.now()
    targets = targets_of(request.workspace)
    form = bound(EvidenceForm, sent(body), quote=quote, targets=targets)
    target = dict(cleaned(form)["target"])
    number = target.pop("number", None)
    with transaction.atomic():
        facts = form.facts(request.workspace, by=request.user, now=now)
        facts |= {"by": request.user, "now": now}
        if number is None:
            return Status(201, linked(link_quote(quote, **target, **facts)))
        scope = scope_of(request.workspace, quote.interview.segment_id)
        question = question_in(scope, number, by=request.user, now=now)
        return Status(201, linked(link_evidence(question, quote=quote, **facts)))


@router.post(
    "/quote-links/{uuid:pk}/withdraw",
    response=LinkOut,
    auth=token_may(Permission.LOG),
)
def quote_link_withdraw(request, pk: UUID, body: WithdrawIn):
    """A link to anything but a question."""
    links = QuoteLink.objects.in_workspace(request.workspace)
    link = get_object_or_404(links, pk=pk)
    reason = cleaned(bound(WithdrawForm, sent(body)))
    return linked(withdraw_link(link, by=request.user, now=clock.now(), **reason))
