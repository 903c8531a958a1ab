"""Comments: on their subject, thread by thread, and all of a venture."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.htmx import go, render_page
from core.models import Permission
from core.once import submit_once
from core.revisions import OutdatedError
from portfolio.actions.commenting import (
    correct_comment,
    keep_draft,
    open_thread,
    place_of,
    readers_of,
    reopen_thread,
    reply,
    resolve_thread,
)
from portfolio.forms.comments import CorrectForm, TextForm, ThreadForm
from portfolio.models import Comment, Thread
from portfolio.reports.comments import (
    AUTHOR,
    COMMENTS_A_PAGE,
    draft_at,
    is_hidden,
    listed,
    page_and_open,
    shown,
    shown_threads,
    thread_of,
    threads_in,
    threads_on,
)
from portfolio.subjects import NAMED, said_in, subject_of, subject_or_404

LISTED_A_PAGE = 25
PARTS = {"comments": "portfolio/_comments.html"}


# --- on a subject ------------------------------------------------------------------
@workspace_view(Permission.VIEW, methods=("GET", "POST"), write=Permission.REVIEW)
def comment_list(request, workspace, about, pk):
    subject = subject_or_404(workspace, about, pk)
    hidden = is_hidden(subject, request.user, clock.now())
    new = Thread(workspace=workspace, opened_by=request.user, opened_at=clock.now())
    asked = {"may_hide": Permission.DECIDE in request.may}
    form = form_for(request, ThreadForm, subject.place, new, **asked)
    if form.is_valid() and not hidden:
        url = reverse("portfolio:comment_list", args=[workspace.slug, about, pk])
        if form.is_draft:
            return kept(request, subject.place, form, url)
        return go(request, submit_once(request, opening(request, subject, form)))
    context = context_about(request, subject, form, hidden=hidden)
    status = 422 if form.is_bound else 200
    page = "portfolio/comment_list.html"
    return render_page(request, page, context, partials=PARTS, status=status)


def form_for(request, kind, place, thread, **asked):
    """Bound to what was sent, or with the draft of this place. A sample sends no mail,
    and promises none."""
    writes = Permission.REVIEW in request.may
    is_told = writes and not request.workspace.is_sample
    others = readers_of(thread) if is_told else ()
    asked |= {"team": [one.name for one in others if one != request.user and one.name]}
    if request.method == "POST":
        return kind(request.POST, is_draft="keep" in request.POST, **asked)
    text = draft_at(request.workspace, request.user, place) if writes else ""
    return kind(initial={"text": text}, **asked)


def opening(request, subject, form):
    def effect():
        comment = open_thread(
            request.workspace,
            by=request.user,
            now=clock.now(),
            subject=subject,
            **form.cleaned_data,
        )
        return url_of(comment)

    return effect


def kept(request, place, form, url):
    """Safe to send twice: the last text counts."""
    keep_draft(
        request.workspace,
        by=request.user,
        now=clock.now(),
        place=place,
        text=form.cleaned_data["text"],
    )
    if not request.htmx:
        messages.success(request, _("Kept as a draft. Only you see it."))
    return go(request, url)


def context_about(request, subject, form, *, hidden):
    workspace, may = request.workspace, request.may
    rows = threads_on(workspace, subject, may)
    page, open_count = page_and_open(rows, request.GET.get("page"))
    return {
        "workspace": workspace,
        "subject": subject,
        "subject_url": subject.url(workspace.slug, may),
        "said": said_in(subject, may),
        "form": form,
        "page": page,
        "threads": [] if hidden else shown_threads(page, request.user),
        "open_count": open_count,
        "is_hidden": hidden,
        "can_comment": Permission.REVIEW in may and not hidden,
        "today": workspace.today(clock.now()),
    }


def url_of(comment):
    """Of its thread, where it is marked; `comment_go` finds the page it is on."""
    args = [comment.thread.workspace.slug, comment.number]
    return reverse("portfolio:comment_go", args=args)


@workspace_view(Permission.VIEW)
def comment_go(request, workspace, number):
    """The address of one comment, however many come before it."""
    seen = Thread.objects.in_workspace(workspace).seen_with(request.may)
    rows = Comment.objects.in_workspace(workspace).standing()
    rows = rows.filter(thread__in=seen.values("pk"))
    comment = get_object_or_404(rows, number=number)
    before = rows.filter(thread=comment.thread_id, number__lt=number).count()
    page = before // COMMENTS_A_PAGE + 1
    url = reverse("portfolio:thread_detail", args=[workspace.slug, comment.thread_id])
    return redirect(f"{url}?page={page}#c-{number}")


# --- one thread --------------------------------------------------------------------
@workspace_view(Permission.VIEW, methods=("GET", "POST"), write=Permission.REVIEW)
def thread_detail(request, workspace, pk):
    thread = thread_or_404(request, workspace, pk)
    hidden = is_hidden(subject_of(thread), request.user, clock.now())
    form = form_for(request, TextForm, place_of(thread), thread)
    if form.is_valid() and not hidden:
        if form.is_draft:
            url = reverse("portfolio:thread_detail", args=[workspace.slug, pk])
            return kept(request, place_of(thread), form, url)
        return go(request, submit_once(request, answering(request, thread, form)))
    context = context_of(request, thread, form, hidden=hidden)
    status = 422 if form.is_bound else 200
    return render(request, "portfolio/thread_detail.html", context, status=status)


def thread_or_404(request, workspace, pk):
    rows = Thread.objects.in_workspace(workspace).seen_with(request.may)
    rows = rows.select_related("resolved_by", *NAMED).defer("decision__snapshot")
    thread = get_object_or_404(rows, pk=pk)
    thread.workspace = workspace
    return thread


def answering(request, thread, form):
    def effect():
        data = form.cleaned_data
        return url_of(reply(thread, by=request.user, now=clock.now(), **data))

    return effect


def context_of(request, thread, form, *, hidden):
    """Without a page asked for the latest one."""
    workspace, subject = request.workspace, subject_of(thread)
    rows = thread.comments.standing().select_related(*AUTHOR).order_by("number")
    pages = Paginator(rows, COMMENTS_A_PAGE)
    page = pages.get_page(request.GET.get("page") or pages.num_pages)
    said = [] if hidden else [shown(row, request.user) for row in page]
    args = [workspace.slug, subject.about, subject.key]
    return {
        "workspace": workspace,
        "subject": subject,
        "list_url": reverse("portfolio:comment_list", args=args),
        "thread": thread_of(thread, said, pages.count),
        "form": form,
        "page": page,
        "is_hidden": hidden,
        "can_comment": Permission.REVIEW in request.may and not hidden,
        "today": workspace.today(clock.now()),
    }


@workspace_view(Permission.REVIEW, methods=("POST",))
def thread_resolve(request, workspace, pk):
    return go(request, submit_once(request, moving(request, workspace, pk)))


@workspace_view(Permission.REVIEW, methods=("POST",))
def thread_reopen(request, workspace, pk):
    effect = moving(request, workspace, pk, reopen_thread)
    return go(request, submit_once(request, effect))


def moving(request, workspace, pk, action=resolve_thread):
    thread = thread_or_404(request, workspace, pk)

    def effect():
        action(thread, by=request.user, now=clock.now())
        return reverse("portfolio:thread_detail", args=[workspace.slug, pk])

    return effect


# --- a correction ------------------------------------------------------------------
@workspace_view(Permission.REVIEW, methods=("GET", "POST"))
def comment_correct(request, workspace, number):
    """By whoever wrote it; what it said before is shown beside it."""
    said = own_or_404(request, workspace, number)
    current, status, is_late = said[-1], 200, False
    data = request.POST if request.method == "POST" else None
    known = {"text": current.text, "revision": current.revision}
    form = CorrectForm(data, initial=known)
    if form.is_bound:
        status = 422
    if form.is_valid():
        try:
            return go(request, submit_once(request, correcting(request, current, form)))
        except OutdatedError as error:
            current, status, is_late = error.current, 409, True
            form = CorrectForm({**form.cleaned_data, "revision": current.revision})
    context = {"workspace": workspace, "current": current, "form": form}
    context |= {"said": said, "is_late": is_late, "url": url_of(current)}
    return render(request, "portfolio/comment_correct.html", context, status=status)


def own_or_404(request, workspace, number):
    """Its revisions, the first one first."""
    seen = Thread.objects.in_workspace(workspace).seen_with(request.may)
    rows = Comment.objects.in_workspace(workspace).filter(number=number)
    rows = rows.filter(thread__in=seen.values("pk")).select_related("thread")
    said = list(rows.order_by("revision"))
    if not said or said[0].by_id != request.user.pk:
        raise Http404
    for row in said:
        row.workspace = row.thread.workspace = workspace
    return said


def correcting(request, comment, form):
    def effect():
        data = form.cleaned_data
        correct_comment(comment, by=request.user, now=clock.now(), **data)
        return url_of(comment)

    return effect


# --- the venture -------------------------------------------------------------------
@workspace_view(Permission.VIEW)
def thread_list(request, workspace):
    is_open = request.GET.get("state") != "resolved"
    rows = threads_in(workspace, request.may, is_open=is_open)
    page = Paginator(rows, LISTED_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "workspace": workspace,
        "page": page,
        "threads": [listed(row) for row in page],
        "is_open": is_open,
        "today": workspace.today(clock.now()),
    }
    return render(request, "portfolio/thread_list.html", context)
