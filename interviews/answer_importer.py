"""Answers to one survey from a table: the forms of the page, a row for a respondent.

A respondent answers a survey once. The same answer again adds nothing; another one is
shown as a problem, for an answer that stands is withdrawn by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.activity import log
from core.days import UnclearError, read_date
from core.forms.choices import DatesForm
from core.forms.days import DayField
from core.importing import Effect, Importer, Plan, Problem
from core.importing.plans import refused
from core.importing.undo_rules import remove, why_left
from interviews.actions import surveys
from interviews.models import Survey, SurveyResponse
from interviews.survey_forms import RespondentForm, entry_form
from interviews.survey_paste import entry_of
from interviews.survey_rows import PRICES, fields_for, read_row

if TYPE_CHECKING:
    from core.models import ImportRow, User


class AnswerChoices(DatesForm):
    asked_on = DayField(label=gettext_lazy("Answered on, where the table does not say"))
    consented = forms.BooleanField(
        label=gettext_lazy(
            "They agreed to what this survey says about their answers, where the table "
            "does not say"
        ),
        required=False,
    )
    field_order = ["asked_on", "day_order", "consented"]


class AnswerImporter(Importer):
    title = gettext_lazy("Answers to a survey")
    sameness = gettext_lazy("A respondent answers a survey once.")
    choices_form = AnswerChoices
    needs_first = gettext_lazy("Add the survey they answered"), "interviews:survey_list"
    # every answer locks its survey and logs
    batch = 20

    def __init__(self, run, choices):
        super().__init__(run, choices)
        self.survey = survey_of(run)
        self.form = entry_form(self.survey)
        self.seen: set[Any] = set()

    @classmethod
    def targets(cls, workspace):
        open_ones = Survey.objects.in_workspace(workspace).current()
        words = _("Answers to “%(name)s”")
        return [
            (str(survey.pk), words % {"name": survey.name})
            for survey in open_ones.filter(closed_at__isnull=True)
        ]

    def fields(self):
        return fields_for(self.survey)

    # --- what would happen ---
    def plan(self, rows, *, now):
        today = self.workspace.today(now)
        return [self.planned(cells, today) for cells in rows]

    def planned(self, cells: Mapping[str, str], today) -> Plan:
        data = read_row(self.survey, cells)
        if not data.get("consented") and not cells.get("consented"):
            data["consented"] = "on" if self.choices["consented"] else ""
        try:
            day = read_date(cells.get("asked_on", ""), self.choices["day_order"])
        except UnclearError as error:
            return refused(Problem("asked_on", str(error)))
        data["asked_on"] = (day or self.choices["asked_on"]).isoformat()
        form = self.form(data, survey=self.survey, today=today, is_from_table=True)
        if not form.is_valid():
            return refused(
                *(
                    Problem(name if name in cells else "", " ".join(errors))
                    for name, errors in form.errors.items()
                )
            )
        return self.kept(form)

    def kept(self, form: RespondentForm) -> Plan:
        entry = entry_of(form)
        known = surveys.known_response(
            self.survey, person=entry["person"], label=entry["label"]
        )
        if known is not None:
            if is_same(self.survey, known, entry["answers"]):
                return Plan(Effect.SAME, subject_id=known.pk)
            return refused(
                Problem(
                    "respondent", _("Another answer of this respondent stands already.")
                )
            )
        who = entry["person"].pk if entry["person"] else entry["label"]
        if who in self.seen:
            return refused(
                Problem("respondent", _("This respondent is in the table twice."))
            )
        self.seen.add(who)
        return Plan(Effect.CREATE, data=entry)

    # --- what happens ---
    def write(self, plans, *, by, now):
        for plan in plans:
            if plan.data:
                response = surveys.record_response(
                    self.survey,
                    by=by,
                    now=now,
                    via=SurveyResponse.Via.IMPORT,
                    consented_at=now,
                    import_run=self.run,
                    **plan.data,
                )
                plan.subject_id = response.pk

    def undo(
        self, rows: Iterable[ImportRow], *, by: User, now: datetime
    ) -> dict[int, str]:
        lines = {row.subject_id: row.line for row in rows}
        found = SurveyResponse.objects.filter(pk__in=lines)
        withdrawn = {one.pk for one in found if one.withdrawn_at is not None}
        remove(SurveyResponse, {one.pk for one in found} - withdrawn)
        return {lines[pk]: why_left("changed") for pk in withdrawn}

    def log_end(self, *, by, now, is_undone):
        log(
            self.workspace,
            by=by,
            verb="answers.import_undone" if is_undone else "answers.imported",
            subject=self.run,
            now=now,
            survey=str(self.survey.pk),
            **self.run.result,
        )


def survey_of(run) -> Survey:
    try:
        pk = UUID(run.choices.get("target", ""))
        survey = Survey.objects.in_workspace(run.workspace).get(pk=pk)
    except (ValueError, Survey.DoesNotExist) as error:
        raise ValidationError(_("The survey is there no more.")) from error
    survey.workspace = run.workspace
    prefetch_related_objects([survey], "needs")
    return survey


def is_same(survey: Survey, known: SurveyResponse, answers: Mapping[str, Any]) -> bool:
    if survey.kind == Survey.Kind.NEEDS:
        stands = set(known.ratings.values_list("need", "importance", "satisfaction"))
        return stands == {(need.pk, i, s) for need, i, s in answers["ratings"]}
    if survey.kind == Survey.Kind.PRICE:
        names = [f"{name}_minor" for name in PRICES]
        return all(getattr(known.price, name) == answers[name] for name in names)
    return all(getattr(known.must_have, name) == answers[name] for name in answers)
