"""Who took part, as the capture page sends it: several inputs of one name."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from interviews.participants import MOST


class WhoInputs(forms.TextInput):
    """Several inputs of one name; empty ones are left out."""

    def value_from_datadict(self, data, files, name):
        lines = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return [line.strip() for line in lines if line.strip()]


class WhoField(forms.Field):
    widget = WhoInputs

    def clean(self, value):
        lines = value or []
        if len(lines) > MOST:
            raise ValidationError(_("At most %(n)s people.") % {"n": MOST})
        if any(len(line) > 300 for line in lines):
            raise ValidationError(_("A name is too long: at most 300 characters."))
        return lines


def refuse_unclear(typed):
    """What cannot be written down: a name of several people, or of nobody."""
    for entry in typed:
        if entry.is_ambiguous:
            raise ValidationError(
                _("Which %(name)s? Add the organisation after a comma."),
                code="ambiguous",
                params={"name": entry.line},
            )
        if not entry.choices:
            refuse_unfit(entry)


def refuse_unfit(entry):
    if not entry.name:
        raise ValidationError(_("A name is missing before the comma."))
    if len(entry.name) > 200 or len(entry.organisation_name) > 200:
        raise ValidationError(_("A name is too long: at most 200 characters."))
