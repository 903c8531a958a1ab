"""A new version of the model, and evidence taken over into it."""

from django import forms
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from discovery.models import ModelVersion, Segment
from milestones.actions.versions import SHORTEST_CHANGE
from milestones.course import AFFECTS


class VersionForm(forms.Form):
    """`follows`: the version that was the newest when the form was drawn."""

    changes = forms.MultipleChoiceField(
        label=_("What changes"),
        choices=ModelVersion.Change.choices,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "cards"}),
        error_messages={"required": _("Choose what changes.")},
    )
    what_changed = forms.CharField(
        label=_("Why, and what we believe now"),
        min_length=SHORTEST_CHANGE,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What did we believe before, and what taught us better?"),
        error_messages={"required": _("Say what changes and why.")},
    )
    dropped_segments = forms.ModelMultipleChoiceField(
        label=_("Segments that end"),
        queryset=Segment.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What was learned there stays readable under its version."),
    )
    new_segment_name = forms.CharField(
        label=_("A new segment"), required=False, max_length=120
    )
    follows = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, workspace, **kwargs):
        super().__init__(*args, **kwargs)
        segments = Segment.objects.in_workspace(workspace)
        segments = segments.exclude(status=Segment.Status.DROPPED)
        field = self.fields["dropped_segments"]
        field.queryset = segments.order_by("created_at", "pk")
        self.fields["what_changed"].counts = SHORTEST_CHANGE
        self.fields["changes"].choices = [
            (change.value, in_full(change)) for change in ModelVersion.Change
        ]


def in_full(change):
    """What changes, and what that asks again."""
    return format_html(
        '<span>{}<br><span class="muted small">{}</span></span>',
        capfirst(change.label),
        asks(change),
    )


def asks(change):
    numbers = sorted(AFFECTS[change])
    if len(numbers) == 11:
        return now_("Asks all eleven questions again.")
    listed = ", ".join(map(str, numbers[:-1]))
    return now_("Asks questions %(listed)s and %(last)s again.") % {
        "listed": listed,
        "last": numbers[-1],
    }


class CarryForm(forms.Form):
    """`left`: links that can be carried; the page draws the boxes. `carried`: those that
    were, which a page drawn before still sends. `new` of what was chosen are the first.
    """

    links = forms.MultipleChoiceField(
        label=_("Evidence"),
        error_messages={"required": _("Choose what still holds.")},
    )

    def __init__(self, *args, left, carried, **kwargs):
        super().__init__(*args, **kwargs)
        self.left = {str(link.pk) for link in left}
        known = (*left, *carried)
        self.fields["links"].choices = [(str(link.pk), str(link)) for link in known]

    @property
    def new(self):
        return self.left.intersection(self.cleaned_data["links"])
