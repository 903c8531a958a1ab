"""Forms of the first run."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.accounts import NewAccountForm
from core.forms.ventures import VentureForm
from core.models import User
from portfolio.samples import SAMPLES


class SetupForm(NewAccountForm, VentureForm):
    """The first owner and their venture: three fields, the rest is guessed."""

    field_order = ["email", "password", "venture", "timezone", "currency", "week_start"]
    email = forms.EmailField(label=_("Your e-mail address"), max_length=254)
    venture = forms.CharField(label=_("Name of the venture"), max_length=120)
    name = forms.CharField(label=_("Your name"), max_length=120, required=False)

    class Meta(VentureForm.Meta):
        fields = ["timezone", "currency", "week_start"]

    def clean_email(self):
        email = self.cleaned_data["email"].strip().lower()
        self.email = email
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(
                _("This address has an account already. Choose another one.")
            )
        return email


class SampleForm(forms.Form):
    """Which sample is wanted; one that is there already is no mistake."""

    name = forms.ChoiceField(
        label=_("Sample"), choices=[(name, name) for name in SAMPLES]
    )
