"""Linking a quote, a number or a document to a question, and taking it back."""

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from core.files import ACCEPT, read_checked, store_file
from interviews.actions.links import PARAPHRASE_UP_TO, PROOF_FROM
from milestones.models import Stance
from milestones.reports.evidence import number_of

PROOFS = ("proof_file", "proof_url", "saw_it")
BACK_TO = ("question", "inbox", "interview")
GRADES = [
    ("", _("Choose")),
    (0, _("⚠ E0 our own opinion. Counts 0")),
    (1, _("⚠ E1 praise, a promise, “I would”. Counts 0: talk about the future")),
    (2, _("E2 an answer to our question about it")),
    (3, _("E3 a story of the last time, told unasked")),
    (4, _("E4 something they did, and we saw it")),
    (5, _("E5 they gave time or their good name")),
    (6, _("E6 they paid, or signed to pay")),
    (7, _("E7 they paid again")),
]


class GradedForm(forms.Form):
    """What every link says: stance, grade, and from E4 on the proof."""

    stance = forms.ChoiceField(
        label=_("Stance"),
        choices=Stance.choices,
        initial=Stance.SUPPORTS,
        widget=forms.RadioSelect,
    )
    grade = forms.TypedChoiceField(
        label=_("How strong"),
        choices=GRADES,
        coerce=int,
        error_messages={"required": _("Choose how strong it is.")},
    )
    proof_file = forms.FileField(
        label=_("Proof: a file"),
        required=False,
        allow_empty_file=True,
        validators=[read_checked],
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
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
        is_proven = any(data.get(name) for name in PROOFS)
        if needs_proof and not is_proven and not self.has_wrong_proof():
            why = _("From E4 on, give a file, a link, or say that you saw it.")
            self.add_error("proof_url", why)
        return data

    def has_wrong_proof(self):
        return any(name in self.errors for name in PROOFS)

    def facts(self, workspace, *, by, now):
        """What `link_evidence` and `link_quote` take, beside source and target.

        Writes the file, so it belongs in the transaction of the link.
        """
        data = self.cleaned_data
        upload = data["proof_file"]
        return {
            "stance": data["stance"],
            "grade": data["grade"],
            "proof_url": data["proof_url"],
            "proof_file": store_file(workspace, upload, by=by, now=now)
            if upload
            else None,
            "seen_by": by if data["saw_it"] else None,
        }


class EvidenceForm(GradedForm):
    """What a quote is about. `back` says which page comes next."""

    target = forms.ChoiceField(
        label=_("What is this about?"),
        error_messages={"required": _("Choose what it is about.")},
    )
    back = forms.ChoiceField(
        choices=[(page, page) for page in BACK_TO],
        required=False,
        widget=forms.HiddenInput,
    )
    field_order = ["target", "stance", "grade", *PROOFS, "back"]

    def __init__(self, *args, quote, targets, **kwargs):
        super().__init__(*args, **kwargs)
        self.quote, self.targets = quote, targets
        segment = quote.interview.segment_id
        self.fields["target"].choices = targets.choices(segment)
        if quote.is_paraphrase:
            self.fields["grade"].choices = GRADES[: PARAPHRASE_UP_TO + 2]
            why = _("These are our words, not theirs: E2 at most.")
            self.fields["grade"].help_text = why

    def clean_target(self):
        return self.targets.meant(self.cleaned_data["target"])


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
