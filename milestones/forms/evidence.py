"""Linking a quote, a number or a document to a question, and taking it back."""

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from milestones.eleven import ELEVEN
from milestones.models import Grade, Stance
from milestones.reports.evidence import number_of

PROOF_FROM = 4
CHOOSE = ("", _("Choose"))
BACK_TO = ("question", "inbox", "interview")


class GradedForm(forms.Form):
    """What every link says: stance, grade, and from E4 on the proof."""

    stance = forms.ChoiceField(label=_("Stance"), choices=Stance.choices)
    grade = forms.TypedChoiceField(
        label=_("How strong"),
        choices=[CHOOSE, *Grade.choices],
        coerce=int,
        error_messages={"required": _("Choose how strong it is.")},
    )
    proof_url = forms.URLField(
        label=_("Proof: a link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
    )
    saw_it = forms.BooleanField(label=_("I saw it myself"), required=False)

    def clean(self):
        data = super().clean()
        needs_proof = data.get("grade", 0) >= PROOF_FROM and not data.get("actual")
        is_proven = data.get("proof_url") or data.get("saw_it")
        if needs_proof and not is_proven and "proof_url" not in self.errors:
            self.add_error(
                "proof_url", _("From E4 on, give a link or say that you saw it.")
            )
        return data

    def facts(self, user):
        """What `link_evidence` takes, beside the source."""
        data = self.cleaned_data
        return {
            "stance": data["stance"],
            "grade": data["grade"],
            "proof_url": data["proof_url"],
            "seen_by": user if data["saw_it"] else None,
        }


class EvidenceForm(GradedForm):
    """A quote to a question. `back` says which page comes next."""

    number = forms.TypedChoiceField(
        label=_("Question"),
        choices=[CHOOSE, *((q.number, f"{q.number}  {q.wording}") for q in ELEVEN)],
        coerce=int,
        error_messages={"required": _("Choose the question it speaks to.")},
    )
    back = forms.ChoiceField(
        choices=[(page, page) for page in BACK_TO],
        required=False,
        widget=forms.HiddenInput,
    )
    field_order = ["number", "stance", "grade", "proof_url", "saw_it", "back"]


class SourceForm(GradedForm):
    """A number or a document to a question. `numbers` are Actuals with their metric."""

    actual = forms.ChoiceField(label=_("A number"), required=False)
    document = forms.CharField(
        label=_("Or a document"),
        required=False,
        max_length=300,
        help_text=_("What it is and where it lies: an invoice, a contract, a log."),
    )
    occurred_on = forms.DateField(
        label=_("Date of the document"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    field_order = ["actual", "document", "occurred_on", "stance", "grade"]

    def __init__(self, *args, numbers, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.numbers = {str(actual.pk): actual for actual in numbers}
        self.fields["actual"].choices = [
            ("", _("none")),
            *((key, number_of(actual)) for key, actual in self.numbers.items()),
        ]

    def clean_actual(self):
        return self.numbers.get(self.cleaned_data["actual"])

    def clean_occurred_on(self):
        day = self.cleaned_data["occurred_on"]
        if day is not None and day > self.today:
            raise forms.ValidationError(_("That day has not come yet."))
        return day

    def clean(self):
        data = super().clean()
        if bool(data.get("actual")) == bool(data.get("document")):
            raise forms.ValidationError(_("Choose a number, or name a document."))
        return data

    def source(self):
        data = self.cleaned_data
        return {
            "actual": data["actual"],
            "document": data["document"],
            "occurred_on": data["occurred_on"],
        }


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it withdrawn?"),
        max_length=300,
        help_text=_("It stays in the history with this reason."),
    )


class ReplyForm(forms.Form):
    answer = forms.CharField(
        label=_("What do we say to it?"),
        max_length=2000,
        min_length=20,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "It stays visible as evidence against us; answered, it no longer "
            "caps what counts."
        ),
    )
