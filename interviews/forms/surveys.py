"""Forms about surveys: the instrument itself, its links, and tables of answers."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from core.forms.days import day_field
from core.forms.ventures import CURRENCY
from core.revisions import RevisedForm
from discovery.models import Need, Segment
from interviews.models import Survey
from interviews.survey_forms import people_meant, willing

MOST_NEEDS = 30


class NeedsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, need):
        return f"{need.outcome} ({need.segment.name})"


class SurveyForm(RevisedForm):
    """What people will read. It is frozen once an answer stands: `is_answered`."""

    needs = NeedsField(
        Need.objects.none(),
        label=_("Needs to be rated"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all needs of the segment."),
    )

    class Meta:
        model = Survey
        fields = ["name", "segment", "offer", "currency", "needs", "consent_text"]
        widgets = {
            "offer": forms.Textarea(attrs={"rows": 4}),
            "consent_text": forms.Textarea(attrs={"rows": 4}),
            "currency": forms.TextInput(attrs={"class": "short"}),
        }
        help_texts = {
            "name": _("For you. Respondents do not see it."),
            "segment": _("One survey, one segment: mixed answers say nothing."),
            "consent_text": _("They read it first, and agree before anything is kept."),
        }

    def __init__(self, *args, workspace, kind, is_answered=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.workspace, self.kind, self.is_answered = workspace, kind, is_answered
        self.offer_segments(Segment.objects.in_workspace(workspace))
        needs = Need.objects.in_workspace(workspace).current()
        self.fields["needs"].queryset = needs.select_related("segment")
        self.fields["currency"].validators.append(CURRENCY)
        for name in self.left_out():
            del self.fields[name]
        if "offer" in self.fields:
            self.put_offer()

    def offer_segments(self, segments):
        """Where there is one there is nothing to choose."""
        field = self.fields["segment"]
        field.queryset = segments
        field.empty_label = now_("Choose")
        field.error_messages["required"] = _("Choose the segment.")
        only = list(segments[:2])
        if len(only) == 1:
            field.initial = only[0]

    def left_out(self):
        """What this kind has not, and what can no longer change."""
        if self.is_answered:
            return [name for name in self.Meta.fields if name != "name"]
        return {
            Survey.Kind.MUST_HAVE: ["currency", "needs"],
            Survey.Kind.PRICE: ["needs"],
            Survey.Kind.NEEDS: ["offer", "currency"],
        }[self.kind]

    def put_offer(self):
        offer = self.fields["offer"]
        offer.required = True
        if self.kind == Survey.Kind.PRICE:
            offer.label = _(
                "The offer, in the words they read before they name a price"
            )
            offer.help_text = _("What it does, for whom, and what comes with it.")
            self.fields["currency"].required = True
        else:
            offer.label = _("What it is called, in the words they know it by")
            offer.help_text = _("Shown above the question.")

    def made_with(self):
        return {
            "workspace": self.workspace,
            "kind": self.kind,
            "is_answered": self.is_answered,
        }

    def clean(self):
        data = super().clean()
        if "needs" in self.fields and data.get("segment"):
            self.choose_needs(data)
        return data

    def choose_needs(self, data):
        """All of the segment unless some were chosen; none of another segment."""
        own = self.fields["needs"].queryset.filter(segment=data["segment"])
        chosen = data.get("needs")
        if not chosen:
            data["needs"] = own[: MOST_NEEDS + 1]
        elif any(need.segment_id != data["segment"].pk for need in chosen):
            self.add_error("needs", _("Choose needs of this segment only."))
        if not self.errors and not data["needs"]:
            why = _("This segment has no needs yet. Write down the outcomes they want.")
            self.add_error("needs", why)
        elif not self.errors and len(data["needs"]) > MOST_NEEDS:
            why = _("Nobody answers more than %(n)d pairs with care. Choose fewer.")
            self.add_error("needs", why % {"n": MOST_NEEDS})


class WithdrawResponseForm(forms.Form):
    reason = forms.CharField(label=_("Why it counts no longer"), max_length=300)


class LinkForm(forms.Form):
    """For a person of the venture, or for whoever opens it."""

    person = forms.CharField(
        label=_("For whom"),
        max_length=300,
        required=False,
        help_text=_("Somebody written down here. Empty: whoever opens it, unnamed."),
        widget=forms.TextInput(
            attrs={"list": "respondent-names", "autocomplete": "off"}
        ),
    )
    days = forms.IntegerField(
        label=_("Works for"),
        min_value=1,
        max_value=60,
        initial=14,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )

    def __init__(self, *args, workspace, **kwargs):
        super().__init__(*args, **kwargs)
        self.workspace = workspace
        self.fields["days"].unit = _("days")

    def clean_person(self):
        typed = " ".join(self.cleaned_data["person"].split())
        if not typed:
            return None
        found = people_meant(self.workspace.pk, typed)
        if not found:
            raise ValidationError(_("Nobody of this name is written down."))
        if len(found) > 1:
            raise ValidationError(
                _("Several people are called so. Add the organisation after a comma.")
            )
        return willing(found[0])


class PasteForm(forms.Form):
    table = forms.CharField(
        label=_("One respondent a line"),
        strip=False,
        max_length=200_000,
        help_text=_(
            "Cells parted by tabs, semicolons or commas, with or without a heading."
        ),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )
    asked_on = day_field(_("Answered on, where a line does not say"), required=True)
    consented = forms.BooleanField(
        label=_("All of them agreed to what this survey says about their answers"),
        error_messages={
            "required": _("Nothing is kept of somebody who did not agree to it.")
        },
    )
