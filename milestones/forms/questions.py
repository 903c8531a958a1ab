"""What we answer, and what we claim to know."""

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from milestones.actions.questions import SHORTEST_ANSWER
from milestones.actions.scores import SHORTEST_REASON


class AnswerForm(forms.Form):
    """`follows`: the answer this one was written on top of."""

    statement = forms.CharField(
        label=_("Our answer"),
        min_length=SHORTEST_ANSWER,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write the answer.")},
        help_text=_(
            "So that it can prove wrong: who, what, how much, and by when we will know."
        ),
    )
    looked_against = forms.CharField(
        label=_("Where we looked for evidence against it, and what we found"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("From 3 on, something against it is recorded, or was looked for."),
    )
    follows = forms.UUIDField(required=False, widget=forms.HiddenInput)


class ScoreForm(forms.Form):
    """A level above what the evidence supports may be claimed; it says so."""

    value = forms.TypedChoiceField(
        label=_("How well do we know?"),
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
    )
    is_correction = forms.BooleanField(
        label=_("This corrects a slip in my last score"),
        required=False,
        help_text=_("A change of mind is a new score and opens a new round."),
    )
    follows = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, question, supported, has_scored, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["value"].choices = [
            (level, level_text(level, anchor, supported))
            for level, anchor in enumerate(question.rubric)
        ]
        self.fields["reason"].counts = SHORTEST_REASON
        if not has_scored:
            del self.fields["is_correction"]


def level_text(level, anchor, supported):
    """The anchor of a level, and what claiming it means today."""
    if level < supported:
        return format_html("<span><b>{}</b> {}</span>", level, anchor)
    if level == supported:
        remark = gettext("This is what the evidence supports.")
    else:
        remark = gettext("Counts as %s until the evidence is there.") % supported
    return format_html(
        '<span><b>{}</b> {}<br><span class="muted small">{}</span></span>',
        level,
        anchor,
        remark,
    )
