"""What parts the classes of the gate, each with a sentence that says what it does."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from core.revisions import RevisedForm
from decisions.gate_limits import GateLimits
from decisions.models import GateSettings

HELP = {
    "small_share": _(
        "Below it, and out within 30 days, nothing is asked: class A. From it on, B."
    ),
    "modest_share": _(
        "Above it the gate holds until enough is known: class C. Up to it, it warns."
    ),
    "large_share": _(
        "Above it, if it cannot be taken back or binds for over a year: class D, with an "
        "advisor’s co-signature."
    ),
    "valid_days": _("For so many days after a passed check it may be signed."),
}
BOUNDS = _("{} From {} to {}. Default: {}.")


class GateSettingsForm(RevisedForm):
    class Meta:
        model = GateSettings
        fields = tuple(HELP)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, words in HELP.items():
            field, column = self.fields[name], GateSettings._meta.get_field(name)
            low, high = (one.limit_value for one in column.validators[:2])
            field.widget = forms.TextInput(
                attrs={"inputmode": "numeric", "class": "short"}
            )
            field.label = capfirst(field.label)
            field.help_text = format_lazy(BOUNDS, words, low, high, column.default)

    def clean(self):
        data = super().clean()
        names = list(HELP)[:3]
        shares = [data.get(name) for name in names]
        if None not in shares and not shares[0] < shares[1] < shares[2]:
            words = _("Each share has to be larger than the one before it.")
            at = names[1] if shares[1] <= shares[0] else names[2]
            self.add_error(at, ValidationError(words, code="order"))
        return data

    @property
    def limits(self) -> GateLimits:
        """Of a form that is valid."""
        return GateLimits(*(self.cleaned_data[name] for name in HELP))
