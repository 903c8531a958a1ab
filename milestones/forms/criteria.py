"""All criteria of a question on one form: a state and a note each."""

from django import forms
from django.utils.translation import gettext_lazy as _

from milestones.actions.criteria import Tick
from milestones.models import CriterionAnswer


class CriteriaForm(forms.Form):
    """`lines` are reports.criteria.Line, which the form was drawn from."""

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            n = line.criterion
            self.fields[f"state_{n}"] = forms.ChoiceField(
                label=line.text,
                choices=CriterionAnswer.State,
                initial=line.state,
                widget=forms.RadioSelect(attrs={"class": "cluster"}),
                error_messages={"required": _("Choose one.")},
            )
            self.fields[f"note_{n}"] = forms.CharField(
                label=_("How we know (criterion %(n)s)") % {"n": n},
                initial=line.note,
                max_length=500,
                required=False,
            )
            self.fields[f"follows_{n}"] = forms.UUIDField(
                initial=line.key or "", required=False, widget=forms.HiddenInput
            )

    def groups(self):
        """The two visible fields of each criterion."""
        return [
            (self[f"state_{line.criterion}"], self[f"note_{line.criterion}"])
            for line in self.lines
        ]

    def ticks(self):
        data = self.cleaned_data
        return [
            Tick(
                criterion=line.criterion,
                state=data[f"state_{line.criterion}"],
                note=data[f"note_{line.criterion}"],
                follows=data[f"follows_{line.criterion}"],
            )
            for line in self.lines
        ]

    @staticmethod
    def rebased(data, lines):
        """What was typed, now on top of the rows that stand."""
        data = data.copy()
        for line in lines:
            data[f"follows_{line.criterion}"] = str(line.key or "")
        return data


class TickForm(forms.Form):
    """One criterion alone, as the API sends it."""

    criterion = forms.IntegerField(
        label=_("Its place among the criteria, from 1"), min_value=1
    )
    state = forms.ChoiceField(label=_("Is it so?"), choices=CriterionAnswer.State)
    note = forms.CharField(label=_("How we know"), max_length=500, required=False)
    follows = forms.UUIDField(
        required=False, help_text=_("The id of the row that stands, if there is one.")
    )
