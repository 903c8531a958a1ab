"""Forms about what is measured."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import Membership, Permission, User
from core.numbers import editable
from core.revisions import RevisedForm
from discovery.models import Segment
from forecasts.actions.metrics import MEANING
from forecasts.forms.numbers import NumberField
from forecasts.models import Metric

LEAST_TOLERANCE, MOST_TOLERANCE = Decimal(1), Decimal(60)


class MetricForm(RevisedForm):
    """`has_numbers`: the meaning of a metric with numbers is not asked any more."""

    tolerance = NumberField(
        label=gettext_lazy("Tolerance"),
        unit="%",
        help_text=gettext_lazy(
            "How far the mean may stay off the forecast before the plan counts as "
            "missed. 10 % is the default."
        ),
    )

    class Meta:
        model = Metric
        fields = [
            "name",
            "definition",
            "unit",
            "kind",
            "direction",
            "cadence",
            "tolerance",
            "segment",
            "owner",
            "is_vanity",
        ]
        widgets = {
            "definition": forms.Textarea(attrs={"rows": 3}),
            "unit": forms.TextInput(attrs={"class": "short"}),
        }
        help_texts = {
            "definition": gettext_lazy(
                "So that two people counting alone get the same number."
            ),
            "unit": gettext_lazy("Such as orders/day, paying clinics, EUR or %."),
            "direction": gettext_lazy("A departure to the good side never alarms."),
            "owner": gettext_lazy("Enters the numbers, and answers for them."),
            "is_vanity": gettext_lazy(
                "Downloads, sign-ups, press: nice to see, no evidence."
            ),
        }

    def __init__(self, *args, workspace, has_numbers=False, **options):
        super().__init__(*args, **options)
        self.workspace, self.has_numbers = workspace, has_numbers
        segments = Segment.objects.in_workspace(workspace)
        self.fields["segment"].queryset = segments
        self.fields["segment"].empty_label = _("all segments")
        self.fields["owner"].queryset = may_own(workspace)
        self.fields["owner"].required = False
        self.fields["owner"].label = _("Owner")
        self.fields["owner"].empty_label = _("nobody yet")
        share = Decimal(
            "0.1" if self.instance._state.adding else self.instance.tolerance
        )
        self.initial["tolerance"] = editable(share * 100)
        if has_numbers:
            for name in MEANING:
                del self.fields[name]

    def clean_name(self):
        """The constraint names the workspace, which is not in the form."""
        name = self.cleaned_data["name"]
        twins = Metric.objects.in_workspace(self.workspace).open().filter(name=name)
        if twins.exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("There is a metric of this name already."))
        return name

    def clean_tolerance(self):
        percent = self.cleaned_data["tolerance"]
        if not LEAST_TOLERANCE <= percent <= MOST_TOLERANCE:
            raise ValidationError(_("The tolerance lies between 1 % and 60 %."))
        return (percent / 100).quantize(Decimal("0.001"))

    def made_with(self):
        return {"workspace": self.workspace, "has_numbers": self.has_numbers}

    def _post_clean(self):
        """The action writes the fields, so the instance is left as it is."""


def may_own(workspace):
    members = (
        Membership.objects.in_workspace(workspace)
        .current()
        .with_permission(Permission.PLAN)
    )
    return User.objects.filter(pk__in=members.values("user")).order_by("name", "pk")


class CloseForm(forms.Form):
    """Nothing is asked; it carries the action's refusal."""
