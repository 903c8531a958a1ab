"""The thresholds of a venture, each with a sentence that says what it does."""

from django import forms
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from core.numbers import show
from core.revisions import RevisedForm
from decisions.models import AlertSettings
from decisions.rules.thresholds import DEFAULTS

HELP = {
    "required_ratio": _(
        "Stop when what is left asks for so many times what the last three periods brought."
    ),
    "required_deviations": _(
        "And only when the whole record lies so many deviations behind the plan."
    ),
    "horizon_share": _(
        "And only between this part of the plan from its beginning and from its end."
    ),
    "slip_count": _("Stop when the same plan or date was moved so often."),
    "revision_floor": _(
        "Stop when the forecast in force is this part of the first one, or less."
    ),
    "overdue_days": _("Watch a number that is missing for longer than so many days."),
    "overdue_share": _("Or than this part of its period, whichever is longer."),
    "upside_share": _(
        "Review when all periods together come to more than so many times."
    ),
    "upside_deviations": _("And only when that is so many deviations above the plan."),
    "gap": _("Watch a claim that is so many points above what evidence supports."),
    "gap_days": _("And only when it has been so for so many days."),
    "claimed_from": _(
        "Watch a claim of so much or more that its own signal contradicts."
    ),
    "silence_days": _("Watch when nobody had a qualifying talk for so many days."),
    "review_days": _("Review after so many days without a decision or a planned stop."),
}


class ThresholdsForm(RevisedForm):
    class Meta:
        model = AlertSettings
        fields = tuple(HELP)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, words in HELP.items():
            field = self.fields[name]
            field.widget = forms.TextInput(
                attrs={"inputmode": "decimal", "class": "short"}
            )
            field.label = capfirst(field.label)
            default = show(getattr(DEFAULTS, name))
            field.help_text = format_lazy(_("{} Default: {}."), words, default)
