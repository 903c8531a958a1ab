"""The words with which an advisor co-signs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from decisions.actions.cosigning import SHORTEST_WORDS
from decisions.models import EvaluationCoSignature


class CoSignForm(forms.Form):
    rev = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("Why it is right to go on once more"),
        min_length=SHORTEST_WORDS,
        max_length=EvaluationCoSignature._meta.get_field("words").max_length,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["words"].counts = SHORTEST_WORDS
