"""Guides: the list, one guide, and its form with the questions in it."""

from copy import copy
from functools import partial

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.downloads import attached
from core.htmx import go
from core.models import Permission
from core.once import submit_once
from core.revisions import OutdatedError
from discovery.models import Segment
from interviews.actions import add_guide, copy_ready_guide, edit_guide
from interviews.forms import GuideForm
from interviews.lists_csv import guides_csv
from interviews.models import Guide, Interview
from interviews.ready_guides import BY_KEY, READY
from interviews.reports.guides import judged, judged_guide, own_names

MOST_CHARACTERS = 300


@workspace_view(Permission.SEE_PEOPLE)
def guide_list(request, workspace):
    guides = Guide.objects.in_workspace(workspace).current().newest()
    counted = guides.select_related("segment").annotate(
        question_count=Count("questions", distinct=True),
        talk_count=Count(
            "interviews", filter=Q(interviews__trashed_at=None), distinct=True
        ),
    )
    if request.GET.get("format") == "csv":
        text = guides_csv(counted.prefetch_related("questions"))
        return attached(text, f"guides-{workspace.slug}")
    names = {guide.name for guide in counted}
    context = {
        "workspace": workspace,
        "guides": counted,
        "ready": [one for one in READY if one.name not in names],
        "can_log": Permission.LOG in request.may,
    }
    return render(request, "interviews/guide_list.html", context)


@workspace_view(Permission.SEE_PEOPLE)
def guide_detail(request, workspace, pk):
    guide = guide_in(workspace, pk)
    context = {
        "workspace": workspace,
        "guide": guide,
        "newest": newest_of(guide),
        "kind_words": Interview.Kind(guide.kind).label,
        "questions": judged_guide(guide),
        "talk_count": guide.interviews.kept().count(),
        "can_log": Permission.LOG in request.may,
    }
    return render(request, "interviews/guide_detail.html", context)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def guide_add(request, workspace):
    form = GuideForm(posted(request), workspace=workspace)
    return written(request, workspace, form, partial(add_guide, workspace))


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def guide_edit(request, workspace, pk):
    """Always of the newest version; an older one belongs to the talks that used it."""
    guide = newest_of(guide_in(workspace, pk))
    if request.method == "GET" and guide.pk != pk:
        return redirect("interviews:guide_edit", workspace.slug, guide.pk)
    form = GuideForm(posted(request), workspace=workspace, instance=copy(guide))
    return written(request, workspace, form, partial(edit_guide, guide))


@workspace_view(Permission.LOG, methods=("POST",))
def guide_ready(request, workspace):
    """One of our two guides becomes one of theirs."""
    ready = BY_KEY.get(request.POST.get("key", ""))
    if ready is None:
        messages.error(request, _("There is no such guide. Choose one of these."))
        return go(request, reverse("interviews:guide_list", args=[workspace.slug]))

    def effect():
        first = Segment.objects.in_workspace(workspace).order_by("created_at", "pk")
        guide = copy_ready_guide(
            workspace, ready, by=request.user, now=clock.now(), segment=first.first()
        )
        messages.success(request, _("Copied. Change it as you like."))
        return page_of(guide)

    return go(request, submit_once(request, effect))


@workspace_view(Permission.SEE_PEOPLE)
def guide_lint(request, workspace):
    """What is wrong with the one question an input holds, while somebody types."""
    text = request.GET.get("question_text", "")[:MOST_CHARACTERS]
    kind = request.GET.get("kind", "")
    context = {"question": judged(text, ours=own_names(workspace), kind=kind)}
    return render(request, "interviews/_guide_findings.html", context)


def guide_in(workspace, pk):
    rows = Guide.objects.in_workspace(workspace).select_related("segment", "successor")
    return get_object_or_404(rows.prefetch_related("questions"), pk=pk)


def newest_of(guide):
    while getattr(guide, "successor", None) is not None:
        guide = guide.successor
    return guide


def posted(request):
    return request.POST if request.method == "POST" else None


def written(request, workspace, form, action):
    """The form's page, or the action and on to the guide's page."""
    if form.is_bound and request.POST.get("do"):
        moved = form.rearranged(request.POST["do"])
        return form_page(request, workspace, moved, moved_to=request.POST["do"])

    def effect():
        guide = action(by=request.user, now=clock.now(), **form.cleaned_data)
        messages.success(request, _("Written down: %(name)s") % {"name": guide})
        return page_of(guide)

    if form.is_bound and form.is_valid():
        try:
            return go(request, submit_once(request, effect))
        except OutdatedError as error:
            form.meet(error.current)
            return form_page(request, workspace, form, status=409)
    return form_page(request, workspace, form, status=422 if form.is_bound else 200)


def form_page(request, workspace, form, *, status=200, moved_to=""):
    rows = form["questions"].value()
    kind = form["kind"].value()
    ours = own_names(workspace)
    guide = form.instance
    context = {
        "workspace": workspace,
        "form": form,
        "guide": None if guide._state.adding else guide,
        "is_used": not guide._state.adding and guide.interviews.exists(),
        "rows": [
            judged(text, ours=ours, kind=kind, tests_typed=tests)
            for text, tests in rows
        ],
        "focus": focus_after(moved_to, len(rows)),
    }
    return render(request, "interviews/guide_form.html", context, status=status)


def focus_after(command, count):
    """The row that takes the focus once the buttons moved it; -1 for none."""
    verb, _dash, place = command.partition("-")
    at = int(place) if place.isdecimal() and len(place) < 4 else count - 1
    step = {"up": -1, "down": 1}.get(verb, 0)
    return min(max(at + step, 0), count - 1) if command else -1


def page_of(guide):
    return reverse(
        "interviews:guide_detail", args=[guide.workspace.slug, guide.pk]
    )  # fmt: skip
