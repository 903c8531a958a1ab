"""Surveys: the list, the instrument, what people answered."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.downloads import attached
from core.htmx import go
from core.models import Permission
from core.once import submit_once
from core.revisions import OutdatedError
from interviews.actions import add_survey, close_survey, edit_survey
from interviews.forms.surveys import SurveyForm
from interviews.lists_csv import surveys_csv
from interviews.models import Survey
from interviews.reports import surveys as reports
from interviews.survey_csv import responses_csv
from interviews.views.lists import ROWS


def survey_in(workspace, pk):
    rows = Survey.objects.in_workspace(workspace).kept()
    return get_object_or_404(rows.select_related("segment", "workspace"), pk=pk)


def page_of(survey):
    slug = survey.workspace.slug
    return reverse("interviews:survey_detail", args=[slug, survey.pk])


@workspace_view(Permission.VIEW)
def survey_list(request, workspace):
    surveys = reports.surveys(workspace)
    if request.GET.get("format") == "csv":
        return attached(surveys_csv(surveys), f"surveys-{workspace.slug}")
    context = {
        "workspace": workspace,
        "page": Paginator(surveys, ROWS).get_page(request.GET.get("page")),
        "can_log": Permission.LOG in request.may,
    }
    return render(request, "interviews/survey_list.html", context)


@workspace_view(Permission.VIEW)
def survey_detail(request, workspace, pk):
    """Counts for everybody; who said what for those who may see people."""
    survey = survey_in(workspace, pk)
    show = request.GET.get("show", "")
    show = show if show in reports.SHOWN else ""
    sees_people = Permission.SEE_PEOPLE in request.may
    if request.GET.get("format") == "csv":
        if not sees_people:
            raise PermissionDenied
        return attached(responses_csv(survey, show), f"survey-{workspace.slug}")
    context = {
        "workspace": workspace,
        "survey": survey,
        "counts": reports.counts_of(survey),
        "today": workspace.today(clock.now()),
        "can_log": Permission.LOG in request.may,
        "sees_people": sees_people,
        "show": show,
    }
    if sees_people:
        context |= table_of(request, survey, show)
    return render(request, "interviews/survey_detail.html", context)


def table_of(request, survey, show):
    rows = reports.responses(survey, show)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    page.object_list = [reports.answered(survey, row) for row in page.object_list]
    return {"page": page, "headings": reports.headings(survey)}


# --- the instrument --------------------------------------------------------------
@workspace_view(Permission.LOG, methods=("GET", "POST"))
def survey_add(request, workspace):
    """`?kind=` which instrument; `?copy=` a survey whose wording is taken over."""
    kind = request.POST.get("kind") or request.GET.get("kind", "")
    model = copied(workspace, request.GET.get("copy", ""))
    kind = model.kind if model else kind
    if kind not in Survey.Kind.values:
        context = {"workspace": workspace, "can_log": True}
        status = 422 if request.method == "POST" else 200
        return render(request, "interviews/survey_kind.html", context, status=status)
    data = request.POST if request.method == "POST" else None
    initial = beginning(workspace, model)
    form = SurveyForm(data, workspace=workspace, kind=kind, initial=initial)

    def write():
        survey = add_survey(
            workspace, by=request.user, now=clock.now(), kind=kind, **form.cleaned_data
        )
        return page_of(survey)

    context = {"kind": Survey.Kind(kind), "title": _("New survey")}
    return survey_page(request, workspace, form, write, context)


def copied(workspace, pk):
    if not pk:
        return None
    try:
        return survey_in(workspace, pk)
    except ValidationError:  # no id at all
        return None


def beginning(workspace, model):
    if model is None:
        return {"currency": workspace.currency, "consent_text": consent_text(workspace)}
    names = ("segment", "offer", "currency", "consent_text")
    fields = {name: getattr(model, name) for name in names}
    named = _("%(name)s, new wording") % {"name": model.name[:100]}
    return fields | {"name": named, "needs": list(model.needs.all())}


def consent_text(workspace):
    return _(
        "%(venture)s keeps your answers to learn what people like you need. Only the "
        "team of %(venture)s and those it asks for advice see them, advisers without "
        "your name. Nothing is sold or published. You can ask us at any time to delete "
        "them."
    ) % {"venture": workspace.name}


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def survey_edit(request, workspace, pk):
    survey = survey_in(workspace, pk)
    is_answered = survey.responses.standing().exists()
    data = request.POST if request.method == "POST" else None
    form = SurveyForm(
        data,
        instance=copy(survey),
        workspace=workspace,
        kind=survey.kind,
        is_answered=is_answered,
    )

    def write():
        edit_survey(survey, by=request.user, now=clock.now(), **form.cleaned_data)
        return page_of(survey)

    context = {
        "kind": Survey.Kind(survey.kind),
        "survey": survey,
        "is_answered": is_answered,
        "title": _("Edit survey"),
    }
    return survey_page(request, workspace, form, write, context)


def survey_page(request, workspace, form, write, context):
    """The form, or the write and on to the survey."""
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            url = submit_once(request, write)
        except OutdatedError as error:
            form.meet(error.current)
            status = 409
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Survey saved."))
            return go(request, url)
    survey = context.get("survey")
    list_url = reverse("interviews:survey_list", args=[workspace.slug])
    context |= {
        "workspace": workspace,
        "form": form,
        "back_url": page_of(survey) if survey else list_url,
    }
    return render(request, "interviews/survey_form.html", context, status=status)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def survey_close(request, workspace, pk):
    survey = survey_in(workspace, pk)

    def write():
        close_survey(survey, by=request.user, now=clock.now())
        return page_of(survey)

    if request.method == "POST":
        url = submit_once(request, write)
        messages.success(request, _("Closed. It takes no more answers."))
        return go(request, url)
    context = {"workspace": workspace, "survey": survey, "back_url": page_of(survey)}
    return render(request, "interviews/survey_close.html", context)
