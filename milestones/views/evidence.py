"""Evidence: linked from a quote, a number, a survey or a document; answered; looked at
again; withdrawn, or linked to another question."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.htmx import go, render_page
from core.models import Permission
from forecasts.models import Actual
from interviews.actions import link_quote, withdraw_link
from interviews.models import Quote, QuoteLink
from interviews.models.quotes import refused
from interviews.reports.surveys import answers_of, surveys
from milestones.actions import (
    answer_evidence,
    link_evidence,
    question_in,
    reconfirm_evidence,
    relink_evidence,
    withdraw_evidence,
)
from milestones.actions.questions import refuse_ended
from milestones.eleven import template
from milestones.forms.evidence import (
    EvidenceForm,
    ReconfirmForm,
    RelinkForm,
    ReplyForm,
    SourceForm,
    WithdrawForm,
)
from milestones.models import EvidenceLink
from milestones.reports.evidence import segment_behind, source_of
from milestones.reports.inbox import links_of_quote
from milestones.scope import scope_of
from milestones.targets import targets_of
from milestones.views.ended import scope_to_write, until_version_ends
from milestones.views.pages import context_of, question_url, save

NUMBERS_OFFERED = 60
SURVEYS_OFFERED = 60


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def evidence_add(request, workspace, pk):
    """What a quote is about. The interview's page loads its links and its form."""
    quote = quote_in(workspace, pk)
    links = links_of_quote(quote)
    form = link_form(request, quote, links)
    status = 422 if form.is_bound else 200
    if quote.withdrawn_at is not None and form.is_bound:
        form.add_error(None, _("This quote was withdrawn. What you chose stays here."))
        status = 409
    elif form.is_valid():
        url = save(request, form, linking(request, workspace, quote, form))
        if url is not None:
            messages.success(request, linked_text(workspace, quote, form))
            return go(request, url)
    context = {
        "workspace": workspace,
        "quote": quote,
        "who": source_of_quote(quote),
        "links": links.standing,
        "form": form,
        "part_id": f"evidence-form-{quote.pk}",
    }
    partials = {
        context["part_id"]: "milestones/_evidence_form.html",
        f"evidence-links-{quote.pk}": "milestones/_quote_links.html",
    }
    page = "milestones/evidence_add.html"
    return render_page(request, page, context, partials=partials, status=status)


def quote_in(workspace, pk):
    """Not one that is hidden, because somebody took their consent back."""
    quotes = Quote.objects.in_workspace(workspace).exclude(refused())
    quotes = quotes.select_related("interview__segment", "person__organisation")
    return get_object_or_404(quotes, pk=pk)


def link_form(request, quote, links):
    form = EvidenceForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        prefix=f"q{quote.pk}",
        initial=proposal(request, links),
        quote=quote,
        targets=targets_of(quote.workspace),
    )
    if request.htmx:
        form.fields["target"].widget.attrs["autofocus"] = True
    return form


def linked_text(workspace, quote, form):
    """Says where it went: from the interview the question is a page away."""
    number = form.cleaned_data["target"].get("number")
    if number is None:
        return _("Linked.")
    url = question_url(scope_of(workspace, segment_of(quote)), number)
    return format_html(
        _('Linked to <a href="{url}">question {number}</a>.'), url=url, number=number
    )


def source_of_quote(quote):
    return source_of(EvidenceLink(quote=quote), sees_people=True)[1]


def proposal(request, links):
    """What the quote was last given, withdrawn or not; its next page; what it is about,
    where the page before knows."""
    initial = {"back": request.GET.get("back", "")}
    initial["target"] = request.GET.get("target", "")
    if links.last is not None:
        initial |= {"stance": links.last.stance, "grade": links.last.grade}
    return initial


def linking(request, workspace, quote, form):
    def effect():
        now, target = clock.now(), form.cleaned_data["target"]
        facts = form.facts(workspace, by=request.user, now=now)
        facts |= {"by": request.user, "now": now}
        back = form.cleaned_data["back"]
        if "number" not in target:
            link_quote(quote, **target, **facts)
            return after(back or "interview", None, None, quote)
        scope = scope_of(workspace, segment_of(quote))
        number = target["number"]
        question = question_in(scope, number, by=request.user, now=now)
        link_evidence(question, quote=quote, **facts)
        return after(back, scope, number, quote)

    return effect


def segment_of(quote):
    """The segment of its talk; None lets the venture's first one take it."""
    return quote.interview.segment_id


def after(back, scope, number, quote):
    slug = quote.workspace.slug
    if back == "inbox":
        return reverse("milestones:inbox", args=[slug])
    if back == "person" and quote.person_id:
        return reverse("interviews:person_detail", args=[slug, quote.person_id])
    if back in ("interview", "person"):
        url = reverse("interviews:interview_detail", args=[slug, quote.interview_id])
        return f"{url}#q-{quote.pk}"
    return question_url(scope, number)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
@until_version_ends
def source_add(request, workspace, number):
    """A number, the result of a survey or a document to a question."""
    scope = scope_to_write(request, workspace, number)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SourceForm(*sent, **sources_offered(scope, number))
    if form.is_valid():

        def effect():
            now = clock.now()
            question = question_in(scope, number, by=request.user, now=now)
            facts = form.facts(workspace, by=request.user, now=now)
            facts |= form.source()
            link_evidence(question, by=request.user, now=now, **facts)
            return question_url(scope, number)

        url = save(request, form, effect)
        if url is not None:
            messages.success(request, _("Linked to the question."))
            return go(request, url)
    context = context_of(request, scope, number, form=form)
    status = 422 if form.is_bound else 200
    return render(request, "milestones/source_add.html", context, status=status)


def sources_offered(scope, number):
    """What SourceForm chooses from: numbers, and surveys of this segment with answers."""
    known = Actual.objects.in_workspace(scope.workspace).current()
    numbers = known.select_related("metric").order_by(
        "-period_end", "metric__name", "pk"
    )
    answered = answered_surveys(scope, number)
    return {
        "numbers": numbers[:NUMBERS_OFFERED],
        "surveys": answered,
        "answers": answers_of([survey.pk for survey in answered]),
        "today": scope.workspace.today(clock.now()),
    }


def answered_surveys(scope, number):
    found = surveys(scope.workspace).filter(answer_count__gt=0)
    if template(number).per_segment:
        found = found.filter(segment=scope.segment)
    return list(found[:SURVEYS_OFFERED])


@workspace_view(Permission.LOG, methods=("GET", "POST"))
@until_version_ends
def evidence_withdraw(request, workspace, pk):
    data = request.POST if request.method == "POST" else None
    form = WithdrawForm(data)
    template_name = "milestones/evidence_withdraw.html"
    return change_link(request, workspace, pk, form, withdraw_evidence, template_name)


@workspace_view(Permission.SCORE, methods=("GET", "POST"))
@until_version_ends
def evidence_answer(request, workspace, pk):
    data = request.POST if request.method == "POST" else None
    form = ReplyForm(data)
    template_name = "milestones/evidence_answer.html"
    return change_link(request, workspace, pk, form, answer_evidence, template_name)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
@until_version_ends
def evidence_reconfirm(request, workspace, pk):
    data = request.POST if request.method == "POST" else None
    form = ReconfirmForm(data, initial={"on": workspace.today(clock.now())})
    template_name = "milestones/evidence_reconfirm.html"
    return change_link(request, workspace, pk, form, reconfirm_evidence, template_name)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
@until_version_ends
def evidence_relink(request, workspace, pk):
    """To another question instead: the old link stays in the history."""
    link = link_or_404(workspace, pk)
    data = request.POST if request.method == "POST" else None
    form = RelinkForm(data, link=link)
    scope = scope_of(workspace, segment_behind(link))
    if form.is_valid():

        def effect():
            now, fields = clock.now(), dict(form.cleaned_data)
            number = fields.pop("number")
            question = question_in(scope, number, by=request.user, now=now)
            fields |= {"question": question, "by": request.user, "now": now}
            moved = relink_evidence(link, **fields)
            return f"{question_url(scope, number)}#e-{moved.pk}"

        url = save(request, form, effect)
        if url is not None:
            messages.success(request, _("Linked there instead."))
            return go(request, url)
    return link_page(request, link, form, "milestones/evidence_relink.html")


def link_or_404(workspace, pk):
    """VersionEndedError where its question is asked again by now."""
    link = get_object_or_404(evidence_in(workspace), pk=pk)
    link.question.workspace = workspace
    refuse_ended(link.question)
    return link


def change_link(request, workspace, pk, form, action, template_name):
    """A page about one link, then back to its question."""
    link = link_or_404(workspace, pk)
    scope = scope_of(workspace, link.question.segment_id)
    url = question_url(scope, link.question.number)
    if form.is_valid():

        def effect():
            action(link, by=request.user, now=clock.now(), **form.cleaned_data)
            return url

        done = save(request, form, effect)
        if done is not None:
            return go(request, done)
    return link_page(request, link, form, template_name)


def link_page(request, link, form, template_name):
    scope = scope_of(link.workspace, link.question.segment_id)
    words, who = source_of(link, sees_people=True)
    context = context_of(request, scope, link.question.number, form=form, link=link)
    context |= {"words": words, "who": who}
    return render(request, template_name, context, status=422 if form.is_bound else 200)


def evidence_in(workspace):
    """Not links to words that are hidden, because consent was taken back."""
    links = EvidenceLink.objects.in_workspace(workspace).exclude(refused("quote__"))
    return links.select_related(
        "question__segment",
        "question__model_version",
        "quote__interview",
        "quote__person__organisation",
        "actual__metric",
        "survey",
    )


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def quote_link_withdraw(request, workspace, pk):
    """A link to anything but a question; then back to its talk."""
    links = QuoteLink.objects.in_workspace(workspace).exclude(refused("quote__"))
    links = links.select_related("quote__interview", "quote__person__organisation")
    link = get_object_or_404(links, pk=pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    url = after("interview", None, None, link.quote)
    if form.is_valid():

        def effect():
            withdraw_link(link, by=request.user, now=clock.now(), **form.cleaned_data)
            return url

        done = save(request, form, effect)
        if done is not None:
            return go(request, done)
    context = {"workspace": workspace, "form": form, "link": link, "back_url": url}
    status = 422 if form.is_bound else 200
    page = "milestones/link_withdraw.html"
    return render(request, page, context, status=status)
