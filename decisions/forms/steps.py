"""Steps 1 to 4. Nothing is required here: what is missing is said before the decision."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from decisions.models import Evaluation
from milestones.eleven import ELEVEN

QUESTIONS = tuple((one.number, f"{one.number}  {one.wording}") for one in ELEVEN)
YES_NO = ((True, _("Yes, and its definition has not changed")), (False, _("No")))


class StepForm(forms.Form):
    """`rev` is the evaluation's when the form was drawn; 0 before the first save.

    `needed` fields are not marked optional, but a step is kept as far as it is written.
    """

    use_required_attribute = False
    needed: tuple[str, ...] = ()

    rev = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.mark_needed(is_needed=True)

    def mark_needed(self, *, is_needed):
        for name in self.needed:
            self.fields[name].required = is_needed

    def full_clean(self):
        self.mark_needed(is_needed=False)
        super().full_clean()
        self.mark_needed(is_needed=True)

    def values(self):
        """Fields of the evaluation, as `save_step` takes them."""
        return {k: v for k, v in self.cleaned_data.items() if k != "rev"}


def long_text(name, *, rows=6, **field):
    """A text of the evaluation, with its label and its limit."""
    of = Evaluation._meta.get_field(name)
    return forms.CharField(
        label=capfirst(of.verbose_name),
        max_length=of.max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": rows}),
        **field,
    )


class BeliefForm(StepForm):
    needed = ("belief",)

    belief = long_text(
        "belief",
        help_text=_("The draft is from the record. Make it what you really thought."),
    )


class HappenedForm(StepForm):
    needed = ("happened", "is_actual_right")

    happened = long_text("happened")
    is_actual_right = forms.TypedChoiceField(
        label=_("Is the number right?"),
        choices=YES_NO,
        coerce=lambda value: value == "True",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        help_text=_(
            "If it is wrong, correct it on the metric's page; the alert stays."
        ),
    )


class FoundForm(StepForm):
    """What happened, where no number is in question."""

    needed = ("happened",)

    happened = long_text("happened")

    def values(self):
        return super().values() | {"is_actual_right": None}


class CustomersForm(StepForm):
    needed = ("questions", "customers_say")

    questions = forms.TypedMultipleChoiceField(
        label=_("Which questions does this contradict?"),
        choices=QUESTIONS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At least one."),
    )
    customers_say = long_text("customers_say")
    no_talk_reason = long_text(
        "no_talk_reason",
        rows=3,
        help_text=_("Only if nobody talked to a customer since the alert."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code in Evaluation.Explanation.values:
            self.fields[f"for_{code}"] = side(_("What speaks for it"))
            self.fields[f"against_{code}"] = side(
                _("What speaks against it, or would refute it")
            )

    @property
    def plain_fields(self):
        return [self["questions"], self["customers_say"], self["no_talk_reason"]]

    @property
    def explanations(self):
        """(label, for, against, is there anything in it) for each explanation."""
        rows = []
        for code, label in Evaluation.Explanation.choices:
            pair = self[f"for_{code}"], self[f"against_{code}"]
            is_open = any(field.value() or field.errors for field in pair)
            rows.append((capfirst(label), *pair, is_open))
        return rows

    def values(self):
        data = self.cleaned_data
        kept = {}
        for code in Evaluation.Explanation.values:
            pro, con = data[f"for_{code}"], data[f"against_{code}"]
            if pro or con:
                kept[code] = {"for": pro, "against": con}
        return {
            "questions": data["questions"],
            "customers_say": data["customers_say"],
            "no_talk_reason": data["no_talk_reason"],
            "explanations": kept,
        }


def side(label):
    """One side of an explanation, in the group that its name heads."""
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=2000, required=False, widget=widget)


class DependsForm(StepForm):
    needed = ("depends", "runway", "rescored")

    depends = long_text("depends", rows=8)
    runway = long_text(
        "runway",
        rows=3,
        help_text=_("If it goes on like this: until when does the money last?"),
    )
    rescored = forms.TypedMultipleChoiceField(
        label=_("Which question scores change?"),
        choices=QUESTIONS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Founders are asked to score these again after the decision."),
    )
    keeps_scores = forms.BooleanField(label=_("No score changes"), required=False)

    def clean(self):
        data = super().clean()
        if data.get("rescored") and data.get("keeps_scores"):
            words = _("Either some scores change, or none does.")
            self.add_error("keeps_scores", words)
        return data
