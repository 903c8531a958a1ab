"""The form for a new token of the JSON API."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

LIFETIMES = {"30": _("30 days"), "90": _("90 days"), "365": _("one year")}


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("What it is for"),
        max_length=80,
        help_text=_("For example: nightly export."),
    )
    days = forms.ChoiceField(
        label=_("Works for"), choices=list(LIFETIMES.items()), initial="90"
    )

    def terms(self, now):
        """What `issue_token` takes."""
        days = timedelta(days=int(self.cleaned_data["days"]))
        return {"name": self.cleaned_data["name"], "expires_at": now + days}
