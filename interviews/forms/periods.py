"""A stretch of time that a report looks at."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.days import day_field


class PeriodForm(forms.Form):
    since = day_field(_("From"))
    until = day_field(_("To"))

    def clean(self):
        data = super().clean()
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day must not be before the first."))
        return data

    @property
    def wanted(self):
        """What can be read of it; a day that cannot be leaves that end open."""
        self.full_clean()
        known = {name: self.cleaned_data.get(name) for name in self.fields}
        return {name: day for name, day in known.items() if day}
