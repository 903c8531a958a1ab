"""What of the board is shown."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

EARLIEST = date(1990, 1, 1)


class BoardForm(forms.Form):
    """Segments and today come from the venture; an unknown key is refused."""

    segment = forms.ChoiceField(label=_("Segment"), required=False)
    as_of = forms.DateField(
        label=_("As of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    order = forms.ChoiceField(
        choices=[("", ""), ("weakest", "")], required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args, scope, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["segment"].choices = [
            (str(segment.pk), segment.name) for segment in scope.segments
        ]
        self.fields["as_of"].widget.attrs |= {
            "min": EARLIEST.isoformat(),
            "max": today.isoformat(),
        }

    def clean_as_of(self):
        day = self.cleaned_data["as_of"]
        if day is not None and day > self.today:
            raise forms.ValidationError(_("That day has not come yet."))
        if day is not None and day < EARLIEST:
            raise forms.ValidationError(_("That is before anything was known."))
        return day

    def clean(self):
        unknown = set(self.data) - set(self.fields)
        if unknown:
            raise forms.ValidationError(_("This page knows no such filter."))
        return super().clean()
