"""Who somebody is who comments by a link."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from core.written import is_written

NOT_DIGITS = re.compile(r"[\s.-]")


class GuestForm(forms.Form):
    address = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("A code of six digits is sent there. You need no account."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        help_text=_("It stands beside what you say."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    wants_replies = forms.BooleanField(
        label=_("Send me a mail when somebody answers"), required=False
    )

    def clean_name(self):
        """In one line: it stands in mails, which nobody else may break into."""
        name = " ".join(self.cleaned_data["name"].split())
        if not is_written(name):
            raise forms.ValidationError(_("Write your name."))
        return name


class CodeForm(forms.Form):
    """A code is typed or pasted; gaps that came along do not matter."""

    code = forms.CharField(
        label=_("The code of six digits"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "size": "8",
            }
        ),
    )

    def clean_code(self):
        code = NOT_DIGITS.sub("", self.cleaned_data["code"])
        if not re.fullmatch(r"[0-9]{6}", code):
            raise forms.ValidationError(_("The code is six digits long."))
        return code
