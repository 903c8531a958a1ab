"""A pasted table of answers: one respondent a line, every trouble by line and column.

All lines or none: what was pasted stays in the box until every line is understood.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from core.days import UnclearError, read_date
from core.importing.plans import Field, guess
from core.spreadsheets import Row, SpreadsheetRefused, read_table
from interviews.actions.surveys import known_response
from interviews.models import Survey
from interviews.survey_forms import RespondentForm, entry_form
from interviews.survey_rows import fields_for, read_row

MOST = 500
# what a table without a heading is taken to hold, before the answers
FIRST = "respondent"
ASIDE = ("organisation", "email", "asked_on", "consented")


@dataclass(frozen=True, slots=True)
class LineProblem:
    """`column` is its number and name; empty where it is the whole line."""

    line: int
    column: str
    message: str
    cells: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """`entries` are what `record_responses` takes."""

    entries: tuple[dict[str, Any], ...]
    problems: tuple[LineProblem, ...]


def read_pasted(survey: Survey, text: str, *, asked_on: date, today: date) -> Pasted:
    """Raises SpreadsheetRefused where the text as a whole is no table."""
    prefetch_related_objects([survey], "needs")
    fields = fields_for(survey)
    plain = [field for field in fields if field.name not in ASIDE]
    table = read_table(text, columns=len(plain))
    rows, columns = table.rows, guess(table.header.cells, fields)
    if not columns:
        rows = (table.header, *rows)
        columns = {str(n): field.name for n, field in enumerate(plain)}
    if len(rows) > MOST:
        raise SpreadsheetRefused(
            _("At most %(n)d lines fit here. Import a file instead.") % {"n": MOST}
        )
    refuse_gaps(columns, fields)
    return Reading(survey, fields, columns, asked_on, today).of(rows)


def refuse_gaps(columns: dict[str, str], fields: tuple[Field, ...]) -> None:
    found = set(columns.values())
    missing = [one.label for one in fields if one.is_required and one.name not in found]
    if missing:
        raise SpreadsheetRefused(
            _("No heading says which column holds: %(names)s.")
            % {"names": ", ".join(missing)}
        )


class Reading:
    """One table, line by line."""

    def __init__(self, survey, fields, columns, asked_on, today):
        self.survey, self.today, self.asked_on = survey, today, asked_on
        self.labels = {field.name: field.label for field in fields}
        self.columns = {int(place): name for place, name in columns.items()}
        self.form = entry_form(survey)
        self.seen: set[Any] = set()
        self.entries: list[dict[str, Any]] = []
        self.problems: list[LineProblem] = []

    def of(self, rows: tuple[Row, ...]) -> Pasted:
        for row in rows:
            self.take(row)
        return Pasted(tuple(self.entries), tuple(self.problems))

    def take(self, row: Row) -> None:
        cells = {name: row.cells[place] for place, name in self.columns.items()}
        data = read_row(self.survey, cells)
        # one tick above the table stands for all lines that say nothing themselves
        if "consented" not in cells:
            data["consented"] = "on"
        try:
            day = read_date(data.get("asked_on", "")) or self.asked_on
        except UnclearError as error:
            self.note(row, "asked_on", str(error))
            return
        data["asked_on"] = day.isoformat()
        form = self.form(data, survey=self.survey, today=self.today, is_from_table=True)
        if not form.is_valid():
            for name, errors in form.errors.items():
                self.note(row, name, " ".join(errors))
            return
        self.keep(row, form)

    def keep(self, row: Row, form: RespondentForm) -> None:
        person, label = form.cleaned_data["person"], form.cleaned_data["label"]
        who = person.pk if person else label
        known = known_response(self.survey, person=person, label=label)
        if known is not None:
            why = _("This respondent's answer stands already. Take the line out.")
            self.note(row, "respondent", why)
        elif who in self.seen:
            why = _("This respondent is in the table twice.")
            self.note(row, "respondent", why)
        self.seen.add(who)
        self.entries.append(entry_of(form))

    def note(self, row: Row, name: str, message: str) -> None:
        places = {name: place for place, name in self.columns.items()}
        column = ""
        if name in places:
            column = f"{places[name] + 1} ({self.labels[name]})"
        shown = " | ".join(row.cells)
        self.problems.append(LineProblem(row.line, column, message, shown[:200]))


def entry_of(form: RespondentForm) -> dict[str, Any]:
    """What `record_response` takes, but for who enters it and how."""
    if not form.is_valid():
        raise ValidationError(_("shown at the fields"))
    data = form.cleaned_data
    return {
        "person": data["person"],
        "label": data["label"],
        "asked_on": data["asked_on"],
        "answers": form.answers(),
    }
