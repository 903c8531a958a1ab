"""Asking for the evidence behind a score, answering, and finding what was asked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from milestones.actions.challenges import SHORTEST_QUESTION, SHORTEST_REPLY
from milestones.models import Challenge
from milestones.reports.challenges import STATES
from milestones.targets import question_options


class ChallengeForm(forms.Form):
    text = forms.CharField(
        label=_("What do you want to see?"),
        min_length=SHORTEST_QUESTION,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "minlength": SHORTEST_QUESTION}),
        error_messages={"required": _("Say what you want to see.")},
        help_text=_(
            "Name what would convince you: who should have done what, by when."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].counts = SHORTEST_QUESTION


class ChallengeReplyForm(forms.Form):
    """`is_spread`: founders say what they agreed when they talked."""

    answer = forms.CharField(
        label=_("Our answer"),
        min_length=SHORTEST_REPLY,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5, "minlength": SHORTEST_REPLY}),
        error_messages={"required": _("Write the answer.")},
        help_text=_("Point to evidence that is linked. It stays with the question."),
    )

    def __init__(self, *args, is_spread=False, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["answer"]
        field.counts = SHORTEST_REPLY
        if is_spread:
            field.label = _("What did you agree?")
            field.help_text = _("Where you saw it differently, and what you do now.")


class ChallengeFilterForm(forms.Form):
    question = forms.TypedChoiceField(
        label=_("Question"),
        choices=[("", _("all")), *question_options()],
        coerce=int,
        empty_value=None,
        required=False,
    )
    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("", _("all")),
            ("open", _("open")),
            *((state, Challenge.Outcome(state).label) for state in STATES[1:]),
        ],
        required=False,
    )

    def wanted(self):
        """What `challenge_rows` takes; a choice nobody offered narrows nothing."""
        self.full_clean()
        known = self.cleaned_data
        return {"number": known.get("question"), "state": known.get("state", "")}
