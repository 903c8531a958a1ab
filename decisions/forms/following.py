"""What follows from a decision: its lines in the form, its end, and the judgement."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.forms.days import day_field
from core.forms.written import refuse_unseen
from core.models import Membership
from core.written import is_written
from decisions.actions.following import SHORTEST_WORDS
from decisions.following import MOST, Task
from decisions.models import DecisionReview, FollowUp


def team_choices(workspace):
    """(id, name) of everybody on the team, by name."""
    team = Membership.objects.in_workspace(workspace).current().select_related("user")
    named = sorted((str(one.user), str(one.user_id)) for one in team)
    return [("", "—"), *((pk, name) for name, pk in named)]


def what_field(label, **field):
    return forms.CharField(
        label=label,
        max_length=FollowUp._meta.get_field("what").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        **field,
    )


def owner_field(choices):
    return forms.ChoiceField(label=_("Who does it"), choices=choices, required=False)


def line_names():
    """(what, owner, day) field names of each line."""
    return [(f"what_{n}", f"owner_{n}", f"due_{n}") for n in range(1, MOST + 1)]


def line_fields(choices):
    fields = {}
    for what, owner, due in line_names():
        fields[what] = what_field(_("What is to be done"))
        fields[owner] = owner_field(choices)
        fields[due] = day_field(_("By"))
    return fields


def tasks_in(cleaned):
    """Tasks of the lines that hold anything."""
    lines = [
        Task(cleaned.get(what) or "", cleaned.get(owner) or "", cleaned.get(due))
        for what, owner, due in line_names()
    ]
    return tuple(task for task in lines if task.is_begun)


def initial_lines(kept):
    """Form values from what is kept of the tasks."""
    values = {}
    for names, task in zip(line_names(), map(Task.of, kept or ()), strict=False):
        values |= dict(zip(names, (task.what, task.owner, task.due_on), strict=True))
    return values


class EndForm(forms.Form):
    """Done, unless it says what is done instead."""

    outcome = forms.CharField(
        label=_("What came of it"),
        validators=[refuse_unseen],
        max_length=FollowUp._meta.get_field("outcome").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Or why something else is done instead."),
    )
    what = what_field(
        _("What is done instead"),
        help_text=_(
            "Leave it empty if it was done. Else name who does it, and by when."
        ),
    )
    owner = forms.ChoiceField(label=_("Who does it"), required=False)
    due_on = day_field(_("By"))

    def __init__(self, *args, workspace, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["owner"].choices = team_choices(workspace)

    def clean(self):
        data = super().clean()
        task = self.task
        if task.is_begun and (words := task.problem(self.today)):
            self.add_error("due_on" if is_written(task.what) else "what", words)
        return data

    @property
    def task(self):
        data = self.cleaned_data
        return Task(data.get("what") or "", data.get("owner") or "", data.get("due_on"))


class ReviewForm(forms.Form):
    verdict = forms.ChoiceField(
        label=_("What became of it"),
        choices=[(one.value, capfirst(one.label)) for one in DecisionReview.Verdict],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What happened, in numbers or words"),
        min_length=SHORTEST_WORDS,
        max_length=DecisionReview._meta.get_field("words").max_length,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["words"].counts = SHORTEST_WORDS
