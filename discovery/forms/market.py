"""Forms about segments, organisations and people. Pages and imports pass them alike."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from core.forms.days import DayField
from core.forms.written import refuse_unseen
from core.revisions import RevisedForm
from discovery.duplicates import known_people, people_like
from discovery.models import BuyingRole, Organisation, Person, Segment

TAKEN = _("Another one in this venture has it already.")


class OnceInVenture:
    """A ModelForm does not see constraints that name the venture; this asks for them."""

    def __init__(self, *args, workspace, **kwargs):
        super().__init__(*args, **kwargs)
        self.workspace = workspace

    def made_with(self):
        return {"workspace": self.workspace}

    def taken_rows(self):
        return self._meta.model.objects.in_workspace(self.workspace)

    def refuse_taken(self, field, lookup, rows=None):
        value = self.cleaned_data[field]
        rows = self.taken_rows() if rows is None else rows
        taken = rows.filter(**{lookup: value}).exclude(pk=self.instance.pk)
        if value and taken.exists():
            raise ValidationError(TAKEN, code="taken")
        return value


class PseudonymForm(OnceInVenture, RevisedForm):
    """New rows get a number; from then on people may choose a better word."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            del self.fields["pseudonym"]

    def clean_pseudonym(self):
        return self.refuse_taken("pseudonym", "pseudonym")


def watch(form, *others):
    """The name asks who it may be, after a pause in typing; only JavaScript does."""
    url = reverse("discovery:people_like", args=[form.workspace.slug])
    kind = form._meta.model._meta.model_name
    asked = {"kind": kind} | (
        {} if form.instance._state.adding else {"but": form.instance.pk}
    )
    others = [f"#id_{name}" for name in others]
    typed = [f", input changed delay:250ms from:{name}" for name in others]
    form.fields["name"].widget.attrs |= {
        "autocomplete": "off",
        "hx-get": f"{url}?{urlencode(asked)}",
        "hx-trigger": "input changed delay:250ms" + "".join(typed),
        "hx-target": "#people-like",
        "hx-swap": "outerHTML",
        "hx-sync": "this:replace",
    }
    if others:
        form.fields["name"].widget.attrs["hx-include"] = ", ".join(others)


class SegmentForm(OnceInVenture, RevisedForm):
    class Meta:
        model = Segment
        fields = ["name", "who", "where", "status"]
        widgets = {
            "who": forms.Textarea(attrs={"rows": 3}),
            "where": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "who": _("Narrow enough that you would recognise one in the street."),
            "where": _(
                "You can name where to find them: a place, an event, a list. Where "
                "could you meet ten of them this week?"
            ),
        }

    def clean_name(self):
        return self.refuse_taken("name", "name")


class OrganisationForm(PseudonymForm):
    class Meta:
        model = Organisation
        fields = ["name", "size", "source", "is_related_party", "pseudonym"]
        help_texts = {
            "size": _("In your own words: 40 beds, 12 people, three branches."),
            "pseudonym": _("Shown to readers who may not see names."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        watch(self)

    def clean_name(self):
        rows = self.taken_rows().kept().filter(merged_into=None)
        return self.refuse_taken("name", "name__iexact", rows)


class PersonForm(PseudonymForm):
    """Four fields first; what else is known waits in `groups`."""

    organisation_name = forms.CharField(
        label=_("Organisation"),
        max_length=200,
        required=False,
        help_text=_("A new name makes a new organisation."),
        validators=[refuse_unseen],
        widget=forms.TextInput(
            attrs={"list": "organisation-names", "autocomplete": "off"}
        ),
    )
    roles = forms.MultipleChoiceField(
        label=_("In the purchase"),
        choices=BuyingRole.Role,
        required=False,
        help_text=_("One person may be several of them."),
        widget=forms.CheckboxSelectMultiple,
    )
    referred_by_name = forms.CharField(
        label=_("Referred by"),
        max_length=402,
        required=False,
        help_text=_("Name, organisation of somebody who is written down already."),
        widget=forms.TextInput(attrs={"list": "people-known", "autocomplete": "off"}),
    )
    field_order = ["name", "organisation_name", "segment", "role_title"]
    GROUPS = (
        (_("How to reach them"), ("email", "phone")),
        (
            _("How you met, and what comes next"),
            (
                "source",
                "referred_by_name",
                "is_related_party",
                "next_step",
                "next_step_on",
            ),
        ),
        (_("In the purchase"), ("roles", "recognition")),
        (
            _("What they allowed"),
            ("consent", "consent_how", "consent_on", "erase_on", "pseudonym"),
        ),
    )

    class Meta:
        model = Person
        fields = [
            "name",
            "segment",
            "role_title",
            "email",
            "phone",
            "source",
            "is_related_party",
            "recognition",
            "next_step",
            "next_step_on",
            "consent",
            "consent_how",
            "consent_on",
            "erase_on",
            "pseudonym",
        ]
        field_classes = dict.fromkeys(
            ("consent_on", "next_step_on", "erase_on"), DayField
        )
        widgets = {
            "phone": forms.TextInput(attrs={"inputmode": "tel", "class": "short"}),
        }
        labels = {"next_step_on": _("Next step on")}
        help_texts = {
            "consent": _(
                "What they allowed you to keep. None: it is hidden at once, and they are "
                "erased after 30 days."
            ),
            "consent_how": _("For example: said yes at the start of the call."),
            "erase_on": _("The day their personal data goes."),
            "pseudonym": _("Shown to readers who may not see names."),
        }

    def __init__(self, *args, is_sure=False, **kwargs):
        """`is_sure`: a warning about somebody alike was read and overruled."""
        super().__init__(*args, **kwargs)
        self.is_sure = is_sure
        self.duplicates = []
        segments = Segment.objects.in_workspace(self.workspace)
        self.fields["segment"].queryset = segments
        watch(self, "organisation_name", "email")
        if not self.instance._state.adding:
            self.show_known()

    def show_known(self):
        person = self.instance
        roles = person.buying_roles.values_list("role", flat=True)
        self.initial.setdefault("roles", list(roles))
        if person.organisation is not None:
            self.initial.setdefault("organisation_name", person.organisation.name)
        if person.referred_by is not None:
            self.initial.setdefault("referred_by_name", str(person.referred_by))

    @property
    def first(self):
        return [self[name] for name in self.field_order]

    @property
    def groups(self):
        """(heading, fields, whether it stands open)"""
        for heading, names in self.GROUPS:
            fields = [self[name] for name in names if name in self.fields]
            is_open = bool(self.differences) or any(field.errors for field in fields)
            yield heading, fields, is_open

    def clean_referred_by_name(self):
        """The person meant, or None. Somebody unknown is not written down by the way."""
        typed = " ".join(self.cleaned_data["referred_by_name"].split())
        if not typed:
            return None
        before = None if self.instance._state.adding else self.instance.referred_by
        if before is not None and str(before) == typed:
            return before
        return self.only_one(typed)

    def only_one(self, typed):
        name, _comma, firm = typed.partition(",")
        as_typed = Q(name__iexact=typed)
        at_firm = Q(name__iexact=name.strip(), organisation__name__iexact=firm.strip())
        people = known_people(self.workspace).exclude(pk=self.instance.pk)
        found = list(people.filter(as_typed | at_firm)[:2])
        if not found:
            raise ValidationError(
                _("Nobody of that name is written down."), code="unknown"
            )
        if len(found) > 1:
            raise ValidationError(
                _("Several people have that name: add the organisation."), code="many"
            )
        return found[0]

    def clean(self):
        data = super().clean()
        if "referred_by_name" in data:
            data["referred_by"] = data.pop("referred_by_name")
        if data.get("name") and not self.is_sure:
            self.warn(data)
        return data

    def warn(self, data):
        found = people_like(
            self.workspace,
            name=data["name"],
            organisation_name=data.get("organisation_name", ""),
            email=data.get("email", ""),
            but=None if self.instance._state.adding else self.instance,
        )
        self.duplicates = list(found[:3])
        if self.duplicates:
            why = _("Somebody like this is written down already.")
            self.add_error(None, ValidationError(why, code="duplicate"))


class NextStepForm(RevisedForm):
    """What comes next with somebody, in the list or on their page."""

    class Meta:
        model = Person
        fields = ["next_step", "next_step_on"]
        field_classes = {"next_step_on": DayField}
