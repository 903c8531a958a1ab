"""What became of a hypothesis, each end with the mark it names."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from discovery.hypothesis_states import ASK_REASON


class SettleForm(forms.Form):
    to = forms.ChoiceField(
        label=later("What became of it"),
        widget=forms.RadioSelect(attrs={"class": "cards"}),
    )
    reason = forms.CharField(
        label=later("Why"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=later("What you saw, and how many. It stays in the history."),
    )

    def __init__(self, *args, hypothesis, moves, **kwargs):
        super().__init__(*args, **kwargs)
        words = ends_of(hypothesis)
        self.fields["to"].choices = [(move, words[move]) for move in moves]

    def clean(self):
        data = super().clean()
        if data.get("to") in ASK_REASON and not data.get("reason", "").strip():
            self.add_error("reason", _("Say in a sentence why."))
        return data


def ends_of(hypothesis):
    marks = {"pass": hypothesis.pass_mark, "fail": hypothesis.fail_mark}
    return {
        "registered": _("Registered"),
        "testing": _("We are testing it now"),
        "validated": _("It held. The pass mark was met: %(pass)s") % marks,
        "invalidated": _("Learned: no. The fail mark was met: %(fail)s") % marks,
        "inconclusive": _("Inconclusive. Neither mark was met"),
        "abandoned": _("Abandoned. We stop asking"),
    }
