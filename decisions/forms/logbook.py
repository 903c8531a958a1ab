"""The filter of the log of decisions."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.forms.days import day_field
from decisions.models import Decision, DecisionReview
from decisions.reports.logbook import AGAIN, OPEN, LogFilter, deciders_of

BECAME = (
    ("", _("Whatever became of it")),
    *((one.value, capfirst(one.label)) for one in DecisionReview.Verdict),
    (AGAIN, _("The same alert rose again")),
    (OPEN, _("Not judged yet")),
)


class LogForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Decision"),
        choices=[("", _("Every decision")), *Decision.Kind.choices],
        required=False,
    )
    became = forms.ChoiceField(
        label=_("What became of it"), choices=BECAME, required=False
    )
    by = forms.ChoiceField(label=_("Recorded by"), required=False)
    since = day_field(_("From"))
    until = day_field(_("To"))

    def __init__(self, data, *, workspace):
        super().__init__(data)
        everybody = ("", _("Everybody"))
        self.fields["by"].choices = [everybody, *deciders_of(workspace)]

    def clean(self):
        data = super().clean()
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day must not be before the first."))
        return data

    @property
    def wanted(self):
        """What can be read of it; a field that cannot be leaves everything in."""
        known = {name: self.cleaned_data.get(name) for name in self.fields}
        return LogFilter(**{name: value for name, value in known.items() if value})
