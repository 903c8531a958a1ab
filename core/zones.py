"""Time zones to choose from: each place once, under the name it has today."""

from functools import cache
from importlib.resources import files
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

KNOWN = frozenset(
    zone for zone in available_timezones() if "/" in zone or zone == "UTC"
)


@cache
def places() -> tuple[str, ...]:
    """The zones of `zone.tab`: one or more for each country, and no older names."""
    table = files("tzdata.zoneinfo").joinpath("zone.tab").read_text("utf-8")
    lines = (line for line in table.splitlines() if not line.startswith("#"))
    return tuple(sorted({line.split("\t")[2] for line in lines if line} | {"UTC"}))


class ZoneField(forms.ChoiceField):
    """Offers each place once. An older name that is stored already stays as it is."""

    def __init__(self, **options):
        options.setdefault("label", _("Time zone"))
        super().__init__(choices=[(zone, zone) for zone in places()], **options)

    def valid_value(self, value):
        return value in KNOWN

    def get_bound_field(self, form, field_name):
        bound = super().get_bound_field(form, field_name)
        stored = bound.value()
        if stored in KNOWN and stored not in places():
            self.choices = sorted([*self.choices, (stored, stored)])
        return bound
