"""Writing a talk down: the page, its drafts, and finishing it.

The page gives the talk its id. Drafts and the finished talk are sent to that id, so
that however often they are sent there is one row.
"""

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
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
from interviews.actions import finish_interview, save_draft
from interviews.conflicts import OutdatedError
from interviews.forms import TalkForm, values_of, values_of_new
from interviews.models import Guide, Interview
from interviews.reports import reasons_against

PEOPLE_OFFERED = 200
OFFERED_WHILE_TYPING = 20
SPARE_INPUTS = 2
CHOICES = ("over", "both")


@workspace_view(Permission.LOG)
def interview_new(request, workspace):
    """`?guide=` and `?customer=` say what is known already."""
    now = clock.now()
    guide = named_in(request, "guide", Guide.objects.to_choose(workspace))
    people = Person.objects.in_workspace(workspace).current()
    person = named_in(request, "customer", people.select_related("organisation"))
    initial = values_of_new(workspace, now, by=request.user, guide=guide, person=person)
    form = TalkForm(workspace=workspace, now=now, initial=initial)
    return capture_page(request, workspace, uuid4(), form)


@workspace_view(Permission.LOG)
def interview_edit(request, workspace, pk):
    """Also for an id nobody has used: a draft that never reached the server. What is
    hidden, because consent was taken back, cannot be read here either."""
    interview = talk_of(workspace, pk)
    if interview is not None and interview.hides_notes:
        return redirect("interviews:interview_detail", workspace.slug, pk)
    if interview is None:
        initial = values_of_new(workspace, clock.now(), by=request.user)
    else:
        initial = values_of(interview)
    form = TalkForm(
        workspace=workspace, now=clock.now(), initial=initial, interview=interview
    )
    return capture_page(request, workspace, pk, form)


@workspace_view(Permission.LOG)
def people_offered(request, workspace):
    """Names for an input of "Who?", while somebody types in it."""
    typed = request.GET.get("who", "").partition(",")[0].strip()
    people = Person.objects.in_workspace(workspace).current()
    named = Q(name__icontains=typed) | Q(organisation__name__icontains=typed)
    people = people.filter(named).select_related("organisation").order_by("name", "pk")
    context = {"people": people[:OFFERED_WHILE_TYPING] if typed else []}
    return render(request, "interviews/_who_offered.html", context)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def interview_finish(request, workspace, pk):
    """Saves a finished talk too. GET: somebody had to sign in on the way here."""
    interview = talk_of(workspace, pk)
    if request.method == "GET":
        return redirect("interviews:interview_edit", workspace.slug, pk)
    form = sent_form(request, workspace, interview)
    if not form.is_valid():
        return capture_page(request, workspace, pk, form)

    def effect():
        facts = {name: form.cleaned_data[name] for name in ("who", "consent")}
        interview = finish_interview(
            workspace, pk, **facts, **by_whom(request, form), **form.written()
        )
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
    form = sent_form(request, workspace, interview, is_draft=True)
    save = autosaved if request.htmx else kept
    try:
        return save(request, workspace, pk, form)
    except OutdatedError as error:
        return conflict_page(request, workspace, pk, form, error.current)


def autosaved(request, workspace, pk, form):
    """What is valid is saved; what is not is named."""
    form.full_clean()
    if not {"notes", "base_rev"} <= set(form.cleaned_data):
        problems = [error for errors in form.errors.values() for error in errors]
        return draft_state(request, workspace, None, problems=problems, status=422)
    interview = form.interview
    if interview is not None or worth_keeping(form):
        interview = save_draft(workspace, pk, **draft_of(request, form))
    return draft_state(
        request,
        workspace,
        interview,
        left_out=form.left_out(),
        newcomers=form.newcomers(),
    )


def kept(request, workspace, pk, form):
    """Back to the draft: its page compares what this device still holds."""
    if not form.is_valid():
        return capture_page(request, workspace, pk, form)
    slug = workspace.slug
    if form.interview is None and not worth_keeping(form):
        return go(request, reverse("interviews:interview_new", args=[slug]))
    save_draft(workspace, pk, **draft_of(request, form))
    messages.success(request, _("Kept on the server."))
    return go(request, reverse("interviews:interview_edit", args=[slug, pk]))


def draft_of(request, form):
    return by_whom(request, form) | form.participants() | form.written()


def by_whom(request, form):
    return {
        "by": request.user,
        "now": clock.now(),
        "base_rev": form.cleaned_data["base_rev"],
    }


def named_in(request, key, rows):
    """The row the address names; an id that is none, or nobody's here, is left out."""
    try:
        return rows.filter(pk=UUID(request.GET.get(key, ""))).first()
    except ValueError:
        return None


def talk_of(workspace, pk):
    """The venture's talk of that id, None when nobody used it; another's is 404."""
    interview = Interview.objects.filter(pk=pk).select_related("saved_by").first()
    if interview is not None and interview.workspace_id != workspace.pk:
        raise Http404
    return interview


def sent_form(request, workspace, interview, *, is_draft=False):
    return TalkForm(
        sent(request, interview),
        workspace=workspace,
        now=clock.now(),
        interview=interview,
        is_draft=is_draft,
    )


def sent(request, interview):
    """What was posted. After a conflict `over` and `both` name the revision seen:
    the one replaces that text, the other keeps it below."""
    data = request.POST.copy()
    for choice in CHOICES:
        if data.get(choice):
            data["base_rev"] = data[choice]
    is_seen = interview is not None and data.get("both") == str(interview.rev)
    is_seen = is_seen and not interview.hides_notes
    if is_seen and interview.notes not in data.get("notes", ""):
        data["notes"] = f"{data.get('notes', '').rstrip()}\n\n{interview.notes}"
    return data


def worth_keeping(form):
    written = form.cleaned_data
    typed = (written["notes"].strip(), written.get("who"), written.get("next_step"))
    return any(typed)


def said_at_the_end(interview):
    missing = reasons_against(interview)
    if not missing:
        return _("Finished. It counts.")
    final = [f"{reason.sentence} {reason.stays}" for reason in missing if reason.stays]
    if final:
        return _("Finished. It does not count. %(why)s") % {"why": " ".join(final)}
    mends = " ".join(reason.mend for reason in missing)
    return _("Finished. It does not count yet. %(mends)s") % {"mends": mends}


# --- answers ---------------------------------------------------------------------
def capture_page(request, workspace, pk, form, *, conflict=None):
    status = 200
    if form.is_bound:
        status = 409 if conflict else 422
    lines = form.who_lines()
    people = Person.objects.in_workspace(workspace).current()
    context = {
        "workspace": workspace,
        "pk": pk,
        "form": form,
        "interview": form.interview,
        "conflict": conflict,
        "who_first": lines[0] if lines else "",
        "who_more": [*lines[1:], *[""] * SPARE_INPUTS],
        "has_more": len(lines) > 1,
        "people": people.select_related("organisation").order_by("-created_at", "pk")[
            :PEOPLE_OFFERED
        ],
        "guide": guide_shown(workspace, form),
        "today": workspace.today(clock.now()),
    }
    return render(request, "interviews/interview_form.html", context, status=status)


def guide_shown(workspace, form):
    """The guide the page has chosen, with its questions."""
    chosen = form["guide"].value()
    rows = form.fields["guide"].queryset
    try:
        return chosen and rows.prefetch_related("questions").get(pk=chosen)
    except (Guide.DoesNotExist, ValidationError):
        return None


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
    """Both texts, and a choice. Sent again, the form follows the text it now knows.
    Not for a talk that is hidden: 404, which gives back what was typed."""
    if current.hides_notes:
        raise Http404
    if request.htmx:
        context = {"workspace": workspace, "pk": pk, "current": current}
        return render(request, "interviews/_draft_conflict.html", context, status=409)
    data = request.POST.copy()
    data["base_rev"] = current.rev
    form = TalkForm(
        data,
        workspace=workspace,
        now=form.now,
        interview=current,
        is_draft=form.is_draft,
    )
    return capture_page(request, workspace, pk, form, conflict=current)
