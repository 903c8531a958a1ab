"""Linking a quote, a number, a survey or a document to a question; looking at it again;
taking it back, or linking it to another question."""

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from core.files import ACCEPT, read_checked, store_file
from core.forms.days import DayField
from interviews.actions.links import PARAPHRASE_UP_TO, PROOF_FROM
from milestones.actions.evidence import SHORTEST_HOW, SURVEY_UP_TO
from milestones.models import Stance
from milestones.reports.evidence import number_of, survey_in_words
from milestones.targets import question_options

PROOFS = ("proof_file", "proof_url", "saw_it")
BACK_TO = ("question", "inbox", "interview", "person")
EARLIEST_YEAR = 1900
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
        proves_itself = data.get("actual") or data.get("survey")
        needs_proof = (data.get("grade") or 0) >= PROOF_FROM and not proves_itself
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
    """A number, the result of a survey or a document to a question. `numbers` are
    Actuals with their metric; `answers` counts the answers of each of `surveys`."""

    actual = forms.ChoiceField(label=_("A number"), required=False)
    survey = forms.ChoiceField(
        label=_("Or the result of a survey"),
        required=False,
        help_text=_(
            "Whoever answers was asked: ratings and stated prices count as E2 at most, "
            "must-have, asked of people who use it, as E3."
        ),
    )
    document = forms.CharField(
        label=_("Or a document"),
        required=False,
        max_length=300,
        help_text=_("What it is and where it lies: an invoice, a contract, a log."),
    )
    occurred_on = DayField(
        label=_("Date of the document"), required=False, first_year=EARLIEST_YEAR
    )
    field_order = ["actual", "survey", "document", "occurred_on", "stance", "grade"]

    def __init__(self, *args, numbers, surveys, answers, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.numbers = {str(actual.pk): actual for actual in numbers}
        self.surveys = {str(survey.pk): survey for survey in surveys}
        none = ("", _("none"))
        self.fields["actual"].choices = [
            none,
            *((key, number_of(actual)) for key, actual in self.numbers.items()),
        ]
        self.fields["survey"].choices = [
            none,
            *(
                (key, survey_in_words(survey, answers.get(survey.pk)))
                for key, survey in self.surveys.items()
            ),
        ]
        # a survey has a grade of its own; everything else is asked for one in `clean`
        self.fields["grade"].required = False

    def clean_actual(self):
        return self.numbers.get(self.cleaned_data["actual"])

    def clean_survey(self):
        return self.surveys.get(self.cleaned_data["survey"])

    def clean_occurred_on(self):
        day = self.cleaned_data["occurred_on"]
        if day is not None and day > self.today:
            raise forms.ValidationError(_("That day has not come yet."))
        return day

    def clean(self):
        self.propose_grade()
        data = super().clean()
        sources = [data.get("actual"), data.get("survey"), data.get("document")]
        if not self.has_wrong_source() and sum(map(bool, sources)) != 1:
            raise forms.ValidationError(
                _("Choose a number or a survey, or name a document.")
            )
        return data

    def propose_grade(self):
        """Of a survey the strongest it can be, unless a weaker one was chosen."""
        data = self.cleaned_data
        if data.get("grade", 0) != "":
            return
        if data.get("survey"):
            data["grade"] = SURVEY_UP_TO[data["survey"].kind]
        else:
            field = self.fields["grade"]
            self.add_error("grade", field.error_messages["required"])

    def has_wrong_source(self):
        return any(name in self.errors for name in ("actual", "survey", "document"))

    def source(self):
        names = ("actual", "survey", "document", "occurred_on")
        return {name: self.cleaned_data[name] for name in names}


class ReconfirmForm(forms.Form):
    on = DayField(label=_("When did you look again?"))
    how = forms.CharField(
        label=_("How do we know that it still holds?"),
        min_length=SHORTEST_HOW,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "minlength": SHORTEST_HOW}),
        help_text=_(
            "Whom you asked, or what you saw. It counts as fresh from that day."
        ),
    )


class RelinkForm(forms.Form):
    """The same source to another question. Stance and grade stand on the link."""

    number = forms.TypedChoiceField(
        label=_("Which question does it speak to?"),
        coerce=int,
        error_messages={"required": _("Choose a question.")},
    )
    stance = forms.ChoiceField(
        label=_("Stance"), choices=Stance.choices, widget=forms.RadioSelect
    )
    grade = forms.TypedChoiceField(
        label=_("How strong"), choices=GRADES[1:], coerce=int
    )
    reason = forms.CharField(
        label=_("Why not where it was?"),
        max_length=300,
        help_text=_("The old link stays in the history with this reason."),
    )

    def __init__(self, *args, link, **kwargs):
        initial = {"stance": link.stance, "grade": link.grade}
        super().__init__(*args, initial=initial, **kwargs)
        self.link = link
        self.fields["number"].choices = [
            ("", _("Choose")),
            *(
                (key, words)
                for key, words in question_options()
                if key != str(link.question.number)
            ),
        ]

    def clean_grade(self):
        grade, link = self.cleaned_data["grade"], self.link
        proof = link.proof_url or link.proof_file_id or link.seen_by_id
        if grade >= PROOF_FROM and not (proof or link.actual_id or link.survey_id):
            why = _("From E4 on it needs proof, and this has none.")
            raise forms.ValidationError(why, code="no_proof")
        return grade


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
