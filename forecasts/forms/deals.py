"""Forms about deals and the steps they take. Pages, tables and the API pass them alike."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms.days import DayField
from core.forms.money import MoneyField, amounts_in, as_typed, minor
from core.forms.ventures import CURRENCY
from core.forms.written import refuse_unseen
from core.revisions import RevisedForm, differing
from discovery.models import BuyingRole
from forecasts.deals import DealFilter
from forecasts.models import Deal, Rep, SalesCurve

OUTCOMES = [(code, capfirst(words)) for code, words in Deal.Outcome.choices]
ROLES = [
    ("", "–"),
    *((code, capfirst(words)) for code, words in BuyingRole.Role.choices),
]
MONEY = {"list_price": "list_minor", "paid": "paid_minor"}
OPEN = Deal.Outcome.OPEN


class DealForm(RevisedForm):
    """Amounts are typed in whole units and kept in minor ones of the currency beside
    them, which need not be the curve's."""

    organisation_name = forms.CharField(
        label=gettext_lazy("Organisation"),
        max_length=200,
        required=False,
        validators=[refuse_unseen],
    )
    currency = forms.CharField(
        label=gettext_lazy("Currency"),
        max_length=3,
        validators=[CURRENCY],
        help_text=gettext_lazy(
            "In another one than the curve’s it is shown apart, and added to nothing."
        ),
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    list_price = MoneyField(
        label=gettext_lazy("At list price"),
        required=False,
        help_text=gettext_lazy("What it would cost without any discount."),
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        choices=OUTCOMES,
        initial=OPEN,
        widget=forms.RadioSelect,
    )
    paid = MoneyField(
        label=gettext_lazy("Price agreed"),
        required=False,
        help_text=gettext_lazy("Once it is won."),
    )
    opened_on = DayField(
        label=gettext_lazy("Opened on"),
        error_messages={"required": gettext_lazy("Give the day.")},
    )
    expected_on = DayField(label=gettext_lazy("Close expected on"), required=False)
    closed_on = DayField(label=gettext_lazy("Closed on"), required=False)
    champion = forms.ChoiceField(
        label=gettext_lazy("Role of the champion"), choices=ROLES, required=False
    )

    class Meta:
        model = Deal
        fields = ["title", "curve", "rep", "outside_id", "reasons"]
        widgets = {
            "reasons": forms.Textarea(attrs={"rows": 3}),
            "outside_id": forms.TextInput(attrs={"class": "short"}),
        }
        labels = {"title": gettext_lazy("Name of the deal")}

    field_order = [
        *("title", "organisation_name", "curve", "rep", "opened_on", "expected_on"),
        *("currency", "list_price", "outcome", "closed_on", "paid", "reasons"),
        *("champion", "outside_id"),
    ]

    def __init__(self, *args, workspace, today, **options):
        super().__init__(*args, **options)
        self.workspace, self.today = workspace, today
        curves = SalesCurve.objects.in_workspace(workspace)
        if self.instance._state.adding:
            curves = curves.open()
            self.fields["currency"].initial = workspace.currency
        self.fields["curve"].queryset = curves
        self.fields["curve"].empty_label = None
        self.fields["rep"].queryset = Rep.objects.in_workspace(workspace)
        self.fields["rep"].empty_label = _("nobody")
        self.fields["rep"].label_from_instance = lambda rep: rep.name
        amounts_in(self, self.data.get("currency", ""))
        for name, value in self.kept().items():
            self.fields[name].initial = value

    def made_with(self):
        return {"workspace": self.workspace, "today": self.today}

    def kept(self):
        row = self.instance
        if row._state.adding:
            return {}
        plain = ("currency", "outcome", "opened_on", "expected_on", "closed_on")
        shown = {name: getattr(row, name) for name in (*plain, "champion")}
        for name, column in MONEY.items():
            shown[name] = as_typed(getattr(row, column), row.currency)
        firm = row.organisation
        return shown | {"organisation_name": firm.name if firm else ""}

    def clean_organisation_name(self):
        return " ".join(self.cleaned_data["organisation_name"].split())

    def clean(self):
        data = super().clean()
        for name, column in MONEY.items():
            try:
                data[column] = minor(data.get(name), data.get("currency", ""))
            except ValidationError as error:
                self.add_error(name, error)
        self.check_end(data)
        for name in ("opened_on", "closed_on"):
            day = data.get(name)
            if day is not None and day > self.today:
                self.add_error(name, _("This day is in the future."))
        opened, closed = data.get("opened_on"), data.get("closed_on")
        if opened and closed and closed < opened:
            self.add_error("closed_on", _("It closed before it was opened."))
        return data

    def check_end(self, data):
        is_open = data.get("outcome") == OPEN
        if is_open and data.get("closed_on"):
            self.add_error("closed_on", _("Say whether it was won or lost."))
        if is_open and data.get("paid") is not None:
            self.add_error("paid", _("An open deal has no price agreed yet."))
        is_over = data.get("outcome") and not is_open
        if is_over and not data.get("closed_on") and "closed_on" not in self.errors:
            self.add_error("closed_on", _("On which day was it won or lost?"))
        if data.get("outcome") == Deal.Outcome.LOST and data.get("paid"):
            self.add_error("paid", _("Nothing is paid for a deal that was lost."))

    @property
    def said(self):
        """For the action: columns alone."""
        data = self.cleaned_data
        return {name: value for name, value in data.items() if name not in MONEY}

    def _post_clean(self):
        """The action writes the fields, so the instance is left as it is."""


class StepForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Step"),
        max_length=120,
        error_messages={"required": gettext_lazy("Name the step.")},
        validators=[refuse_unseen],
    )
    on = DayField(
        label=gettext_lazy("Reached on"),
        error_messages={"required": gettext_lazy("Give the day.")},
    )

    # steps other deals took, which the page offers
    known: tuple[str, ...] = ()

    def __init__(self, *args, today=None, **options):
        super().__init__(*args, **options)
        self.today = today

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())

    def clean_on(self):
        day = self.cleaned_data["on"]
        if self.today is not None and day > self.today:
            words = _("A step is written down when it was reached.")
            raise ValidationError(words)
        return day


class StepCorrectionForm(StepForm):
    name = forms.CharField(
        label=gettext_lazy("Step"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Empty takes the step back."),
        validators=[refuse_unseen],
    )
    reason = forms.CharField(
        label=gettext_lazy("Why it changes"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why the step changes.")},
        validators=[refuse_unseen],
    )

    def against(self, standing):
        """What stands now and what was typed, where they differ."""
        stands = {"name": standing.name, "on": standing.on, "reason": standing.reason}
        return tuple(differing(self, StepCorrectionForm(initial=stands)))


class RevForm(forms.Form):
    """A page that shows a row, and a button."""

    rev = forms.IntegerField(widget=forms.HiddenInput)


class DealFilterForm(forms.Form):
    q = forms.CharField(
        label=gettext_lazy("Name or id"), required=False, max_length=120
    )
    curve = forms.ModelChoiceField(
        label=gettext_lazy("Curve"), queryset=SalesCurve.objects.none(), required=False
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        choices=[("", gettext_lazy("Every outcome")), *OUTCOMES],
        required=False,
    )

    def __init__(self, *args, workspace, **options):
        super().__init__(*args, **options)
        self.fields["curve"].queryset = SalesCurve.objects.in_workspace(workspace)
        self.fields["curve"].empty_label = _("All curves")

    @property
    def wanted(self):
        """What can be read of it; a field that cannot be leaves everything in."""
        data = getattr(self, "cleaned_data", {})
        curve = data.get("curve")
        return DealFilter(
            q=data.get("q") or "",
            curve=curve.pk if curve else None,
            outcome=data.get("outcome") or "",
        )
