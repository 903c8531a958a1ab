"""Writing a talk down: the page, its drafts, and finishing it.

The page gives the talk its id. Drafts and the finished talk are sent to that id, so
that however often they are sent there is one row.
"""

from uuid import uuid4

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.htmx import go
from core.models import Permission
from core.once import submit_once
from discovery.models import Person
from interviews.actions import finish_interview, keep_draft, save_draft
from interviews.conflicts import OutdatedError
from interviews.forms import TalkForm, values_of, values_of_new
from interviews.models import Interview
from interviews.reports import reasons_against

PEOPLE_OFFERED = 200
SPARE_INPUTS = 2
CHOICES = ("over", "both")


@workspace_view(Permission.LOG)
def interview_new(request, workspace):
    now = clock.now()
    initial = values_of_new(workspace, now)
    form = TalkForm(workspace=workspace, now=now, initial=initial)
    return capture_page(request, workspace, uuid4(), form)


@workspace_view(Permission.LOG)
def interview_edit(request, workspace, pk):
    """Also for an id nobody has used: a draft that never reached the server."""
    interview = talk_of(workspace, pk)
    if interview is None:
        initial = values_of_new(workspace, clock.now())
    else:
        initial = values_of(interview)
    form = TalkForm(workspace=workspace, now=clock.now(), initial=initial)
    return capture_page(request, workspace, pk, form, interview=interview)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def interview_finish(request, workspace, pk):
    """Saves a finished talk too. GET: somebody had to sign in on the way here."""
    interview = talk_of(workspace, pk)
    if request.method == "GET":
        return redirect("interviews:interview_edit", workspace.slug, pk)
    form = TalkForm(sent(request, interview), workspace=workspace, now=clock.now())
    if not form.is_valid():
        return capture_page(request, workspace, pk, form, interview=interview)

    def effect():
        interview = finish_interview(workspace, pk, **facts_of(request, form))
        messages.success(request, said_at_the_end(interview))
        return reverse("interviews:interview_detail", args=[workspace.slug, pk])

    try:
        return go(request, submit_once(request, effect))
    except OutdatedError as error:
        return conflict_page(request, workspace, pk, form, error.current)


@workspace_view(Permission.LOG, methods=("POST",))
def interview_draft(request, workspace, pk):
    """htmx gets the words for the status line; a form sent by hand its page again."""
    interview = talk_of(workspace, pk)
    is_autosave = bool(request.htmx)
    form = TalkForm(
        sent(request, interview),
        workspace=workspace,
        now=clock.now(),
        is_draft=True,
        is_autosave=is_autosave,
    )
    save = autosaved if is_autosave else kept
    try:
        return save(request, workspace, pk, form, interview)
    except OutdatedError as error:
        return conflict_page(request, workspace, pk, form, error.current)


def autosaved(request, workspace, pk, form, interview):
    """What is valid is saved; what is not is named. Half-typed names make nobody."""
    form.full_clean()
    if not {"notes", "base_rev"} <= set(form.cleaned_data):
        problems = [error for errors in form.errors.values() for error in errors]
        return draft_state(request, workspace, None, problems=problems, status=422)
    if interview is not None or worth_keeping(form):
        interview = save_draft(
            workspace,
            pk,
            by=request.user,
            now=clock.now(),
            base_rev=form.cleaned_data["base_rev"],
            people=form.known_people(),
            **form.written(),
        )
    return draft_state(
        request,
        workspace,
        interview,
        left_out=form.left_out(),
        newcomers=form.newcomers(),
    )


def kept(request, workspace, pk, form, interview):
    """Back to the draft: its page compares what this device still holds."""
    if not form.is_valid():
        return capture_page(request, workspace, pk, form, interview=interview)
    slug = workspace.slug
    if interview is None and not any([worth_keeping(form), form.cleaned_data["who"]]):
        return go(request, reverse("interviews:interview_new", args=[slug]))
    keep_draft(workspace, pk, **facts_of(request, form))
    messages.success(request, _("Kept on the server."))
    return go(request, reverse("interviews:interview_edit", args=[slug, pk]))


def facts_of(request, form):
    return {
        "by": request.user,
        "now": clock.now(),
        "base_rev": form.cleaned_data["base_rev"],
        "who": form.cleaned_data["who"],
        "consent": form.cleaned_data["consent"],
    } | form.written()


def talk_of(workspace, pk):
    """The venture's talk of that id, None when nobody used it; another's is 404."""
    interview = Interview.objects.filter(pk=pk).select_related("saved_by").first()
    if interview is not None and interview.workspace_id != workspace.pk:
        raise Http404
    return interview


def sent(request, interview):
    """What was posted. After a conflict `over` and `both` name the revision seen:
    the one replaces that text, the other keeps it below."""
    data = request.POST.copy()
    for choice in CHOICES:
        if data.get(choice):
            data["base_rev"] = data[choice]
    is_seen = interview is not None and data.get("both") == str(interview.rev)
    if is_seen and interview.notes not in data.get("notes", ""):
        data["notes"] = f"{data.get('notes', '').rstrip()}\n\n{interview.notes}"
    return data


def worth_keeping(form):
    written = form.cleaned_data
    return bool(
        written["notes"].strip() or form.known_people() or written.get("next_step")
    )


def said_at_the_end(interview):
    missing = reasons_against(interview)
    if not missing:
        return _("Finished. It counts.")
    final = [reason.sentence for reason in missing if not reason.mend]
    if final:
        return _("Finished. It does not count. %(why)s That cannot be mended.") % {
            "why": " ".join(final)
        }
    mends = " ".join(reason.mend for reason in missing)
    return _("Finished. It does not count yet. %(mends)s") % {"mends": mends}


# --- answers ---------------------------------------------------------------------
def capture_page(request, workspace, pk, form, *, interview=None, conflict=None):
    status = 200
    if form.is_bound:
        status = 409 if conflict else 422
    lines = form.who_lines()
    people = Person.objects.in_workspace(workspace).select_related("organisation")
    context = {
        "workspace": workspace,
        "pk": pk,
        "form": form,
        "interview": interview,
        "conflict": conflict,
        "who_first": lines[0] if lines else "",
        "who_more": [*lines[1:], *[""] * SPARE_INPUTS],
        "has_more": len(lines) > 1,
        "people": people.order_by("-created_at", "pk")[:PEOPLE_OFFERED],
        "today": workspace.today(clock.now()),
    }
    return render(request, "interviews/interview_form.html", context, status=status)


def draft_state(
    request,
    workspace,
    interview,
    *,
    left_out=(),
    newcomers=0,
    problems=(),
    status=200,
):
    context = {
        "workspace": workspace,
        "interview": interview,
        "left_out": left_out,
        "newcomers": newcomers,
        "problems": problems,
    }
    return render(request, "interviews/_draft_state.html", context, status=status)


def conflict_page(request, workspace, pk, form, current):
    """Both texts, and a choice. Sent again, the form follows the text it now knows."""
    if request.htmx:
        context = {"workspace": workspace, "pk": pk, "current": current}
        return render(request, "interviews/_draft_conflict.html", context, status=409)
    data = request.POST.copy()
    data["base_rev"] = current.rev
    form = TalkForm(data, workspace=workspace, now=form.now, is_draft=form.is_draft)
    return capture_page(
        request, workspace, pk, form, interview=current, conflict=current
    )
