"""Planning, moving and reaching a checkpoint; holding a stop."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.days import DayField
from milestones.actions.checkpoints import (
    SHORTEST_FINDING,
    SHORTEST_LESSON,
    SHORTEST_REASON,
)
from milestones.course import LEARNING, PRODUCT
from milestones.models import Checkpoint

LABELS = dict(Checkpoint.Kind.choices)


class PlanForm(forms.Form):
    """`unplanned`: kinds that the version does not have yet."""

    kind = forms.ChoiceField(
        label=_("Checkpoint"),
        help_text=_("A checkpoint of the product brings its learning review with it."),
        error_messages={"required": _("Choose a checkpoint.")},
    )
    planned_on = DayField(
        label=_("Planned for"), error_messages={"required": _("Give the day.")}
    )

    def __init__(self, *args, unplanned=tuple(LABELS), **kwargs):
        super().__init__(*args, **kwargs)
        groups = ((_("Product"), PRODUCT), (_("Learning"), LEARNING))
        self.fields["kind"].choices = [
            ("", _("Choose")),
            *(
                (name, [(kind, LABELS[kind]) for kind in kinds if kind in unplanned])
                for name, kinds in groups
            ),
        ]


class MoveForm(forms.Form):
    """`follows_on`: the day it was planned for when the form was drawn."""

    to_on = DayField(
        label=_("Planned for"), error_messages={"required": _("Give the new day.")}
    )
    reason = forms.CharField(
        label=_("Why it moves"),
        min_length=SHORTEST_REASON,
        max_length=500,
        help_text=_("Every move stays on the page, with its reason."),
        error_messages={"required": _("Say why it moves, in a few words.")},
    )
    follows_on = forms.DateField(widget=forms.HiddenInput)


class ReachForm(forms.Form):
    """Of a learning review what was learned is the point."""

    reached_on = DayField(
        label=_("Reached on"), error_messages={"required": _("Give the day.")}
    )
    finding = forms.CharField(
        label=_("What we found"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args, is_review=False, **kwargs):
        super().__init__(*args, **kwargs)
        if is_review:
            field = self.fields["finding"]
            field.required, field.label = True, _("What we learned")
            field.counts = SHORTEST_LESSON
            words = _("Say what you learned, in at least 40 characters.")
            field.error_messages["required"] = words


class HoldForm(forms.Form):
    held_on = DayField(
        label=_("Held on"), error_messages={"required": _("Give the day.")}
    )
    finding = forms.CharField(
        label=_("What we looked at, and what follows"),
        min_length=SHORTEST_FINDING,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Say what you looked at and what follows.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["finding"].counts = SHORTEST_FINDING
