"""Ending an alert beside a decision: its numbers were false, or it doubles another."""

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from core.numbers import show
from decisions.actions.exits import SHORTEST_REASON
from decisions.models import SideExit


class ExitForm(forms.Form):
    """`named` are the rows that its one choice offers."""

    choice = ""

    reason = forms.CharField(
        label=_("Why"),
        min_length=SHORTEST_REASON,
        max_length=SideExit._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody who looks at the venture reads it, advisors too."),
    )

    def __init__(self, data=None, *, named):
        super().__init__(data)
        self.named = {str(row.pk): row for row in named}
        field = self.fields[self.choice]
        field.choices = [(key, self.told(row)) for key, row in self.named.items()]
        self.fields["reason"].counts = SHORTEST_REASON

    def values(self):
        """As the actions take them."""
        chosen = self.named[self.cleaned_data[self.choice]]
        return {self.choice: chosen, "reason": self.cleaned_data["reason"]}


class FalseDataForm(ExitForm):
    choice = "correction"
    field_order = ("correction", "reason")

    correction = forms.ChoiceField(
        label=_("The correction that takes it away"), widget=forms.RadioSelect
    )

    @staticmethod
    def told(row):
        words = now_("%(first)s to %(last)s: %(now)s, corrected from %(then)s")
        return words % {
            "first": date_format(row.period_start, "j M Y"),
            "last": date_format(row.period_end, "j M Y"),
            "now": show(row.value, row.metric.unit),
            "then": show(row.supersedes.value, row.metric.unit),
        }


class DuplicateForm(ExitForm):
    choice = "doubles"
    field_order = ("doubles", "reason")

    doubles = forms.ChoiceField(
        label=_("The open alert of the same cause"), widget=forms.RadioSelect
    )

    @staticmethod
    def told(row):
        words = now_("%(name)s, raised %(day)s: %(rule)s")
        return words % {
            "name": row.subject_name,
            "day": date_format(row.raised_at, "j M Y"),
            "rule": row.get_rule_display(),
        }
