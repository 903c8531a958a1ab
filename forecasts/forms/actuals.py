"""Forms about what happened. Page, paste and file rows pass the same one."""

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.spreadsheets import read_table
from core.tables import MAX_BYTES
from core.weeks import Cadence, Period, dates, has_ended, label, period_of
from forecasts.forms.numbers import NumberField, NumberForm
from forecasts.models import Metric, ValueKind
from forecasts.periods import PeriodUnclear, how_written, read_period


class KindField(forms.ChoiceField):
    """How a figure is known: by code or by word, `measured` when nothing is said."""

    def __init__(self, **options):
        options.setdefault("label", gettext_lazy("How it is known"))
        options.setdefault("initial", ValueKind.MEASURED)
        super().__init__(choices=ValueKind, required=False, **options)

    def to_python(self, value):
        text = super().to_python(value).strip().casefold()
        words = {str(word).casefold(): code for code, word in ValueKind.choices}
        return words.get(text, text) or ValueKind.MEASURED


class ActualForm(NumberForm):
    """One number for one period of `metric`.

    `planned` holds the (start, end) of every period that was ever forecast: an
    irregular one takes the number of the day or month it lies in.
    """

    period = forms.CharField(
        label=gettext_lazy("Period"),
        max_length=60,
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    value = NumberField(label=gettext_lazy("Number"))
    value_kind = KindField()
    source = forms.CharField(
        label=gettext_lazy("Source"), required=False, max_length=300
    )

    def __init__(self, *args, metric, today, planned=(), **options):
        super().__init__(*args, **options)
        self.metric, self.today, self.planned = metric, today, planned
        self.fields["value"].unit = metric.unit
        self.fields["period"].help_text = how_written(Cadence(metric.cadence))

    def clean_period(self):
        text = self.cleaned_data["period"]
        cadence = Cadence(self.metric.cadence)
        week_start = self.metric.workspace.week_start
        try:
            named = read_period(text, cadence, week_start)
        except PeriodUnclear as error:
            raise ValidationError(str(error)) from error
        period = planned_period(named, self.planned)
        is_known = (period.start, period.end) in self.planned
        if not is_known and period != period_of(period.start, cadence, week_start):
            raise ValidationError(
                _("%(dates)s is not one %(period)s."),
                params={"dates": dates(period), "period": cadence.period_name},
            )
        if not has_ended(period, self.today):
            raise ValidationError(
                _("%(label)s is not over: it ends on %(day)s."),
                params={"label": label(period), "day": period.end.isoformat()},
            )
        return period


def echo_typed(form):
    """Says below the number what it would be taken for; only JavaScript does."""
    metric, field = form.metric, form["value"]
    url = reverse("forecasts:number_echo", args=[metric.workspace.slug, metric.pk])
    field.field.widget.attrs |= {
        "hx-get": url,
        "hx-trigger": "input changed delay:400ms",
        "hx-target": f"#echo-{field.html_name}",
        "hx-sync": "this:replace",
    }


def planned_period(named, planned):
    """The forecast's own period inside the one that was named, if there is just one."""
    if (named.start, named.end) in planned:
        return named
    inside = [
        (start, end)
        for start, end in planned
        if named.start <= start and end <= named.end
    ]
    return Period(named.cadence, *inside[0]) if len(inside) == 1 else named


class CorrectionForm(NumberForm):
    value = NumberField(label=gettext_lazy("The number as it is now known"))
    reason = forms.CharField(
        label=gettext_lazy("Why it changes"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    value_kind = KindField()
    source = forms.CharField(
        label=gettext_lazy("Source"), required=False, max_length=300
    )

    def __init__(self, *args, metric, **options):
        super().__init__(*args, **options)
        self.metric = metric
        self.fields["value"].unit = metric.unit


class ImportForm(forms.Form):
    """Pasted cells or a file; or `staged`, the same cells as they were checked."""

    pasted = forms.CharField(
        label=gettext_lazy("Paste the cells here"),
        help_text=gettext_lazy(
            "Copy the cells in your spreadsheet, with the row of headings, and paste."
        ),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "class": "cells"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or choose a file"),
        help_text=gettext_lazy("CSV or Excel (.xlsx), at most 10 MB and 10,000 rows."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    metric = forms.ModelChoiceField(
        label=gettext_lazy("The numbers are for"),
        queryset=Metric.objects.none(),
        required=False,
    )

    staged = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def __init__(self, *args, workspace, **options):
        super().__init__(*args, **options)
        metrics = Metric.objects.in_workspace(workspace).open()
        self.fields["metric"].queryset = metrics
        self.fields["metric"].empty_label = _("the metrics the headings name")

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file is not None and file.size > MAX_BYTES:
            raise ValidationError(
                _("The file is larger than 10 MB. Split it in parts.")
            )
        return file

    def clean(self):
        data = super().clean()
        texts = [data.get(name, "").strip() for name in ("pasted", "staged")]
        given = [*texts, data.get("file")]
        if not self.errors and sum(map(bool, given)) != 1:
            raise ValidationError(
                _("Paste the cells, or choose a file: one of the two.")
            )
        return data

    def table(self):
        """The cells, read. Raises SpreadsheetRefused."""
        data = self.cleaned_data
        if data["file"]:
            return read_table(data["file"].read(), data["file"].name)
        return read_table(data["staged"] or data["pasted"])
