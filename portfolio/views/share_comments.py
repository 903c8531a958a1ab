"""Comments by a link: what it lets be read, and a form. Who has not said yet who they
are is asked first; what they typed is kept meanwhile."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.htmx import go
from core.once import submit_once
from core.rates import is_too_often
from core.revisions import OutdatedError
from portfolio.actions.commenting import TooManyError, correct_comment, place_of
from portfolio.actions.guests import keep_waiting
from portfolio.actions.speaking import member_of, say_by_link
from portfolio.forms.comments import CorrectForm, TextForm
from portfolio.guests import WAITS, guest_of, remember, waiting_cookie, waiting_of
from portfolio.models import Comment, Thread
from portfolio.reports.comments import (
    AUTHOR,
    COMMENTS_A_PAGE,
    listed,
    page_and_open,
    shown,
    shown_threads,
    thread_of,
    threads_on,
    threads_shown,
)
from portfolio.share_access import share_view
from portfolio.subjects import NAMED, subject_by_link, subject_of

LISTED_A_PAGE = 25
# texts of people nobody knows yet: from one network, and by one link
WAITING = "20/1h/ip,60/1h/key"
CORRECTIONS = "30/1h/key"
TOO_MANY = gettext_lazy(
    "Ten comments an hour come by this link at most. Try again in an hour."
)


def here(request, name, *args):
    """The address of another page of the same link."""
    place = request.resolver_match.kwargs["place"]
    return reverse(f"portfolio:{name}", args=[place, *args])


def seen_by(request, link, **context):
    """What every page by a link needs to say who reads it."""
    guest = context.pop("guest", None) or guest_of(request, link, clock.now())
    place = request.resolver_match.kwargs["place"]
    workspace = link.workspace
    return {
        "workspace": workspace,
        "link": link,
        "place": place,
        "guest": guest,
        "can_comment": not workspace.is_sample,
        "today": workspace.today(clock.now()),
        **context,
    }


# --- reading -----------------------------------------------------------------------
@share_view()
def share_threads(request, link):
    is_open = request.GET.get("state") != "resolved"
    rows = threads_shown(Thread.objects.shown_by(link), is_open=is_open)
    page = Paginator(rows, LISTED_A_PAGE).get_page(request.GET.get("page"))
    threads = [listed(row, link) for row in page]
    context = seen_by(request, link, page=page, threads=threads, is_open=is_open)
    return render(request, "portfolio/share_threads.html", context)


@share_view()
def share_comment(request, link, number):
    """The address of one comment, however many come before it."""
    rows = Comment.objects.in_workspace(link.workspace).standing()
    rows = rows.filter(thread__in=Thread.objects.shown_by(link).values("pk"))
    comment = get_object_or_404(rows, number=number)
    before = rows.filter(thread=comment.thread_id, number__lt=number).count()
    url = here(request, "share_thread", comment.thread_id)
    return redirect(f"{url}?page={before // COMMENTS_A_PAGE + 1}#c-{number}")


# --- on what the dashboard shows ---------------------------------------------------
@share_view(methods=("GET", "POST"))
def share_comments(request, link, about, pk):
    subject = subject_by_link(link, about, pk)
    guest, form = speaker_and_form(request, link, subject.place)
    if form.is_valid() and (answer := say(request, link, guest, subject.place, form)):
        return answer
    rows = threads_on(link.workspace, subject, request.may)
    page, open_count = page_and_open(rows, request.GET.get("page"))
    context = seen_by(request, link, guest=guest, form=form, page=page)
    context |= {
        "subject": subject,
        "where": subject.place,
        "threads": shown_threads(page, guest, link),
        "open_count": open_count,
    }
    status = status_of(form)
    return render(request, "portfolio/share_comments.html", context, status=status)


@share_view(methods=("GET", "POST"))
def share_thread(request, link, pk):
    """Without a page asked for the latest one."""
    rows = Thread.objects.shown_by(link).select_related("resolved_by", *NAMED)
    thread = get_object_or_404(rows.defer("decision__snapshot"), pk=pk)
    guest, form = speaker_and_form(request, link, place_of(thread))
    if form.is_valid() and (
        answer := say(request, link, guest, place_of(thread), form)
    ):
        return answer
    said = thread.comments.standing().select_related(*AUTHOR).order_by("number")
    pages = Paginator(said, COMMENTS_A_PAGE)
    page = pages.get_page(request.GET.get("page") or pages.num_pages)
    context = seen_by(request, link, guest=guest, form=form, page=page)
    context |= {
        "subject": subject_of(thread),
        "where": place_of(thread),
        "thread": thread_of(
            thread, [shown(row, guest, link) for row in page], pages.count
        ),
    }
    status = status_of(form)
    return render(request, "portfolio/share_thread.html", context, status=status)


def speaker_and_form(request, link, place):
    """The guest of this browser, if there is one, and the form: bound to what was sent,
    or with what waits for its writer."""
    now = clock.now()
    guest = guest_of(request, link, now)
    if request.method == "POST":
        return guest, TextForm(request.POST)
    waiting = waiting_of(request, link, now)
    text = waiting.text if waiting and waiting.place == place else ""
    return guest, TextForm(initial={"text": text})


def status_of(form):
    if not form.is_bound:
        return 200
    return 429 if form.has_error(NON_FIELD_ERRORS, "often") else 422


def say(request, link, guest, place, form):
    """The answer to a valid form; None, and an error in the form, if it was too much."""
    if link.workspace.is_sample:
        raise Http404
    text = form.cleaned_data["text"]
    if guest is None:
        return introduce(request, link, place, form)
    by = member_of(guest)

    def effect():
        comment = say_by_link(guest, by=by, now=clock.now(), place=place, text=text)
        return here(request, "share_comment", comment.number)

    try:
        return go(request, submit_once(request, effect))
    except TooManyError:
        form.add_error(None, too_often(TOO_MANY))
        return None


def introduce(request, link, place, form):
    if is_too_often(request, f"introduction-{link.pk}", WAITING, key=str(link.pk)):
        form.add_error(None, too_often(_("Too many texts. Try again in an hour.")))
        return None
    text = form.cleaned_data["text"]
    _row, token = keep_waiting(link, by=None, now=clock.now(), place=place, text=text)
    response = go(request, here(request, "share_who"))
    age = int(WAITS.total_seconds())
    remember(response, waiting_cookie(link), token, max_age=age)
    return response


def too_often(text):
    return ValidationError(text, code="often")


# --- a correction ------------------------------------------------------------------
@share_view(methods=("GET", "POST"))
def share_correct(request, link, number):
    """By the guest who wrote it, in a browser that knows them."""
    guest = guest_of(request, link, clock.now())
    current, is_late = own_or_404(link, guest, number), False
    known = {"text": current.text, "revision": current.revision}
    data = request.POST if request.method == "POST" else None
    form = CorrectForm(data, initial=known)
    if form.is_valid() and may_correct(request, link, form):
        try:
            return go(request, submit_once(request, correcting(request, current, form)))
        except OutdatedError as error:
            current, is_late = error.current, True
            form = CorrectForm({**form.cleaned_data, "revision": current.revision})
    url = here(request, "share_comment", number)
    context = seen_by(request, link, guest=guest, form=form, current=current, url=url)
    context["is_late"] = is_late
    status = 409 if is_late else status_of(form)
    return render(request, "portfolio/share_correct.html", context, status=status)


def may_correct(request, link, form):
    """Every correction stays on record, so there is an end to them, too."""
    if is_too_often(request, "correction", CORRECTIONS, key=str(link.pk)):
        text = _("Too many corrections came by this link. Try again in an hour.")
        form.add_error(None, too_often(text))
    return form.is_valid()


def own_or_404(link, guest, number):
    rows = Comment.objects.in_workspace(link.workspace).standing()
    rows = rows.filter(thread__in=Thread.objects.shown_by(link).values("pk"))
    rows = rows.filter(guest=guest, guest__isnull=False).select_related("guest", "by")
    comment = get_object_or_404(rows, number=number)
    comment.workspace = link.workspace
    return comment


def correcting(request, comment, form):
    by = member_of(comment.guest)

    def effect():
        correct_comment(comment, by=by, now=clock.now(), **form.cleaned_data)
        return here(request, "share_comment", comment.number)

    return effect
