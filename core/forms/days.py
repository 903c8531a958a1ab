"""Days typed or picked by people."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DayField(forms.DateField):
    """One day, typed or picked."""

    def __init__(self, **kwargs):
        attrs = {"type": "date", "min": "1990-01-01", "max": "2199-12-31"}
        widget = forms.DateInput(attrs=attrs, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)

    def validate(self, value):
        super().validate(value)
        if value is not None and not 1990 <= value.year < 2200:
            raise forms.ValidationError(_("Enter a day between 1990 and 2199."))


def day_field(label, *, required=False, **field):
    """Within two centuries: the weeks and zones of later days cannot be counted."""
    day = DayField(label=label, required=required, **field)
    day.widget.attrs["class"] = "short"
    return day
