"""Forms of the dashboard and of the links to it."""

from datetime import UTC, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.days import DayField
from portfolio.models import ShareLink

DAYS = (
    (7, _("a week")),
    (30, _("30 days")),
    (90, _("90 days")),
    (180, _("half a year")),
    (365, _("a year")),
)
SHORTEST = 8


class ShareLinkForm(forms.Form):
    name = forms.CharField(
        label=_("Whom it is for"),
        max_length=80,
        help_text=_("You see this name beside each visit."),
    )
    scope = forms.ChoiceField(
        label=_("What it shows"),
        choices=ShareLink.Scope,
        initial=ShareLink.Scope.WHOLE,
    )
    days = forms.TypedChoiceField(
        label=_("How long it works"), choices=DAYS, coerce=int, initial=30
    )
    passphrase = forms.CharField(
        label=_("Passphrase"),
        required=False,
        min_length=SHORTEST,
        max_length=128,
        help_text=_("Whoever opens the link is asked for it. Tell it another way."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def expires_at(self, now):
        return now + timedelta(days=self.cleaned_data["days"])


class UnlockForm(forms.Form):
    passphrase = forms.CharField(
        label=_("Passphrase"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


class AskForm(forms.Form):
    text = forms.CharField(
        label=_("What you ask of your advisors"),
        required=False,
        max_length=500,
        help_text=_(
            "One sentence, such as “An introduction to two clinic chains.” It stands "
            "until you change it. Leave it empty when you ask for nothing."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WantedForm(forms.Form):
    """What the address of the dashboard may ask for. What makes no sense is ignored:
    links to it stand in mails."""

    since = DayField(label=_("Compare with"), required=False)


class ReadForm(forms.Form):
    """Up to where it was read: the moment for which the page was drawn."""

    until = forms.DateTimeField(widget=forms.HiddenInput)

    def clean_until(self):
        """At the ends of the calendar an offset leads beyond what can be stored."""
        try:
            return self.cleaned_data["until"].astimezone(UTC)
        except OverflowError as error:
            raise forms.ValidationError(_("Give a moment that has been.")) from error
