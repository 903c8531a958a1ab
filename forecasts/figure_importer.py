"""What quarters brought and cost, from a table. The same form as the page judges a row.

A figure is the same by its quarter and rep, a cost by its quarter, kind and rep. What
the table says otherwise is written as a correction, so that nothing is lost; taking the
import back corrects once more.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.activity import log
from core.forms.choices import ChoicesForm, Duplicates
from core.importing import Effect, Importer, Plan
from core.importing.plans import Problem, refused
from core.importing.undo_rules import why_left
from forecasts.actions.selling import (
    Cost,
    Sold,
    before,
    check_sold,
    correct_cost,
    correct_quarter,
    record_costs,
    record_quarters,
)
from forecasts.deal_importer import (
    DecimalMarkForm,
    Owners,
    curve_of,
    curve_targets,
)
from forecasts.errors import Conflict
from forecasts.figure_rows import (
    COST_SAYS,
    SOLD_SAYS,
    cost_fields,
    sold_fields,
    typed_figures,
)
from forecasts.forms.actuals import KindField
from forecasts.forms.selling import CostForm, QuarterField, SoldForm
from forecasts.models import CostLine, RepQuarter

if TYPE_CHECKING:
    from core.models import ImportRow, User


class FigureChoices(ChoicesForm, DecimalMarkForm):
    duplicates = forms.ChoiceField(
        label=gettext_lazy("Figures that are here already"),
        choices=[
            (Duplicates.SKIP, gettext_lazy("leave them as they are")),
            (
                Duplicates.OVERWRITE,
                gettext_lazy("correct them to what the table says"),
            ),
        ],
        initial=Duplicates.OVERWRITE,
        widget=forms.RadioSelect,
    )
    field_order = ["duplicates", "decimal_mark"]


class FigureImporter(Importer):
    """What both kinds of tables share. `shape`: of the figures that are compared."""

    needs_first = (gettext_lazy("Open a sales curve"), "forecasts:curve_add")
    choices_form = FigureChoices
    target_words: ClassVar[Any]
    model: ClassVar[Any]
    verbs: ClassVar[tuple[str, str]]

    def __init__(self, run, choices):
        super().__init__(run, choices)
        self.curve = curve_of(run)
        self.reps = Owners(run.workspace)
        self.stands: dict[tuple, Any] | None = None
        self.seen: dict[tuple, Any] = {}

    @classmethod
    def targets(cls, workspace):
        return curve_targets(workspace, cls.target_words)

    # --- what would happen ---
    def plan(self, rows, *, now):
        if self.stands is None:
            latest = self.model.objects.filter(curve=self.curve).latest_words()
            rows_now = latest.select_related("rep")
            self.stands = {self.key(row): row for row in rows_now}
        return [self.planned(cells, now) for cells in rows]

    def planned(self, cells, now) -> Plan:
        entry, problems = self.read(cells, now)
        if problems:
            return refused(*problems)
        key = self.key(entry)
        if key in self.seen:
            if self.seen[key] == entry:
                return Plan(Effect.SAME)
            words = _("The table says this twice, and not alike.")
            return refused(Problem("quarter", words))
        self.seen[key] = entry
        row = self.stands.get(key)
        if row is None:
            return Plan(Effect.CREATE, data=(None, entry))
        is_same = before(type(entry), row) == before(type(entry), entry)
        if is_same or self.choices["duplicates"] == Duplicates.SKIP:
            return Plan(Effect.SAME, subject_id=row.pk)
        return Plan(Effect.FILL, data=(row, entry))

    def rep_in(self, cells, problems):
        name = " ".join(cells.get("rep", "").split())
        rep = self.reps.get(name.casefold())
        if name and rep is None:
            words = _("There is no rep “%(name)s”. Add the rep first.")
            problems.append(Problem("rep", words % {"name": name[:60]}))
        return rep

    # --- what happens ---
    def write(self, plans, *, by, now):
        told = {"by": by, "now": now}
        fresh = [plan for plan in plans if plan.effect == Effect.CREATE]
        rows = self.record([plan.data[1] for plan in fresh], **told) if fresh else []
        for plan, row in zip(fresh, rows, strict=True):
            plan.subject_id = row.pk
        for plan in plans:
            if plan.effect == Effect.FILL:
                row, entry = plan.data
                reason = self.reason()
                plan.subject_id = self.correct(row, entry, reason=reason, **told).pk

    def reason(self):
        name = self.run.file_name
        return _("Imported: %(name)s") % {"name": name} if name else _("Imported.")

    def undo(
        self, rows: Iterable[ImportRow], *, by: User, now: datetime
    ) -> dict[int, str]:
        left = {}
        found = self.model.objects.select_related("supersedes", "rep", "curve")
        found = found.in_bulk([row.subject_id for row in rows])
        for row in rows:
            stands = found.get(row.subject_id)
            if stands is None:
                continue
            told = {"by": by, "now": now, "reason": _("The import was taken back.")}
            try:
                self.take_back(stands, **told)
            except Conflict:
                left[row.line] = why_left("changed")
        return left

    def log_end(self, *, by, now, is_undone):
        log(
            self.workspace,
            by=by,
            verb=self.verbs[is_undone],
            subject=self.run,
            now=now,
            **self.run.result,
        )


class QuarterImporter(FigureImporter):
    title = gettext_lazy("Quarters of reps")
    sameness = gettext_lazy("A figure is the same by its quarter and its rep.")
    target_words = gettext_lazy("Quarters of reps, “%(curve)s”")
    model = RepQuarter
    verbs = ("rep_quarters.imported", "rep_quarters.import_undone")

    def fields(self):
        return sold_fields()

    @staticmethod
    def key(row):
        return (row.rep.pk, row.quarter_start)

    def read(self, cells, now):
        problems: list[Problem] = []
        start = self.quarter_in(cells, now, problems)
        rep = self.rep_in(cells, problems)
        if rep is None and not problems:
            problems.append(Problem("rep", _("The rep is missing.")))
        data, wrong = typed_figures(cells, SOLD_SAYS, self.choices["decimal_mark"])
        form = SoldForm(data, curve=self.curve)
        problems += problems_of(form, wrong, SOLD_SAYS)
        known = value_kind_in(cells, problems)
        if problems:
            return None, problems
        entry = form.entry(rep, start, value_kind=known)
        stands = self.stands.get(self.key(entry))
        try:
            check_sold(self.curve, entry, now)
        except ValidationError as error:
            problems.append(Problem("", " ".join(error.messages)))
        kind = stands.kind if stands else rep.kind
        return form.entry(rep, start, value_kind=known, kind=kind), problems

    def quarter_in(self, cells, now, problems) -> date | None:
        field = QuarterField(today=self.workspace.today(now))
        try:
            return field.clean(cells.get("quarter", "")[:60])
        except ValidationError as error:
            problems.append(Problem("quarter", " ".join(error.messages)))
            return None

    def record(self, entries, **told):
        return record_quarters(self.curve, entries, **told)

    def correct(self, row, entry, **told):
        return correct_quarter(row, **before(type(entry), entry), **told)

    def take_back(self, row, **told):
        earlier = row.supersedes
        figures = {"fte": 0} if earlier is None else figures_of(earlier)
        correct_quarter(row, **figures, **told)


class CostImporter(FigureImporter):
    title = gettext_lazy("Costs of selling")
    sameness = gettext_lazy("A cost is the same by its quarter, its kind and its rep.")
    target_words = gettext_lazy("Costs of selling, “%(curve)s”")
    model = CostLine
    verbs = ("cost_lines.imported", "cost_lines.import_undone")

    def fields(self):
        return cost_fields()

    @staticmethod
    def key(row):
        return (row.quarter_start, row.kind, row.rep and row.rep.pk)

    def read(self, cells, now):
        problems: list[Problem] = []
        rep = self.rep_in(cells, problems)
        data, wrong = typed_figures(cells, COST_SAYS, self.choices["decimal_mark"])
        today = self.workspace.today(now)
        form = CostForm(data, curve=self.curve, today=today)
        form.fields["rep"].queryset = form.fields["rep"].queryset.none()
        problems += problems_of(form, wrong, COST_SAYS)
        if problems:
            return None, problems
        return form.entry(rep=rep), problems

    def record(self, entries, **told):
        return record_costs(self.curve, entries, **told)

    def correct(self, row, entry, **told):
        return correct_cost(row, **before(type(entry), entry), **told)

    def take_back(self, row, **told):
        earlier = row.supersedes
        nothing = {"amount_minor": 0, "se_fte": None, "se_cost_minor": None}
        correct_cost(row, **(figures_of(earlier) if earlier else nothing), **told)


def problems_of(form, wrong, says) -> list[Problem]:
    """What a cell cannot be read as stands before what the form says of it."""
    found = [Problem(column, words) for column, words in wrong.items()]
    for name, errors in form.errors.items():
        column = says.get(name, "")
        if column not in wrong:
            found.append(Problem(column, " ".join(errors)))
    return found


def value_kind_in(cells, problems):
    try:
        return KindField().clean(cells.get("how_known", ""))
    except ValidationError as error:
        problems.append(Problem("how_known", " ".join(error.messages)))
        return ""


def figures_of(row):
    """What an earlier row said, to be said again."""
    return before(Cost if isinstance(row, CostLine) else Sold, row)
