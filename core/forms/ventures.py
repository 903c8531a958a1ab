"""Forms about ventures and their teams."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from core.forms.days import DayField
from core.forms.money import MoneyField, amounts_in, as_typed, minor
from core.models import Role, Workspace
from core.revisions import RevisedForm
from core.zones import ZoneField

CURRENCY = RegexValidator(
    r"^[A-Z]{3}$", _("A currency has three capital letters, such as USD or EUR.")
)


class VentureForm(RevisedForm):
    """What founders say when they begin; everything else has a default."""

    name = forms.CharField(label=_("Name of the venture"), max_length=120)
    timezone = ZoneField()
    currency = forms.CharField(
        label=_("Currency"), max_length=3, initial="USD", validators=[CURRENCY]
    )

    class Meta:
        model = Workspace
        fields = ["name", "timezone", "currency", "week_start"]


class SettingsForm(VentureForm):
    alarm_rate = forms.DecimalField(
        label=_("False alarms allowed, in percent"),
        help_text=_(
            "How often a healthy metric may wrongly say stop while its plan lasts. "
            "1 % is the default; less is quieter and slower."
        ),
        min_value=0.1,
        max_value=5,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    cash_in_hand = MoneyField(
        label=_("Cash in hand"),
        required=False,
        help_text=_(
            "In the currency of the venture. What a commitment needs before it is "
            "signed depends on its share of this; without it the strictest is asked."
        ),
    )

    class Meta(VentureForm.Meta):
        fields = [
            "name",
            "stage",
            "market_type",
            "sells_to_businesses",
            "first_shipped_on",
            "timezone",
            "week_start",
            "currency",
            "cash_as_of",
            "alarm_rate",
        ]
        labels = {"cash_as_of": _("Cash counted on")}
        field_classes = {"first_shipped_on": DayField, "cash_as_of": DayField}

    field_order = [*Meta.fields[:-2], "cash_in_hand"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        stands = self.instance
        shown = as_typed(stands.cash_in_hand_minor, stands.currency)
        self.fields["cash_in_hand"].initial = shown
        amounts_in(self, self.data.get("currency", stands.currency))

    def clean(self):
        """The amount is kept in minor units of the currency beside it, with its day."""
        data = super().clean()
        cash, day = data.get("cash_in_hand"), data.get("cash_as_of")
        if cash is not None and day is None and "cash_as_of" not in self.errors:
            self.add_error("cash_as_of", now_("On which day was it counted?"))
        if cash is None and day is not None and "cash_in_hand" not in self.errors:
            self.add_error("cash_in_hand", now_("How much was it on that day?"))
        try:
            data["cash_in_hand_minor"] = minor(cash, data.get("currency", ""))
        except ValidationError as error:
            self.add_error("cash_in_hand", error)
        return data


class InvitationForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=Role, initial=Role.FOUNDER)

    def __init__(self, *args, may_make_owners=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_make_owners:
            self.fields["role"].choices = [
                (value, label) for value, label in Role.choices if value != Role.OWNER
            ]


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role)
