"""Quotes and tags over the API."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
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
from interviews.actions import edit_quote, take_quote, withdraw_quote
from interviews.actions.tags import add_tag, tag_quote
from interviews.forms import QuoteForm, WithdrawForm
from interviews.forms.tags import TagForm
from interviews.models import Interview, Quote, Tag
from interviews.models.quotes import refused
from interviews.reports.tags import in_order, tag_tree

router = PolicyRouter(tags=["quotes and tags"])


# --- quotes ----------------------------------------------------------------------
class QuoteOut(Schema):
    """`start` and `end` count characters of the notes; null when the words are gone."""

    id: UUID
    rev: int
    interview: UUID
    person: UUID | None
    text: str
    start: int | None
    end: int | None
    is_prompted: bool
    is_paraphrase: bool
    tags: list[str]
    created_at: datetime
    withdrawn_at: datetime | None
    withdrawn_reason: str

    @staticmethod
    def resolve_interview(quote: Quote) -> UUID:
        return quote.interview_id

    @staticmethod
    def resolve_person(quote: Quote) -> UUID | None:
        return quote.person_id

    @staticmethod
    def resolve_tags(quote: Quote) -> list[str]:
        return [use.tag.name for use in quote.tags.all()]


class WordForm(forms.Form):
    name = forms.CharField(label="The word, or a few", max_length=80)


QuoteIn = form_body(QuoteForm)
QuoteChange = change_body(QuoteForm, but=["is_paraphrase"])
QuoteWithdrawIn = form_body(WithdrawForm, name="QuoteWithdrawIn")
WordIn = form_body(WordForm)


def quotes_of(request: HttpRequest):
    """Not those of somebody who allows nothing to be kept, nor of thrown away talks."""
    rows = Quote.objects.in_workspace(request.workspace).exclude(refused())
    return rows.filter(interview__trashed_at=None).prefetch_related("tags__tag")


def quote_in(request: HttpRequest, pk: UUID) -> Quote:
    return get_object_or_404(quotes_of(request).select_related("interview"), pk=pk)


@router.get("/quotes", response=Page[QuoteOut], auth=token_may(Permission.SEE_PEOPLE))
def quote_list(
    request,
    interview: UUID | None = None,
    person: UUID | None = None,
    page: int = 1,
    size: int = 25,
):
    """Those that stand, the newest first."""
    rows = quotes_of(request).standing().order_by("-created_at", "pk")
    asked = {"interview": interview, "person": person}
    return page_of(rows.filter(**{k: v for k, v in asked.items() if v}), page, size)


@router.get(
    "/quotes/{uuid:pk}", response=QuoteOut, auth=token_may(Permission.SEE_PEOPLE)
)
def quote_detail(request, pk: UUID):
    return quote_in(request, pk)


@router.post(
    "/interviews/{uuid:pk}/quotes",
    response={201: QuoteOut},
    auth=token_may(Permission.LOG),
)
def quote_add(request, pk: UUID, body: QuoteIn):
    """Exact words of the notes. `person` only where several took part; `tags` with
    commas between. The same words of the same place are the quote that stands."""
    talks = Interview.objects.in_workspace(request.workspace).finished()
    talk = get_object_or_404(talks, pk=pk)
    people = list(talk.people.select_related("organisation"))
    form = bound(QuoteForm, sent(body), people=people)
    quote = take_quote(talk, by=request.user, now=clock.now(), **cleaned(form))
    return Status(201, quote_in(request, quote.pk))


@router.put("/quotes/{uuid:pk}", response=QuoteOut, auth=token_may(Permission.LOG))
def quote_edit(request, pk: UUID, body: QuoteChange):
    quote = quote_in(request, pk)
    people = list(quote.interview.people.select_related("organisation"))
    form = bound(QuoteForm, sent(body), row=quote, people=people)
    edit_quote(quote, by=request.user, now=clock.now(), **cleaned(form))
    return quote_in(request, pk)


@router.post(
    "/quotes/{uuid:pk}/withdraw", response=QuoteOut, auth=token_may(Permission.LOG)
)
def quote_withdraw(request, pk: UUID, body: QuoteWithdrawIn):
    """It stays on record with the reason."""
    quote = quote_in(request, pk)
    reason = cleaned(bound(WithdrawForm, sent(body)))
    withdraw_quote(quote, by=request.user, now=clock.now(), **reason)
    return quote_in(request, pk)


@router.post(
    "/quotes/{uuid:pk}/tags", response=QuoteOut, auth=token_may(Permission.LOG)
)
def quote_tag(request, pk: UUID, body: WordIn):
    """One more tag; a word nobody used becomes one."""
    quote = quote_in(request, pk)
    word = cleaned(bound(WordForm, sent(body)))["name"]
    tag_quote(quote, [word], by=request.user, now=clock.now())
    return quote_in(request, pk)


# --- tags ------------------------------------------------------------------------
class TagOut(Schema):
    """Counts include what stands below it, each once."""

    id: UUID
    rev: int
    name: str
    definition: str
    parent: UUID | None
    level: int
    quotes: int
    talks: int
    people: int


TagIn = form_body(TagForm)


def tags_of(request: HttpRequest) -> list[dict]:
    """Parents before what stands below them."""
    return [
        {
            "id": branch.tag.pk,
            "rev": branch.tag.rev,
            "name": branch.tag.name,
            "definition": branch.tag.definition,
            "parent": branch.tag.parent_id,
            "level": branch.level,
            "quotes": branch.quotes,
            "talks": branch.talks,
            "people": branch.people,
        }
        for branch in in_order(tag_tree(request.workspace))
    ]


@router.get("/tags", response=Page[TagOut], auth=token_may(Permission.SEE_PEOPLE))
def tag_list(request, page: int = 1, size: int = 25):
    return page_of(tags_of(request), page, size)


@router.post("/tags", response={201: TagOut}, auth=token_may(Permission.LOG))
def tag_add(request, body: TagIn):
    form = bound(TagForm, sent(body), workspace=request.workspace)
    tag: Tag = add_tag(
        request.workspace, by=request.user, now=clock.now(), **cleaned(form)
    )
    return Status(201, next(row for row in tags_of(request) if row["id"] == tag.pk))
