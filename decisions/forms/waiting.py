"""Taking an alert up, and putting it off."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.days import day_field
from core.models import Membership, Permission
from decisions.actions.waiting import SHORTEST_REASON
from decisions.models import Snooze


class TakeUpForm(forms.Form):
    owner = forms.ModelChoiceField(
        queryset=None, label=_("Who answers for it"), empty_label=None
    )
    evaluate_by = day_field(_("Evaluated by"), required=True)

    def __init__(self, *args, workspace, **kwargs):
        super().__init__(*args, **kwargs)
        team = Membership.objects.in_workspace(workspace).current()
        deciding = team.with_permission(Permission.DECIDE)
        user = Membership._meta.get_field("user").related_model
        self.fields["owner"].queryset = user.objects.filter(
            pk__in=deciding.values("user")
        ).order_by("name", "email")


class SnoozeForm(forms.Form):
    until = day_field(
        _("Until"), required=True, help_text=_("Within the next seven days.")
    )
    reason = forms.CharField(
        label=_("Why it can wait"),
        min_length=SHORTEST_REASON,
        max_length=Snooze._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody who looks at the venture reads it, advisors too."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].counts = SHORTEST_REASON
