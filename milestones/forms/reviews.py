"""A score by one who advises."""

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from milestones.actions.scores import SHORTEST_REASON


class ReviewForm(forms.Form):
    value = forms.TypedChoiceField(
        label=_("How well do they know?"),
        coerce=int,
        widget=forms.RadioSelect(attrs={"class": "cards"}),
        error_messages={"required": _("Choose a score.")},
    )
    reason = forms.CharField(
        label=_("Why this score?"),
        min_length=SHORTEST_REASON,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "minlength": SHORTEST_REASON}),
        error_messages={"required": _("Say why in a sentence or two.")},
        help_text=_("Founders read it beside their own reasons."),
    )
    follows = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, question, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["value"].choices = [
            (level, format_html("<span><b>{}</b> {}</span>", level, anchor))
            for level, anchor in enumerate(question.rubric)
        ]
        self.fields["reason"].counts = SHORTEST_REASON
