"""Before somebody is erased: other words for them, and the pseudonym as a lock."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST_WORDS = 20
SHORTEST = 2


class EraseForm(forms.Form):
    also = forms.CharField(
        label=gettext_lazy("Also remove these words"),
        help_text=gettext_lazy("Nicknames, other spellings. One per line."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    pseudonym = forms.CharField(
        label=gettext_lazy("Type the pseudonym to confirm"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person
        # not asked for where only the words are looked for
        self.fields["pseudonym"].required = not self.is_bound or self.is_confirmed
        self.fields["pseudonym"].help_text = _("It is: %(pseudonym)s") % {
            "pseudonym": person.pseudonym
        }

    @property
    def is_confirmed(self):
        return "erase" in self.data

    def clean_also(self):
        words = [word.strip() for word in self.cleaned_data["also"].splitlines()]
        words = [word for word in words if word]
        if len(words) > MOST_WORDS:
            raise ValidationError(_("At most %(n)s words.") % {"n": MOST_WORDS})
        if any(len(word) < SHORTEST for word in words):
            raise ValidationError(_("One letter would be removed from many words."))
        return words

    def clean_pseudonym(self):
        typed = self.cleaned_data["pseudonym"]
        if self.is_confirmed and typed.casefold() != self.person.pseudonym.casefold():
            raise ValidationError(
                _("Type “%(pseudonym)s” as it stands here.")
                % {"pseudonym": self.person.pseudonym}
            )
        return typed
