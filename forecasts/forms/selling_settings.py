"""What parts the phases of selling, each with a sentence that says what it does."""

from django import forms
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from core.revisions import RevisedForm
from forecasts.models import SellingSettings

HELP = {
    "traction_multiple": _(
        "A yield of so many times what a rep costs, two quarters in a row, is traction: "
        "from there on it is time to scale."
    ),
    "initiation_cap": _(
        "While the company learns, so many reps by full time and no more."
    ),
    "transition_growth": _(
        "After break-even there may be so many percent more reps than two quarters ago."
    ),
    "hysteresis": _(
        "A curve falls back a phase only where its yield is so many percent below what "
        "brought it there."
    ),
    "whale_share": _(
        "A quarter counts for the next phase only where no deal is a larger part of its "
        "revenue."
    ),
    "margin_switch": _(
        "Below this gross margin what is left of the revenue is compared with the cost, "
        "not the revenue."
    ),
}
BOUNDS = _("{} From {} to {}. Default: {}.")


class SellingSettingsForm(RevisedForm):
    class Meta:
        model = SellingSettings
        fields = tuple(HELP)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, words in HELP.items():
            field, column = self.fields[name], SellingSettings._meta.get_field(name)
            low, high = (one.limit_value for one in column.validators[:2])
            field.widget = forms.TextInput(
                attrs={"inputmode": "decimal", "class": "short"}
            )
            field.label = capfirst(field.label)
            field.help_text = format_lazy(BOUNDS, words, low, high, column.default)
