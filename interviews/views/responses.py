"""Answers to a survey: entered, pasted, withdrawn; and links for respondents."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.access import workspace_view
from core.htmx import go, shown_before
from core.models import Permission
from core.once import outcome_before, submit_once
from core.spreadsheets import SpreadsheetRefused
from discovery.models import Person
from interviews.actions import (
    issue_survey_link,
    record_response,
    record_responses,
    revoke_survey_link,
    withdraw_response,
)
from interviews.forms.surveys import LinkForm, PasteForm, WithdrawResponseForm
from interviews.models import Survey, SurveyLink, SurveyResponse
from interviews.reports import surveys as reports
from interviews.survey_forms import entry_form
from interviews.survey_paste import entry_of, read_pasted
from interviews.survey_rows import fields_for
from interviews.views.surveys import page_of, survey_in

NAMES_OFFERED = 200
LINKS_SHOWN = 100


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def response_add(request, workspace, pk):
    survey = survey_in(workspace, pk)
    today = workspace.today(clock.now())
    data = request.POST if request.method == "POST" else None
    initial = {"asked_on": today}
    form = entry_form(survey)(data, survey=survey, today=today, initial=initial)

    def write():
        now = clock.now()
        response = record_response(
            survey,
            by=request.user,
            now=now,
            via=SurveyResponse.Via.FORM,
            consented_at=now,
            **entry_of(form),
        )
        return kept(request, survey, response)

    names = names_offered(workspace)
    return answer_page(request, survey, form, write, {"names": names})


def kept(request, survey, response):
    """What to say of it, and where to go on: to the page, or to the next one."""
    counted = reports.responses(survey).get(pk=response.pk)
    why = reports.why_not(survey, counted)
    if why:
        messages.warning(request, _("Kept. It does not count: %(why)s.") % {"why": why})
    else:
        messages.success(request, _("Kept."))
    if "add_another" in request.POST:
        return reverse("interviews:response_add", args=[*ids_of(survey)])
    return page_of(survey)


def ids_of(survey):
    return survey.workspace.slug, survey.pk


def names_offered(workspace):
    people = Person.objects.in_workspace(workspace).current()
    people = people.select_related("organisation").order_by("name", "pk")
    return [str(person) for person in people[:NAMES_OFFERED]]


def answer_page(request, survey, form, write, context):
    if form.is_valid():
        try:
            return go(request, submit_once(request, write))
        except ValidationError as error:
            form.add_error(None, error)
    is_needs = survey.kind == Survey.Kind.NEEDS
    context |= {
        "workspace": survey.workspace,
        "survey": survey,
        "form": form,
        "pairs": list(form.pairs()) if is_needs else [],
        "back_url": page_of(survey),
    }
    status = 422 if form.is_bound else 200
    return render(request, "interviews/response_form.html", context, status=status)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def response_paste(request, workspace, pk):
    survey = survey_in(workspace, pk)
    today = workspace.today(clock.now())
    data = request.POST if request.method == "POST" else None
    form = PasteForm(data, initial={"asked_on": today})
    done = outcome_before(request) if data else None
    if done:
        return go(request, done)
    problems = ()
    if form.is_valid():
        problems, url = pasted(request, survey, form, today)
        if url:
            return go(request, url)
    context = {
        "workspace": workspace,
        "survey": survey,
        "form": form,
        "problems": problems,
        "columns": [one.label for one in fields_for(survey)],
        "back_url": page_of(survey),
    }
    status = 422 if form.is_bound else 200
    return render(request, "interviews/response_paste.html", context, status=status)


def pasted(request, survey, form, today):
    """(problems, where to go): one of both is empty."""
    fields = form.cleaned_data
    try:
        table = read_pasted(
            survey, fields["table"], asked_on=fields["asked_on"], today=today
        )
        if table.problems:
            form.add_error(
                "table", _("Nothing is stored yet. Correct the lines below.")
            )
            return table.problems, ""
        if not table.entries:
            raise SpreadsheetRefused(_("There is a heading, but no answer below it."))
        return (), submit_once(request, lambda: keep(request, survey, table.entries))
    except (SpreadsheetRefused, ValidationError) as error:
        is_form_error = isinstance(error, ValidationError)
        form.add_error("table", error if is_form_error else str(error))
    return (), ""


def keep(request, survey, entries):
    n = record_responses(survey, list(entries), by=request.user, now=clock.now())
    said = ngettext("%(n)d answer kept.", "%(n)d answers kept.", n)
    messages.success(request, said % {"n": n})
    return page_of(survey)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def response_withdraw(request, workspace, pk):
    rows = SurveyResponse.objects.in_workspace(workspace).select_related("survey")
    response = get_object_or_404(rows, pk=pk)
    survey = survey_in(workspace, response.survey_id)
    form = WithdrawResponseForm(request.POST if request.method == "POST" else None)

    def write():
        withdraw_response(
            response, by=request.user, now=clock.now(), **form.cleaned_data
        )
        return page_of(survey)

    if form.is_valid():
        url = submit_once(request, write)
        messages.success(request, _("Withdrawn. Enter it again if it was wrong."))
        return go(request, url)
    found = reports.responses(survey).get(pk=response.pk)
    context = {
        "workspace": workspace,
        "survey": survey,
        "form": form,
        "row": reports.answered(survey, found),
        "back_url": page_of(survey),
    }
    status = 422 if form.is_bound else 200
    return render(request, "interviews/response_withdraw.html", context, status=status)


# --- links -----------------------------------------------------------------------
@workspace_view(Permission.LOG, methods=("GET", "POST"))
def survey_link_add(request, workspace, pk):
    """The list of links, and a new one. Its address is in this answer and nowhere else:
    the form sent again leads back to the list."""
    survey = survey_in(workspace, pk)
    data = request.POST if request.method == "POST" else None
    form = LinkForm(data, workspace=workspace)
    here = reverse("interviews:survey_link_add", args=[*ids_of(survey)])
    made = []

    def write():
        made.append(
            issue_survey_link(
                survey, by=request.user, now=clock.now(), **form.cleaned_data
            )
        )
        return here

    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            submit_once(request, write)
            if not made:
                return shown_before(request, here)
            form, status = LinkForm(workspace=workspace), 200
        except ValidationError as error:
            form.add_error(None, error)
    return links_page(request, survey, form, made, status)


def links_page(request, survey, form, made, status):
    now = clock.now()
    links = survey.links.select_related("person__organisation", "created_by")
    context = {
        "workspace": survey.workspace,
        "survey": survey,
        "form": form,
        "links": [(one, reports.link_state(one, now)) for one in links[:LINKS_SHOWN]],
        "address": address_of(made[0][1]) if made else "",
        "link": made[0][0] if made else None,
        "names": names_offered(survey.workspace),
        "back_url": page_of(survey),
    }
    return render(request, "interviews/survey_links.html", context, status=status)


def address_of(token):
    return f"{settings.APP_ORIGIN}{reverse('survey_open', args=[token])}"


@workspace_view(Permission.LOG, methods=("POST",))
def survey_link_revoke(request, workspace, pk):
    links = SurveyLink.objects.in_workspace(workspace).select_related("survey")
    link = get_object_or_404(links, pk=pk)

    def write():
        revoke_survey_link(link, by=request.user, now=clock.now())
        return reverse(
            "interviews:survey_link_add", args=[workspace.slug, link.survey_id]
        )

    return go(request, submit_once(request, write))
