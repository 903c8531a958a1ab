"""What a quote is linked to, over the API."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Status

from core import clock
from core.api import PolicyRouter, bound, cleaned, form_body, sent, token_may
from core.models import Permission
from interviews.actions import link_quote, withdraw_link
from interviews.models import Quote, QuoteLink
from interviews.models.quotes import refused
from milestones.actions import link_evidence, question_in
from milestones.api.links import LinkOut, WithdrawIn, linked
from milestones.forms.evidence import EvidenceForm, WithdrawForm
from milestones.scope import scope_of
from milestones.targets import targets_of

router = PolicyRouter(tags=["questions and evidence"])
LinkIn = form_body(EvidenceForm, but=["proof_file", "back"], name="QuoteLinkIn")


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
