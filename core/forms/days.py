"""Days typed or picked by people. A picker sends 2026-10-26; what is typed where there is
none is read as in tables (core/days.py), and asked back where it could be two days."""

import re
from datetime import date
from typing import Final

from django import forms
from django.utils.translation import gettext as now_

from core.days import TwoDaysError, UnclearError, read_day

YEAR_LAST: Final = re.compile(
    r"(?P<day>\d\d?[/.-]\d\d?[/.-]\d{4})(?:,?\s+(?P<time>[\d:.]+))?"
)


class DayField(forms.DateField):
    """One day, typed or picked, of `first_year` or later."""

    def __init__(self, *, first_year=1990, **kwargs):
        self.first_year = first_year
        attrs = {"type": "date", "min": f"{first_year}-01-01", "max": "2199-12-31"}
        widget = forms.DateInput(attrs=attrs, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)

    def to_python(self, value):
        if not isinstance(value, str):
            return super().to_python(value)
        return understood(value, self.error_messages["invalid"])

    def validate(self, value):
        super().validate(value)
        if value is not None and not self.first_year <= value.year < 2200:
            words = now_("Enter a day between %(year)s and 2199.")
            raise forms.ValidationError(words % {"year": self.first_year})


class MomentField(forms.DateTimeField):
    """A day and a time of day. Of a day that was typed with its parts in either order
    the same is asked back."""

    def to_python(self, value):
        found = YEAR_LAST.fullmatch(value.strip()) if isinstance(value, str) else None
        if found:
            day = understood(found["day"], self.error_messages["invalid"])
            value = f"{day.isoformat()} {found['time'] or ''}".strip()
        return super().to_python(value)


def understood(text: str, invalid) -> date | None:
    """None for nothing but spaces. Raises ValidationError, with `invalid` for what is
    no day at all."""
    try:
        return read_day(text)
    except TwoDaysError as error:
        one, other = error.readings
        readings = {"one": one.isoformat(), "other": other.isoformat()}
        words = now_("This could be %(one)s or %(other)s: write it like that.")
        raise forms.ValidationError(words % readings, code="two_days") from error
    except UnclearError as error:
        raise forms.ValidationError(invalid, code="invalid") from error


def day_field(label, *, required=False, **field):
    """Within two centuries: the weeks and zones of later days cannot be counted."""
    day = DayField(label=label, required=required, **field)
    day.widget.attrs["class"] = "short"
    return day
