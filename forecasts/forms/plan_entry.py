"""A forecast while it is being typed: one form for the whole, one for each period, or
a paste that takes the place of the rows.
"""

from django.utils.translation import gettext as _

from core.numbers import editable
from core.spreadsheets import SpreadsheetRefused, read_table
from core.weeks import Cadence, dates, label
from forecasts.forms.numbers import mark_in, question_for
from forecasts.forms.plans import COLUMNS, MOST_ROWS, PointForm
from forecasts.periods import PeriodUnclear, read_period


class PlanEntry:
    """`periods` are offered as rows; `current` says what is in force for some of them.

    After `is_valid`, `points` holds what was typed and `question` what must be asked.
    """

    def __init__(self, form, *, metric, today, periods, current, data=None):
        self.form, self.metric, self.today = form, metric, today
        self.current, self.data = current, data
        self.mark = None if data is None else mark_in(data)
        self.points, self.question = [], None
        if data is None:
            texts = [period.start.isoformat() for period in periods]
        else:
            texts = posted_periods(data)
        self.rows = [self.row(n, text) for n, text in enumerate(texts)]

    def row(self, number, text):
        period = self.period_named(text)
        planned = self.current.get((period.start, period.end)) if period else None
        initial = {"period": text}
        for name in COLUMNS[1:]:
            initial[name] = editable(getattr(planned, name)) if planned else ""
        form = PointForm(
            self.data,
            metric=self.metric,
            today=self.today,
            shown=period,
            decimal=self.mark,
            prefix=f"p{number}",
            initial=initial,
            # A row nobody touched is not part of what is registered.
            empty_permitted=True,
            use_required_attribute=False,
        )
        form.planned = planned
        form.label = label(period) if period else text
        form.dates = dates(period) if period else ""
        return form

    def period_named(self, text):
        try:
            week_start = self.metric.workspace.week_start
            return read_period(text, Cadence(self.metric.cadence), week_start)
        except PeriodUnclear:
            return None

    @property
    def is_bound(self):
        return self.form.is_bound

    def is_valid(self):
        if not self.is_bound:
            return False
        is_fine = self.form.is_valid()
        typed = [row for row in self.rows if row.has_changed()]
        pasted = self.form.cleaned_data.get("pasted", "")
        is_pasted = bool(pasted.strip())
        if is_pasted and typed:
            self.form.add_error(
                "pasted", _("Use the table or the paste: one of the two.")
            )
        used = self.pasted_rows(pasted) if is_pasted else typed
        if not used and not self.form.errors:
            self.form.add_error(None, _("Enter a number for one period at least."))
        # All are asked, so that every problem is named at once.
        valid = [row.is_valid() for row in used]
        is_fine = all(valid) and is_fine
        self.question = question_for(used)
        self.points = [row.point for row in used if row.is_valid()]
        return is_fine and not self.form.errors

    def pasted_rows(self, text):
        """The forms of the pasted lines; what is wrong is named by line."""
        try:
            table = read_table(text, columns=len(COLUMNS))
        except SpreadsheetRefused as refusal:
            self.form.add_error("pasted", str(refusal))
            return []
        lines = [table.header, *table.rows]
        if self.period_named(table.header.cells[0]) is None:
            lines = lines[1:]
        forms = []
        for line in lines:
            data = dict(zip(COLUMNS, line.cells, strict=False))
            form = PointForm(
                data, metric=self.metric, today=self.today, decimal=self.mark
            )
            forms.append(form)
            for name, errors in form.errors.items():
                where = _("Line %(line)d, %(column)s: %(message)s") % {
                    "line": line.line,
                    "column": name,
                    "message": " ".join(errors),
                }
                self.form.add_error("pasted", where)
        return forms

    @property
    def problems(self):
        """(id of the field, words) for the summary."""
        found = [
            (bound.id_for_label if bound else "", words)
            for name, errors in self.form.errors.items()
            for bound in [self.form[name] if name in self.form.fields else None]
            for words in errors
        ]
        for row in self.rows:
            if row.is_bound and row.has_changed():
                found += [
                    (row[name].id_for_label, f"{row.label}, {name}: {words}")
                    for name, errors in row.errors.items()
                    for words in errors
                ]
        return found


def posted_periods(data):
    texts = (data.get(f"p{number}-period") for number in range(MOST_ROWS))
    return [text for text in texts if text is not None]
