"""What lists can be narrowed to. Unknown keys are refused, so a typo shows no more."""

from django import forms
from django.core.exceptions import BadRequest
from django.utils.translation import gettext_lazy as _

from core.models import User
from discovery.models import Segment
from interviews.models import Interview

SHOWN_BY = ("page", "sort", "format")


class Filters(forms.Form):
    """Bound to the query string; a value nobody could have chosen is a bad request."""

    sorts: tuple[str, ...] = ()

    def __init__(self, query, *, workspace):
        unknown = set(query) - {*self.base_fields, *SHOWN_BY}
        if unknown:
            raise BadRequest(f"unknown filters: {', '.join(sorted(unknown))}")
        super().__init__(query, auto_id="id_%s")
        self.narrow(workspace)
        self.sort = query.get("sort") or self.sorts[0]
        if not self.is_valid() or self.sort.removeprefix("-") not in self.sorts:
            raise BadRequest("a filter has no such value")

    def narrow(self, workspace):
        """Choices come from the venture alone."""

    @property
    def is_set(self):
        return any(self.cleaned_data.values())


class CustomerFilters(Filters):
    sorts = ("name", "organisation", "last_talk", "quotes")

    q = forms.CharField(
        label=_("Search name or organisation"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    segment = forms.ModelChoiceField(
        Segment.objects.none(),
        label=_("Segment"),
        required=False,
        empty_label=_("All segments"),
    )

    def narrow(self, workspace):
        self.fields["segment"].queryset = Segment.objects.in_workspace(workspace)


class TalkFilters(Filters):
    sorts = ("-held_at", "held_at")

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("All kinds")), *Interview.Kind.choices],
        required=False,
    )
    qualifies = forms.ChoiceField(
        label=_("Counts"),
        choices=[("", _("All")), ("yes", _("Counts")), ("no", _("Does not count"))],
        required=False,
    )
    by = forms.ModelChoiceField(
        User.objects.none(),
        label=_("By"),
        required=False,
        empty_label=_("Everybody"),
    )

    def narrow(self, workspace):
        team = User.objects.filter(memberships__workspace=workspace)
        self.fields["by"].queryset = team.order_by("name", "pk")
