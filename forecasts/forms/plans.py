"""Forms about what we predict."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms.days import DayField
from core.weeks import Cadence, dates, label
from forecasts.actions import PlannedPoint
from forecasts.actions.evidence import check_not_begun, check_regular
from forecasts.forms.numbers import NumberField, NumberForm
from forecasts.periods import PeriodUnclear, read_period

MOST_ROWS = 60
USUAL_ROWS = {
    Cadence.DAILY: 14,
    Cadence.WEEKLY: 12,
    Cadence.MONTHLY: 6,
    Cadence.QUARTERLY: 4,
    Cadence.YEARLY: 3,
}
COLUMNS = ("period", "expected", "low", "high")


class PointForm(NumberForm):
    """One period of a forecast: a row of the page, or of what was pasted."""

    period = forms.CharField(max_length=60, widget=forms.HiddenInput)
    expected = NumberField()
    low = NumberField(required=False)
    high = NumberField(required=False)

    def __init__(self, *args, metric, today, shown=None, **options):
        super().__init__(*args, **options)
        self.metric, self.today, self.shown = metric, today, shown
        names = {"expected": _("expected"), "low": _("low"), "high": _("high")}
        for name, words in names.items():
            field = self.fields[name]
            field.unit, field.label = metric.unit, words
            if shown is not None:
                words = f"{words}, {label(shown)} ({dates(shown)})"
                field.widget.attrs["aria-label"] = words

    def clean_period(self):
        """A period that has begun is refused here, where it can be seen."""
        text = self.cleaned_data["period"]
        week_start = self.metric.workspace.week_start
        try:
            period = read_period(text, Cadence(self.metric.cadence), week_start)
        except PeriodUnclear as error:
            raise ValidationError(str(error)) from error
        check_regular(self.metric, period)
        check_not_begun(period, self.today)
        return period

    def clean(self):
        data = super().clean()
        expected, low, high = (data.get(name) for name in COLUMNS[1:])
        if expected is not None and low is not None and low > expected:
            self.add_error("low", _("Low lies above the expected number."))
        if expected is not None and high is not None and high < expected:
            self.add_error("high", _("High lies below the expected number."))
        return data

    @property
    def point(self):
        data = self.cleaned_data
        return PlannedPoint(
            data["period"].start,
            data["period"].end,
            data["expected"],
            data["low"],
            data["high"],
        )


class RowsForm(forms.Form):
    """Which periods the empty table begins with."""

    first = DayField(label=gettext_lazy("First period begins"), required=False)
    count = forms.IntegerField(
        label=gettext_lazy("How many periods"),
        required=False,
        min_value=1,
        max_value=MOST_ROWS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )


class PlanForm(forms.Form):
    """What belongs to the whole forecast. `pasted` replaces the table of rows."""

    rationale = forms.CharField(
        label=gettext_lazy("Why we believe it"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    pasted = forms.CharField(
        label=gettext_lazy("Or paste from a spreadsheet"),
        help_text=gettext_lazy(
            "One row for each period: period, expected, low, high. Low and high may "
            "be left out."
        ),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class RevisionForm(PlanForm):
    rationale = None
    reason = forms.CharField(
        label=gettext_lazy("What do we know now that we did not know then?"),
        max_length=2000,
        error_messages={
            "required": gettext_lazy("Say what we know now that we did not know then.")
        },
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    follows = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    field_order = ["reason", "pasted", "follows"]
