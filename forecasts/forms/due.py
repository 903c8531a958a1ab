"""Every number that is due, each in a form of its own, saved together."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forecasts.forms.actuals import ActualForm, echo_typed
from forecasts.forms.numbers import mark_in, question_for
from forecasts.reports import numbers_due

MOST_DUE = 50


class DueNumbers:
    """The rows due today. What is typed for a row that is not due any more is not
    dropped: its number is shown as a problem.
    """

    def __init__(self, workspace, today, data=None):
        self.data, self.is_bound = data, data is not None
        self.errors, self.fields = [], {}
        self.mark = mark_in(data or {})
        self.due = numbers_due(workspace, today, most=MOST_DUE)
        self.rows = [self.row(due, today) for due in self.due]
        self.question = None

    def row(self, due, today):
        period = due.period
        prefix = f"{due.metric.pk.hex}-{period.start:%Y%m%d}-{period.end:%Y%m%d}"
        form = ActualForm(
            self.data,
            prefix=prefix,
            initial={"period": due.written},
            metric=due.metric,
            today=today,
            planned={(period.start, period.end)},
            decimal=self.mark,
            empty_permitted=True,
            use_required_attribute=False,
        )
        form.fields["period"].widget = forms.HiddenInput()
        words = _("%(metric)s, %(label)s") % {"metric": due.metric, "label": due.label}
        form.fields["value"].widget.attrs["aria-label"] = words
        form.due, form.words = due, words
        echo_typed(form)
        return form

    @property
    def filled(self):
        return [row for row in self.rows if row.has_changed()]

    def is_valid(self):
        if not self.is_bound:
            return False
        self.errors = self.lost()
        filled = self.filled
        if not filled and not self.errors:
            self.errors.append(_("Enter one number at least."))
        valid = [row.is_valid() for row in filled]
        is_fine = all(valid)
        self.question = question_for(filled)
        return is_fine and not self.errors

    def lost(self):
        """Words for each number typed into a row that somebody else has filled."""
        known = {f"{row.prefix}-value" for row in self.rows}
        return [
            _("“%s” was not saved: its period is not due any more.") % text[:40]
            for name, text in self.data.items()
            if name.endswith("-value") and name not in known and text.strip()
        ]

    def add_error(self, name, refusal):
        """Like a form's: what the action refused."""
        self.errors += forms.ValidationError(refusal).messages

    @property
    def problems(self):
        """(id of the field, words) for the summary."""
        found = [("", words) for words in self.errors]
        for row in self.filled if self.is_bound else []:
            for name, errors in row.errors.items():
                place = row[name].id_for_label if name in row.fields else ""
                found += [(place, f"{row.words}: {words}") for words in errors]
        return found

    @property
    def words(self):
        count = len(self.filled)
        return ngettext("%d number recorded.", "%d numbers recorded.", count) % count
