"""Forms about channels."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.actions.channels import called
from core.models import Channel
from core.transport.targets import LONGEST_URL


class ChannelForm(forms.Form):
    """For a channel that is there: an empty address keeps the known one."""

    name = forms.CharField(
        label=_("What it is"), max_length=80, help_text=_("For example: team chat.")
    )
    url = forms.CharField(
        label=_("Address"),
        max_length=LONGEST_URL,
        widget=forms.TextInput(
            attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}
        ),
        help_text=_(
            "It begins with https:// and is on the public internet. It is not shown "
            "again: the address of a chat is itself a key."
        ),
    )
    wants_alerts = forms.BooleanField(
        label=_("Alerts: raised, waiting too long, decided"),
        required=False,
        initial=True,
    )
    wants_digest = forms.BooleanField(label=_("The digest, Mondays"), required=False)

    def clean_url(self):
        url = self.cleaned_data["url"].strip()
        if url:
            try:
                called(url)
            except ValidationError as refusal:
                raise ValidationError(refusal.message_dict["url"]) from refusal
        return url


class NewChannelForm(ChannelForm):
    kind = forms.ChoiceField(label=_("What receives it"), choices=Channel.Kind)

    field_order = ["name", "kind", "url"]


class KnownChannelForm(ChannelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["url"].required = False
        self.fields["url"].label = _("New address")
        self.fields["url"].help_text = _("Empty: the address stays as it is.")
