"""Forms about the digest."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.zones import ZoneField
from portfolio.models import DigestSubscription, ShareLink


class RhythmForm(forms.Form):
    rhythm = forms.ChoiceField(
        label=_("How often you want it"), choices=DigestSubscription.Rhythms
    )


class WordsForm(forms.Form):
    is_wordless = forms.BooleanField(
        label=_("No words of ours or of customers in mails"),
        required=False,
        help_text=_(
            "Digests then carry numbers and the product’s own sentences: no names of "
            "metrics, segments or commitments, and not what you ask."
        ),
    )


class ReaderForm(forms.Form):
    name = forms.CharField(
        label=_("Whom it is for"),
        max_length=80,
        help_text=_("You see this name beside each visit and each mail."),
    )
    address = forms.EmailField(label=_("E-mail address"), max_length=254)
    scope = forms.ChoiceField(
        label=_("What they may see"),
        choices=ShareLink.Scope,
        initial=ShareLink.Scope.WHOLE,
    )
    zone = ZoneField(label=_("Their time zone"))
