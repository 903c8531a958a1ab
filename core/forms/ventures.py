"""Forms about ventures and their teams."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

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
            "alarm_rate",
        ]
        widgets = {"first_shipped_on": forms.DateInput(attrs={"type": "date"})}


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
