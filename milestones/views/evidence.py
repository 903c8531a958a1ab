"""Evidence: linked from a quote, a number or a document; answered; withdrawn."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.htmx import go, render_page
from core.models import Permission
from forecasts.models import Actual
from interviews.models import Quote
from milestones.actions import (
    answer_evidence,
    link_evidence,
    question_in,
    withdraw_evidence,
)
from milestones.forms.evidence import (
    EvidenceForm,
    ReplyForm,
    SourceForm,
    WithdrawForm,
)
from milestones.models import EvidenceLink
from milestones.reports.evidence import source_of
from milestones.reports.inbox import links_of_quote, unlinked_quotes, waiting
from milestones.scope import scope_of
from milestones.views.pages import context_of, question_url, save, scope_from

QUOTES_A_PAGE = 25
NUMBERS_OFFERED = 60


@workspace_view(Permission.LOG)
def inbox(request, workspace):
    """A form for each quote that speaks to no question yet."""
    page = Paginator(unlinked_quotes(workspace), QUOTES_A_PAGE).get_page(
        request.GET.get("page")
    )
    items = [
        (item, EvidenceForm(prefix=f"q{item.quote.pk}", initial={"back": "inbox"}))
        for item in waiting(page.object_list)
    ]
    context = {
        "workspace": workspace,
        "page": page,
        "items": items,
        "today": workspace.today(clock.now()),
    }
    return render(request, "milestones/inbox.html", context)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def evidence_add(request, workspace, pk):
    """A quote to a question. The interview's page loads its links and its form."""
    quotes = Quote.objects.in_workspace(workspace).select_related(
        "interview__segment", "person__organisation"
    )
    quote = get_object_or_404(quotes, pk=pk)
    links = links_of_quote(quote)
    data = request.POST if request.method == "POST" else None
    prefix = f"q{quote.pk}"
    form = EvidenceForm(data, prefix=prefix, initial=proposal(request, links))
    if request.htmx:
        form.fields["number"].widget.attrs["autofocus"] = True
    if form.is_valid():
        url = save(request, form, linking(request, workspace, quote, form))
        if url is not None:
            messages.success(request, linked_text(workspace, quote, form))
            return go(request, url)
    context = {
        "workspace": workspace,
        "quote": quote,
        "who": source_of_quote(quote),
        "links": [link for link in links if link.withdrawn_at is None],
        "form": form,
        "part_id": f"evidence-form-{quote.pk}",
    }
    return render_page(
        request,
        "milestones/evidence_add.html",
        context,
        partials={
            context["part_id"]: "milestones/_evidence_form.html",
            f"evidence-links-{quote.pk}": "milestones/_quote_links.html",
        },
        status=422 if form.is_bound else 200,
    )


def linked_text(workspace, quote, form):
    """Says where it went: from the interview the question is a page away."""
    number = form.cleaned_data["number"]
    url = question_url(scope_of(workspace, segment_of(quote)), number)
    return format_html(
        _('Linked to <a href="{url}">question {number}</a>.'), url=url, number=number
    )


def source_of_quote(quote):
    return source_of(EvidenceLink(quote=quote), sees_people=True)[1]


def proposal(request, links):
    """What the quote was last given, withdrawn or not; its next page."""
    initial = {"back": request.GET.get("back", "")}
    if links:
        initial |= {"stance": links[0].stance, "grade": links[0].grade}
    return initial


def linking(request, workspace, quote, form):
    def effect():
        now, number = clock.now(), form.cleaned_data["number"]
        scope = scope_of(workspace, segment_of(quote))
        question = question_in(scope, number, by=request.user, now=now)
        facts = form.facts(request.user)
        link_evidence(question, by=request.user, quote=quote, now=now, **facts)
        return after(form.cleaned_data["back"], scope, number, quote)

    return effect


def segment_of(quote):
    """The segment of its talk; None lets the venture's first one take it."""
    return quote.interview.segment_id


def after(back, scope, number, quote):
    slug = scope.workspace.slug
    if back == "inbox":
        return reverse("milestones:inbox", args=[slug])
    if back == "interview":
        url = reverse("interviews:interview_detail", args=[slug, quote.interview_id])
        return f"{url}#q-{quote.pk}"
    return question_url(scope, number)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def source_add(request, workspace, number):
    """A number or a document to a question."""
    scope = scope_from(request, workspace, number)
    data = request.POST if request.method == "POST" else None
    today = workspace.today(clock.now())
    form = SourceForm(data, numbers=recent_numbers(workspace), today=today)
    if form.is_valid():

        def effect():
            now = clock.now()
            question = question_in(scope, number, by=request.user, now=now)
            facts = form.source() | form.facts(request.user)
            link_evidence(question, by=request.user, now=now, **facts)
            return question_url(scope, number)

        url = save(request, form, effect)
        if url is not None:
            messages.success(request, _("Linked to the question."))
            return go(request, url)
    context = context_of(request, scope, number, form=form)
    status = 422 if form.is_bound else 200
    return render(request, "milestones/source_add.html", context, status=status)


def recent_numbers(workspace):
    known = Actual.objects.in_workspace(workspace).current().select_related("metric")
    return known.order_by("-period_end", "metric__name", "pk")[:NUMBERS_OFFERED]


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def evidence_withdraw(request, workspace, pk):
    data = request.POST if request.method == "POST" else None
    form = WithdrawForm(data)
    template_name = "milestones/evidence_withdraw.html"
    return change_link(request, workspace, pk, form, withdraw_evidence, template_name)


@workspace_view(Permission.SCORE, methods=("GET", "POST"))
def evidence_answer(request, workspace, pk):
    data = request.POST if request.method == "POST" else None
    form = ReplyForm(data)
    template_name = "milestones/evidence_answer.html"
    return change_link(request, workspace, pk, form, answer_evidence, template_name)


def change_link(request, workspace, pk, form, action, template_name):
    """A page with one field about one link, then back to its question."""
    links = EvidenceLink.objects.in_workspace(workspace).select_related(
        "question__segment", "quote__person__organisation", "actual__metric"
    )
    link = get_object_or_404(links.select_related("quote__interview"), pk=pk)
    scope = scope_of(workspace, link.question.segment_id)
    url = question_url(scope, link.question.number)
    if form.is_valid():

        def effect():
            action(link, by=request.user, now=clock.now(), **form.cleaned_data)
            return url

        done = save(request, form, effect)
        if done is not None:
            return go(request, done)
    words, who = source_of(link, sees_people=True)
    context = context_of(request, scope, link.question.number, form=form, link=link)
    context |= {"words": words, "who": who}
    return render(request, template_name, context, status=422 if form.is_bound else 200)
