"""The learning log: read, added to, corrected; and what a talk taught us."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.downloads import attached
from core.htmx import go
from core.models import Permission
from discovery.views.saving import posted, saved
from forecasts.actions import add_learning, correct_learning, write_lesson
from forecasts.errors import Conflict
from forecasts.forms.learning import (
    LearningCorrectionForm,
    LearningForm,
    LessonForm,
    values_of,
)
from forecasts.learning_log import curves_in, log_csv, log_of, open_talks
from forecasts.models import LearningEntry, SalesLesson
from forecasts.views.lookups import open_curve_or_404, status_of, submitted


def log_url(curve):
    url = reverse("forecasts:learning_log", args=[curve.workspace.slug])
    return f"{url}?curve={curve.pk}"


@workspace_view(Permission.VIEW)
def learning_log(request, workspace):
    curves = curves_in(workspace)
    curve = chosen(curves, request.GET.get("curve", ""))
    now, number = clock.now(), request.GET.get("page", "")
    if curve and request.GET.get("format") == "csv":
        text = log_csv(curve, workspace.today(now))
        return attached(text, f"learning-{workspace.slug}")
    log = log_of(curve, now=now, number=number) if curve else None
    context = {
        "workspace": workspace,
        "curves": curves if len(curves) > 1 else [],
        "log": log,
        "can_plan": Permission.PLAN in request.may,
        "sees_talks": Permission.SEE_PEOPLE in request.may,
    }
    return render(request, "forecasts/learning_log.html", context)


def chosen(curves, key):
    """The one with this id, or the first; 404 for one of another venture."""
    if not key:
        return curves[0] if curves else None
    for curve in curves:
        if str(curve.pk) == key:
            return curve
    raise Http404


@workspace_view(Permission.PLAN, methods=("GET", "POST"))
def learning_add(request, workspace, pk):
    curve = open_curve_or_404(workspace, pk)
    today = workspace.today(clock.now())
    return saved(
        request,
        LearningForm(posted(request), initial={"changed_on": today}, today=today),
        partial(add_learning, curve),
        page_of=lambda _row: log_url(curve),
        template="forecasts/learning_form.html",
        context=form_context(curve, _("What we changed")),
        said=_("It stands in the learning log."),
    )


def form_context(curve, heading):
    return {
        "workspace": curve.workspace,
        "curve": curve,
        "heading": heading,
        "back_url": log_url(curve),
    }


@workspace_view(Permission.PLAN, methods=("GET", "POST"))
def learning_correct(request, workspace, pk):
    rows = LearningEntry.objects.filter(workspace=workspace).select_related("curve")
    entry = get_object_or_404(rows, pk=pk)
    entry.curve.workspace = workspace
    today = workspace.today(clock.now())
    form = LearningCorrectionForm(
        posted(request), initial=values_of(entry), today=today
    )
    status, context = status_of(form), form_context(entry.curve, _("What it did"))
    if form.is_valid():
        try:
            url = submitted(request, form, correcting(request, entry, form))
        except Conflict as conflict:
            context["differences"] = form.against(conflict.current)
            context["again_url"] = again_url(conflict.current)
            status = 409
        else:
            if url:
                messages.success(request, _("Kept; the earlier words stay on record."))
                return go(request, url)
            status = status_of(form)
    context |= {"form": form, "entry": entry}
    return render(request, "forecasts/learning_form.html", context, status=status)


def again_url(row):
    """Whoever read an earlier row, and was told so, corrects the one that stands."""
    while (later := LearningEntry.objects.filter(supersedes=row).first()) is not None:
        row = later
    args = [row.workspace.slug, row.pk]
    return reverse("forecasts:learning_correct", args=args)


def correcting(request, entry, form):
    def effect():
        correct_learning(entry, by=request.user, now=clock.now(), **form.cleaned_data)
        return log_url(entry.curve)

    return effect


# --- what a talk taught ----------------------------------------------------------
@workspace_view(Permission.LOG, methods=("GET", "POST"))
def lesson_write(request, workspace, pk):
    talk = talk_or_404(workspace, pk)
    standing = SalesLesson.objects.filter(talk=talk).current().first()
    initial = {"learned": standing.learned, "follows": standing.pk} if standing else {}
    form = LessonForm(posted(request), initial=initial)
    status, context = status_of(form), {"workspace": workspace, "talk": talk}
    if form.is_valid():
        try:
            url = submitted(request, form, writing(request, talk, form))
        except Conflict as conflict:
            context["differences"] = form.meet(conflict.current)
            status = 409
        else:
            if url:
                messages.success(request, _("It stands in the learning log."))
                return go(request, url)
            status = status_of(form)
    context["form"] = form
    return render(request, "forecasts/lesson_write.html", context, status=status)


def talk_or_404(workspace, pk):
    talks = open_talks(workspace).prefetch_related("people")
    talk = get_object_or_404(talks, pk=pk)
    talk.workspace = workspace
    return talk


def writing(request, talk, form):
    def effect():
        write_lesson(talk, by=request.user, now=clock.now(), **form.cleaned_data)
        return reverse("forecasts:learning_log", args=[talk.workspace.slug])

    return effect
