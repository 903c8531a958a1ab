"""Forms about what a quarter brought and cost."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms.money import LARGEST_MINOR, MoneyField, amounts_in, as_typed, minor
from core.forms.written import refuse_unseen
from core.weeks import Cadence, has_ended, label, period_of
from forecasts.actions.selling import FIRST_QUARTER, Cost, Sold, before_all
from forecasts.forms.actuals import KindField
from forecasts.forms.numbers import NumberField
from forecasts.models import CostLine, Rep, RepKind
from forecasts.periods import PeriodUnclear, read_period

KINDS = [(code, capfirst(words)) for code, words in RepKind.choices]
COSTS = [(code, capfirst(words)) for code, words in CostLine.Kind.choices]
LARGEST_TEAM = Decimal(999)


class PercentField(forms.IntegerField):
    """Part of full time; cleans to a Decimal of 0.05 to 1."""

    def __init__(self, *, least=5, **options):
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "short"}
        options.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(min_value=least, max_value=100, **options)

    def clean(self, value):
        text = str(value if value is not None else "").replace("%", "").strip()
        percent = super().clean(text)
        return None if percent is None else Decimal(percent) / 100


class QuarterField(forms.CharField):
    """A quarter that is over, such as 2026-Q3; cleans to its first day."""

    def __init__(self, *, today=None, **options):
        options.setdefault("label", gettext_lazy("Quarter"))
        options.setdefault("help_text", gettext_lazy("Such as 2026-Q3."))
        attrs = {"class": "short", "autocomplete": "off"}
        super().__init__(max_length=60, widget=forms.TextInput(attrs=attrs), **options)
        self.today = today

    def clean(self, value):
        text = super().clean(value)
        try:
            named = read_period(text, Cadence.QUARTERLY, 1)
        except PeriodUnclear as error:
            raise ValidationError(str(error)) from error
        period = period_of(named.start, Cadence.QUARTERLY)
        if named.end > period.end:
            raise ValidationError(_("This is more than one quarter."))
        if period.start < FIRST_QUARTER:
            raise ValidationError(before_all(period))
        if self.today is not None and not has_ended(period, self.today):
            words = _("%(quarter)s is not over: it ends on %(day)s.")
            told = {"quarter": label(period), "day": period.end.isoformat()}
            raise ValidationError(words, params=told)
        return period.start


class FiguresForm(forms.Form):
    """Amounts in the currency of `curve`, kept in minor units."""

    # form field → column
    money: dict[str, str] = {}

    def __init__(self, *args, curve, **options):
        super().__init__(*args, **options)
        self.curve = curve
        amounts_in(self, curve.currency)
        for name in self.money:
            self.fields[name].unit_before = curve.currency
            self.echo(name)

    def echo(self, name):
        """Says below the number what it would be taken for; only JavaScript does."""
        url = reverse(
            "forecasts:amount_echo", args=[self.curve.workspace.slug, self.curve.pk]
        )
        self.fields[name].widget.attrs |= {
            "hx-get": url,
            "hx-trigger": "input changed delay:400ms",
            "hx-target": f"#echo-{self.add_prefix(name)}",
            "hx-sync": "this:replace",
        }

    def clean(self):
        data = super().clean()
        for name, column in self.money.items():
            try:
                data[column] = minor(data.get(name), self.curve.currency)
            except ValidationError as error:
                self.add_error(name, error)
        return data


class SoldForm(FiguresForm):
    """What one rep sold in one quarter. Whoever leaves the margin empty says that it is
    not known; no refunds are none."""

    money = {
        "bookings": "bookings_minor",
        "revenue": "revenue_minor",
        "margin": "margin_minor",
        "refunds": "refunds_minor",
    }

    fte = PercentField(label=gettext_lazy("Part of full time, %"), initial=100)
    bookings = MoneyField(
        label=gettext_lazy("New bookings"),
        error_messages={"required": gettext_lazy("Enter the bookings.")},
    )
    revenue = MoneyField(
        label=gettext_lazy("Recognised revenue"),
        error_messages={"required": gettext_lazy("Enter the revenue.")},
    )
    margin = MoneyField(label=gettext_lazy("Gross margin"), required=False)
    refunds = MoneyField(label=gettext_lazy("Refunds"), required=False)

    def clean(self):
        data = super().clean()
        margin, revenue = data.get("margin_minor"), data.get("revenue_minor")
        if margin is not None and revenue is not None and margin > revenue:
            self.add_error("margin", _("The margin cannot be more than the revenue."))
        data["refunds_minor"] = data.get("refunds_minor") or 0
        return data

    @property
    def figures(self):
        names = ("fte", *self.money.values())
        return {name: self.cleaned_data.get(name) for name in names}

    def entry(self, rep, start, **more):
        return Sold(rep=rep, quarter_start=start, **self.figures | more)


class SoldEntryForm(SoldForm):
    """With the rep and the quarter, which the page asks beforehand."""

    quarter = QuarterField()
    rep = forms.ModelChoiceField(label=gettext_lazy("Rep"), queryset=Rep.objects.none())

    def __init__(self, *args, curve, today, **options):
        super().__init__(*args, curve=curve, **options)
        self.fields["quarter"].today = today
        reps = Rep.objects.filter(workspace=curve.workspace_id)
        self.fields["rep"].queryset = reps


class SoldCorrectionForm(SoldForm):
    """0 percent takes the quarter back."""

    fte = PercentField(
        label=gettext_lazy("Part of full time, %"),
        least=0,
        help_text=gettext_lazy(
            "0 if the rep did not sell here at all in this quarter."
        ),
    )
    bookings = MoneyField(label=gettext_lazy("New bookings"), required=False)
    revenue = MoneyField(label=gettext_lazy("Recognised revenue"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of rep, then"), choices=KINDS)
    value_kind = KindField()
    reason = forms.CharField(
        label=gettext_lazy("Why it changes"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why the figure changes.")},
        validators=[refuse_unseen],
    )

    def clean_fte(self):
        fte = self.cleaned_data["fte"]
        if fte and fte < Decimal("0.05"):
            raise ValidationError(_("At least 5 percent, or 0."))
        return fte

    def clean(self):
        data = super().clean()
        for name in ("bookings", "revenue"):
            is_empty = data.get(name) is None and name not in self.errors
            if data.get("fte") and is_empty:
                self.add_error(name, self.fields[name].error_messages["required"])
            if is_empty:
                data[self.money[name]] = 0
        return data

    @property
    def figures(self):
        more = {name: self.cleaned_data[name] for name in ("kind", "value_kind")}
        return super().figures | more


def sold_initial(row, currency):
    shown = {
        name: as_typed(getattr(row, column), currency)
        for name, column in SoldForm.money.items()
    }
    plain = {"kind": row.kind, "value_kind": row.value_kind}
    return shown | plain | {"fte": int(row.fte * 100)}


class CostForm(FiguresForm):
    """One line of one quarter. Sales engineering may be said as people times cost."""

    money = {"amount": "amount_minor", "se_cost": "se_cost_minor"}

    quarter = QuarterField()
    kind = forms.ChoiceField(label=gettext_lazy("Kind of cost"), choices=COSTS)
    rep = forms.ModelChoiceField(
        label=gettext_lazy("Of"), queryset=Rep.objects.none(), required=False
    )
    amount = MoneyField(
        label=gettext_lazy("Cost of the quarter"),
        required=False,
        help_text=gettext_lazy("Of these three months, not of a year."),
    )
    se_fte = NumberField(
        label=gettext_lazy("Or, of sales engineering: how many people"), required=False
    )
    se_cost = MoneyField(
        label=gettext_lazy("and the loaded cost of one, for the quarter"),
        required=False,
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)
    value_kind = KindField()

    def __init__(self, *args, curve, today, **options):
        super().__init__(*args, curve=curve, **options)
        self.fields["quarter"].today = today
        reps = Rep.objects.filter(workspace=curve.workspace_id)
        self.fields["rep"].queryset = reps
        self.fields["rep"].empty_label = _("all reps but founders, by their time")
        self.fields["rep"].label_from_instance = lambda rep: rep.name

    def clean_se_fte(self):
        people = self.cleaned_data["se_fte"]
        if people is None:
            return None
        if not 0 <= people <= LARGEST_TEAM:
            raise ValidationError(_("That is no number of people."))
        return people.quantize(Decimal("0.01"))

    def clean(self):
        data = super().clean()
        people, cost = data.get("se_fte"), data.get("se_cost_minor")
        if data.get("kind") != CostLine.Kind.SALES_ENGINEERING:
            if people is not None or cost is not None:
                words = _("Only sales engineering is said as people times cost.")
                self.add_error("kind", words)
            return self.with_amount(data)
        if (people is None) != (cost is None):
            self.add_error(
                "se_fte" if people is None else "se_cost",
                _("Say how many people, and what one costs."),
            )
        elif people is not None:
            self.multiply(data, people, cost)
        return self.with_amount(data)

    def multiply(self, data, people, cost):
        product = int((people * cost).to_integral_value())
        typed = data.get("amount_minor")
        if product > LARGEST_MINOR:
            self.add_error("se_cost", _("This is far too much money."))
        if typed is not None and typed != product:
            words = _("That is not people times cost: leave one of them empty.")
            self.add_error("amount", words)
        data["amount_minor"] = product

    def with_amount(self, data):
        if data.get("amount_minor") is None and not self.errors:
            self.add_error("amount", _("Say what it came to."))
        return data

    @property
    def figures(self):
        names = ("amount_minor", "rep", "se_fte", "se_cost_minor", "note", "value_kind")
        return {name: self.cleaned_data.get(name) for name in names}

    def entry(self, **more):
        data = self.cleaned_data
        figures = self.figures | more
        return Cost(quarter_start=data["quarter"], kind=data["kind"], **figures)


class CostCorrectionForm(CostForm):
    """The quarter, the kind and whose it is stay: they say which line it is."""

    reason = forms.CharField(
        label=gettext_lazy("Why it changes"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why the figure changes.")},
        validators=[refuse_unseen],
    )

    def __init__(self, *args, line, **options):
        super().__init__(*args, **options)
        self.line = line
        for name in ("quarter", "kind", "rep"):
            del self.fields[name]
        if line.kind != CostLine.Kind.SALES_ENGINEERING:
            for name in ("se_fte", "se_cost"):
                del self.fields[name]
        self.fields["amount"].help_text = _("0 takes the line back.")

    def clean(self):
        self.cleaned_data["kind"] = self.line.kind
        return super().clean()

    @property
    def figures(self):
        return {name: value for name, value in super().figures.items() if name != "rep"}


def cost_initial(row, currency):
    return {
        "amount": ""
        if row.se_fte is not None
        else as_typed(row.amount_minor, currency),
        "se_fte": row.se_fte,
        "se_cost": as_typed(row.se_cost_minor, currency),
        "note": row.note,
        "value_kind": row.value_kind,
    }
