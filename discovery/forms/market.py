"""Forms about segments, organisations and people. Pages and imports pass them alike."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from discovery.duplicates import people_like
from discovery.models import Organisation, Person, Segment

TAKEN = _("Another one in this venture has it already.")


class OnceInVenture:
    """A ModelForm does not see constraints that name the venture; this asks for them."""

    def __init__(self, *args, workspace, **kwargs):
        super().__init__(*args, **kwargs)
        self.workspace = workspace

    def refuse_taken(self, field, lookup):
        value = self.cleaned_data[field]
        rows = self._meta.model.objects.in_workspace(self.workspace)
        taken = rows.filter(**{lookup: value}).exclude(pk=self.instance.pk)
        if value and taken.exists():
            raise ValidationError(TAKEN, code="taken")
        return value


class PseudonymForm(OnceInVenture, forms.ModelForm):
    """New rows get a number; from then on people may choose a better word."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            del self.fields["pseudonym"]

    def clean_pseudonym(self):
        return self.refuse_taken("pseudonym", "pseudonym")


class SegmentForm(OnceInVenture, forms.ModelForm):
    class Meta:
        model = Segment
        fields = ["name", "who", "where", "status"]
        widgets = {
            "who": forms.Textarea(attrs={"rows": 3}),
            "where": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "who": _("Narrow enough that you would recognise one in the street."),
            "where": _("Where you could find ten of them this week."),
        }

    def clean_name(self):
        return self.refuse_taken("name", "name")


class OrganisationForm(PseudonymForm):
    class Meta:
        model = Organisation
        fields = ["name", "is_related_party", "pseudonym"]
        help_texts = {"pseudonym": _("Shown to readers who may not see names.")}

    def clean_name(self):
        return self.refuse_taken("name", "name__iexact")


class PersonForm(PseudonymForm):
    organisation_name = forms.CharField(
        label=_("Organisation"),
        max_length=200,
        required=False,
        help_text=_("A new name makes a new organisation."),
        widget=forms.TextInput(
            attrs={"list": "organisation-names", "autocomplete": "off"}
        ),
    )
    field_order = ["name", "organisation_name"]

    class Meta:
        model = Person
        fields = [
            "name",
            "role_title",
            "email",
            "phone",
            "segment",
            "source",
            "is_related_party",
            "consent",
            "consent_how",
            "consent_on",
            "pseudonym",
        ]
        widgets = {
            "consent_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "phone": forms.TextInput(attrs={"inputmode": "tel", "class": "short"}),
        }
        help_texts = {
            "consent": _("What they allowed you to keep. None means: keep nothing."),
            "consent_how": _("For example: said yes at the start of the call."),
            "pseudonym": _("Shown to readers who may not see names."),
        }

    def __init__(self, *args, is_sure=False, **kwargs):
        """`is_sure`: a warning about somebody alike was read and overruled."""
        super().__init__(*args, **kwargs)
        self.is_sure = is_sure
        self.duplicates = []
        segments = Segment.objects.in_workspace(self.workspace)
        self.fields["segment"].queryset = segments
        organisation = self.instance.organisation
        if organisation is not None:
            self.initial.setdefault("organisation_name", organisation.name)

    def clean(self):
        data = super().clean()
        if data.get("name") and not self.is_sure:
            found = people_like(
                self.workspace,
                name=data["name"],
                organisation_name=data.get("organisation_name", ""),
                email=data.get("email", ""),
                but=None if self.instance._state.adding else self.instance,
            )
            self.duplicates = list(found[:3])
            if self.duplicates:
                self.add_error(
                    None,
                    ValidationError(
                        _("Somebody like this is written down already."),
                        code="duplicate",
                    ),
                )
        return data
