"""Quotes: taken from a paragraph or a selection, changed, withdrawn."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.htmx import go
from core.models import Permission
from core.once import submit_once
from core.revisions import OutdatedError
from interviews.actions import edit_quote, take_quote, withdraw_quote
from interviews.actions.tags import living
from interviews.anchoring import surroundings
from interviews.forms import QuoteForm, WithdrawForm
from interviews.models import Quote
from interviews.models.quotes import refused
from interviews.reading import paragraphs
from interviews.views.reading import finished_in


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def quote_add(request, workspace, pk):
    """`?paragraph=n` fills in the words of that paragraph, to be cut down."""
    interview = finished_in(workspace, pk)
    people = list(interview.people.select_related("organisation"))
    near, words = paragraph_asked(request, interview)
    if request.method == "POST":
        form = QuoteForm(request.POST, people=people)
    else:
        form = QuoteForm(people=people, initial={"text": words})

    def write():
        quote = take_quote(
            interview,
            by=request.user,
            now=clock.now(),
            near=near,
            **form.cleaned_data,
        )
        return f"{page_of(workspace, quote)}?quote={quote.pk}#q-{quote.pk}"

    context = {"interview": interview, "title": _("Take a quote")}
    context["tags"] = living(workspace)
    done = _("Kept as a quote.")
    return quote_page(request, workspace, form, write, context, done)


def paragraph_asked(request, interview):
    """Where it begins in the notes, and its words; nothing for any other number."""
    asked = request.GET.get("paragraph", "")
    for paragraph in paragraphs(interview.notes):
        if str(paragraph.number) == asked:
            return paragraph.start, paragraph.words
    return 0, ""


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def quote_edit(request, workspace, pk):
    """409 with what was typed when it was changed or withdrawn in between."""
    quote = get_object_or_404(quotes_of(workspace), pk=pk)
    if quote.withdrawn_at is not None and request.method == "GET":
        raise Http404
    people = list(quote.interview.people.select_related("organisation"))
    data = request.POST if request.method == "POST" else None
    form = QuoteForm(data, people=people, instance=copy(quote))

    def write():
        edit_quote(quote, by=request.user, now=clock.now(), **form.cleaned_data)
        return f"{page_of(workspace, quote)}#q-{quote.pk}"

    context = {
        "interview": quote.interview,
        "title": _("Edit quote"),
        "tags": living(workspace),
        "nearby": nearby(quote),
    }
    return quote_page(request, workspace, form, write, context, _("Quote changed."))


def nearby(quote):
    """What stands in the notes where words that are gone once stood."""
    if quote.start is not None or quote.is_paraphrase:
        return ""
    return surroundings(quote.interview.notes, quote.prefix, quote.suffix)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def quote_withdraw(request, workspace, pk):
    """Also of a withdrawn one: the same form may arrive twice."""
    quote = get_object_or_404(quotes_of(workspace), pk=pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)

    def write():
        withdraw_quote(quote, by=request.user, now=clock.now(), **form.cleaned_data)
        return page_of(workspace, quote)

    context = {
        "interview": quote.interview,
        "title": _("Withdraw quote"),
        "withdrawn": quote,
    }
    return quote_page(request, workspace, form, write, context, _("Quote withdrawn."))


def quotes_of(workspace):
    """Not those of somebody who allows nothing to be kept, or no longer does."""
    quotes = Quote.objects.in_workspace(workspace).exclude(refused())
    return quotes.select_related("interview", "person")


def quote_page(request, workspace, form, write, context, done):
    """The form, or the write and back to the talk it belongs to."""
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            url = submit_once(request, write)
        except OutdatedError as error:
            form.meet(error.current)
            status = 409
        except ValidationError as error:
            form.add_error(None, error)
            status = 409 if getattr(error, "code", "") == "withdrawn" else 422
        else:
            messages.success(request, done)
            return go(request, url)
    context |= {
        "workspace": workspace,
        "form": form,
        "back_url": page_of_talk(workspace, context["interview"].pk),
    }
    return render(request, "interviews/quote_form.html", context, status=status)


def page_of(workspace, quote):
    return page_of_talk(workspace, quote.interview_id)


def page_of_talk(workspace, pk):
    return reverse("interviews:interview_detail", args=[workspace.slug, pk])
