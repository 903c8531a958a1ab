"""Forms about curves and reps."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms.days import DayField
from core.forms.ventures import CURRENCY
from core.models import Membership, User
from core.revisions import RevisedForm
from discovery.models import Segment
from forecasts.forms.selling import KINDS
from forecasts.models import Rep, SalesCurve


class CurveForm(RevisedForm):
    currency = forms.CharField(
        label=gettext_lazy("Currency"),
        max_length=3,
        validators=[CURRENCY],
        help_text=gettext_lazy(
            "Of all figures of this curve. It stays once there are any."
        ),
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    ready_on = DayField(
        label=gettext_lazy("Ready for sale since"),
        required=False,
        help_text=gettext_lazy("Empty while founders sell and the beta is not done."),
    )

    class Meta:
        model = SalesCurve
        fields = ["product", "channel", "segment", "currency", "ready_on"]
        help_texts = {
            "channel": gettext_lazy("Such as direct, by partners, or on the site."),
        }

    def __init__(self, *args, workspace, **options):
        super().__init__(*args, **options)
        self.workspace = workspace
        self.fields["segment"].queryset = Segment.objects.in_workspace(workspace)
        self.fields["segment"].empty_label = _("all segments")
        if self.instance._state.adding:
            self.fields["currency"].initial = workspace.currency

    def made_with(self):
        return {"workspace": self.workspace}

    def _post_clean(self):
        """The action writes the fields, so the instance is left as it is."""


class RepForm(RevisedForm):
    started_on = DayField(
        label=gettext_lazy("Sells since"),
        error_messages={"required": gettext_lazy("Give the day.")},
    )
    ramp_months = forms.IntegerField(
        label=gettext_lazy("Months to ramp"),
        min_value=0,
        max_value=24,
        initial=3,
        help_text=gettext_lazy(
            "Until then a rep is learning to sell, and is left out of the yield."
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    left_on = DayField(label=gettext_lazy("Left on"), required=False)

    class Meta:
        model = Rep
        fields = ["name", "kind", "user", "started_on", "ramp_months", "left_on"]
        widgets = {"kind": forms.RadioSelect}
        help_texts = {
            "kind": gettext_lazy(
                "A Renaissance rep finds out how to sell; an enlightened one helps to "
                "write it down; a coin-operated one sells what is written."
            ),
        }

    def __init__(self, *args, workspace, **options):
        super().__init__(*args, **options)
        self.workspace = workspace
        team = Membership.objects.in_workspace(workspace).current()
        users = User.objects.filter(pk__in=team.values("user"))
        self.fields["user"].queryset = users.order_by("name", "pk")
        self.fields["user"].empty_label = _("none")
        self.fields["kind"].choices = KINDS

    def made_with(self):
        return {"workspace": self.workspace}

    def clean(self):
        data = super().clean()
        began, left = data.get("started_on"), data.get("left_on")
        if began and left and left < began:
            self.add_error("left_on", _("That is before the first day."))
        return data

    def _post_clean(self):
        """The action writes the fields, so the instance is left as it is."""
