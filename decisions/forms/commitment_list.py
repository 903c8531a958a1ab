"""The filter of the list of commitments."""

from django import forms
from django.utils.translation import gettext_lazy as _

from decisions.reports.commitment_list import OVERRIDDEN, ListFilter

STANDINGS = (
    ("", _("Every state")),
    ("open", _("Before the signature")),
    ("held", _("Held by the gate")),
    ("signed", _("Signed")),
    ("closed", _("Staged, ended or cancelled")),
    (OVERRIDDEN, _("Gate overridden")),
)


class CommitmentFilterForm(forms.Form):
    q = forms.CharField(label=_("Title, or with whom"), required=False, max_length=120)
    standing = forms.ChoiceField(label=_("State"), choices=STANDINGS, required=False)

    @property
    def wanted(self):
        """What can be read of it; a field that cannot be leaves everything in."""
        known = {name: self.cleaned_data.get(name) for name in self.fields}
        return ListFilter(**{name: value for name, value in known.items() if value})
