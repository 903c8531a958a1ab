"""What lists can be narrowed to. Unknown keys are refused, so a typo shows no more."""

from django import forms
from django.core.exceptions import BadRequest
from django.utils.translation import gettext_lazy as _

from core.forms.days import DayField
from core.models import User
from discovery.models import BuyingRole, Segment, Source
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
    sorts = ("name", "organisation", "last_talk", "quotes", "next_step", "rung")

    q = forms.CharField(
        label=_("Name, organisation, e-mail, next step, words in notes"),
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
    rung = forms.ChoiceField(
        label=_("Rungs of the ladder"),
        choices=[("", _("Any")), *((str(n), str(n)) for n in range(6))],
        required=False,
    )
    source = forms.ChoiceField(
        label=_("Source"),
        choices=[("", _("All sources")), *Source.choices],
        required=False,
    )
    role = forms.ChoiceField(
        label=_("In the purchase"),
        choices=[("", _("All roles")), *BuyingRole.Role.choices],
        required=False,
    )
    untalked = forms.BooleanField(label=_("No interview yet"), required=False)
    quiet = forms.BooleanField(label=_("Gone quiet"), required=False)
    archived = forms.BooleanField(label=_("Archive"), required=False)

    def narrow(self, workspace):
        self.fields["segment"].queryset = Segment.objects.in_workspace(workspace)


class OrganisationFilters(Filters):
    sorts = ("name", "people", "talks", "quotes", "last_talk")

    q = forms.CharField(
        label=_("Name or pseudonym"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    segment = forms.ModelChoiceField(
        Segment.objects.none(),
        label=_("Segment of its people"),
        required=False,
        empty_label=_("All segments"),
    )
    archived = forms.BooleanField(label=_("Archive"), required=False)

    def narrow(self, workspace):
        self.fields["segment"].queryset = Segment.objects.in_workspace(workspace)


class TalkFilters(Filters):
    sorts = ("-held_at", "held_at")

    q = forms.CharField(
        label=_("Words in the notes"),
        max_length=1000,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
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

    segment = forms.ModelChoiceField(
        Segment.objects.none(),
        label=_("Segment"),
        required=False,
        empty_label=_("All segments"),
    )
    since = DayField(label=_("Since"), required=False)
    archived = forms.BooleanField(label=_("Archive"), required=False)

    def narrow(self, workspace):
        team = User.objects.filter(memberships__workspace=workspace)
        self.fields["by"].queryset = team.order_by("name", "pk")
        self.fields["segment"].queryset = Segment.objects.in_workspace(workspace)
