"""The form about which mails somebody gets."""

from django import forms
from django.utils.text import capfirst

from core.models import MailChoice
from portfolio.mail_topics import WITHOUT


class MailsForm(forms.Form):
    """One box for each topic that is offered to this member."""

    def __init__(self, *args, rules, **kwargs):
        super().__init__(*args, **kwargs)
        for topic in rules.offered:
            self.fields[topic] = forms.BooleanField(
                label=capfirst(MailChoice.Topic(topic).label),
                required=False,
                initial=topic not in rules.off,
                help_text=WITHOUT[topic],
            )

    @property
    def wanted(self):
        return [topic for topic, is_on in self.cleaned_data.items() if is_on]
