"""Step 5: the decision, kept as a draft until the summary page records it."""

from django import forms
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from decisions.evaluating import ADJUST, SHORTEST_REASONS, Draft
from decisions.forms.following import (
    day_field,
    initial_lines,
    line_fields,
    line_names,
    tasks_in,
    team_choices,
)
from decisions.forms.steps import StepForm
from decisions.forms.stop_rules import COMPARISONS
from decisions.models import Decision
from decisions.reports.stop_rules import measurable
from forecasts.forms.numbers import NumberField

HINTS = {
    Decision.Kind.PERSEVERE: _("say what will come, so that it can fail"),
    Decision.Kind.ADJUST_FORECAST: _("you enter the new numbers next; the old stay"),
    Decision.Kind.PIVOT: _("segment, problem, solution, price or channel"),
    Decision.Kind.FIX_EXECUTION: _("a stop is not a verdict on the idea"),
    Decision.Kind.STOP: _("end it, and say so"),
}


def text_field(name, **field):
    of = Decision._meta.get_field(name)
    return forms.CharField(
        label=capfirst(of.verbose_name),
        max_length=of.max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": field.pop("rows", 4)}),
        **field,
    )


def metric_choices(workspace):
    named = measurable(workspace).values_list("pk", "name")
    return [("", "—"), *((str(pk), name) for pk, name in named)]


class DecisionForm(StepForm):
    """Complete, unless it is saved for later."""

    needed = ("kind", "reasons", "review_on")

    kind = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            (kind.value, format_lazy("{}: {}", capfirst(kind.label), hint))
            for kind, hint in HINTS.items()
        ],
        required=False,
        widget=forms.RadioSelect(attrs={"class": "cards"}),
    )
    prediction = text_field(
        "prediction", help_text=_("If you keep going: what you expect to see.")
    )
    predict_by = day_field(
        _("The prediction holds by"), help_text=_("If you keep going.")
    )
    new_share = forms.IntegerField(
        label=_("The new forecast, in % of the first"),
        required=False,
        min_value=1,
        max_value=1000,
        widget=forms.NumberInput(attrs={"class": "short"}),
        help_text=_(
            "If you change the forecast. At 75 or less, also say what else changes."
        ),
    )
    change = text_field(
        "change",
        help_text=_(
            "If you change the model, fix the execution, or lower the forecast."
        ),
    )
    reasons = text_field("reasons", rows=10)
    dissent = text_field(
        "dissent", help_text=_("Who sees it differently, and why. It stays on record.")
    )
    review_on = day_field(
        _("Next stop"), help_text=_("The day on which you look at this again.")
    )

    rule_metric = forms.ChoiceField(label=_("Metric"), required=False)
    rule_comparison = forms.ChoiceField(
        label=_("It must be"), choices=COMPARISONS, required=False
    )
    rule_mark = NumberField(label=_("Mark"), required=False)
    rule_by = day_field(_("By"))

    def __init__(self, data=None, *, alert, today, initial=None, is_for_later=False):
        """Without a forecast there is none to change."""
        initial = initial or {}
        lines = initial_lines(initial.get("follow_ups"))
        super().__init__(data, initial=initial | lines)
        self.fields |= line_fields(team_choices(alert.workspace))
        self.needed = (*type(self).needed, *line_names()[0])
        self.mark_needed(is_needed=True)
        self.fields["rule_metric"].choices = metric_choices(alert.workspace)
        if alert.metric_id is None:
            kind = self.fields["kind"]
            kind.choices = [one for one in kind.choices if one[0] != ADJUST]
        self.today = today
        self.is_for_later = is_for_later
        self.fields["reasons"].counts = SHORTEST_REASONS

    def clean(self):
        data = super().clean()
        if not self.is_for_later:
            for name, words in self.draft().problems(self.today).items():
                place = name if name in self.fields else line_names()[0][0]
                if place not in self.errors:
                    self.add_error(place, words)
        return data

    @property
    def plain_fields(self):
        shown = [name for name in self.base_fields if not name.startswith("rule_")]
        return [self[name] for name in shown if name != "rev"]

    @property
    def rule_fields(self):
        return [self[name] for name in self.base_fields if name.startswith("rule_")]

    @property
    def lines(self):
        """(number, fields) of each thing that follows."""
        names = enumerate(line_names(), start=1)
        return [(number, [self[name] for name in line]) for number, line in names]

    def draft(self):
        known = {name: self.cleaned_data.get(name) for name in self.base_fields}
        kept = {name: value for name, value in known.items() if value}
        kept.pop("rev", None)
        if known["rule_mark"] is not None:
            kept["rule_mark"] = known["rule_mark"]
        return Draft(**kept, follow_ups=tasks_in(self.cleaned_data))

    def values(self):
        return {"draft": self.draft().as_kept()}
