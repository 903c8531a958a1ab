"""A kill criterion on a number."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.forms.days import day_field
from decisions.models import StopRule
from decisions.reports.stop_rules import measurable
from forecasts.forms.numbers import NumberField

COMPARISONS = [(one.value, capfirst(one.label)) for one in StopRule.Comparison]


class StopRuleForm(forms.Form):
    metric = forms.ModelChoiceField(queryset=None, label=_("Metric"), empty_label=None)
    comparison = forms.ChoiceField(
        label=_("It must be"), choices=COMPARISONS, widget=forms.RadioSelect
    )
    mark = NumberField(label=_("Mark"))
    by_on = day_field(
        _("By"),
        required=True,
        help_text=_("On this day the last period that is over is looked at, once."),
    )

    def __init__(self, *args, workspace, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["metric"].queryset = measurable(workspace)
