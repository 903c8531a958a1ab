"""Forms about hypotheses: the words, and a new version of them."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from core.forms.days import DayField
from core.revisions import RevisedForm
from discovery.actions.hypotheses import frozen, refuse_equal_marks
from discovery.models import Hypothesis, Segment

NUMBERS = range(1, 12)


class HypothesisForm(RevisedForm):
    questions = forms.TypedMultipleChoiceField(
        label=_("Questions it speaks to"),
        coerce=int,
        choices=[(number, str(number)) for number in NUMBERS],
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "cluster"}),
    )

    class Meta:
        model = Hypothesis
        fields = [
            *("statement", "measure", "pass_mark", "fail_mark", "decide_by"),
            *("is_critical", "segment", "box", "questions"),
        ]
        widgets = {
            "statement": forms.Textarea(attrs={"rows": 3}),
        }
        field_classes = {"decide_by": DayField}
        help_texts = {
            "statement": _("Who, what, how many. Somebody must be able to disagree."),
            "measure": _("What we count or look at, and with whom."),
            "pass_mark": _("For example: 7 of 12 raise it unprompted."),
            "fail_mark": _("For example: fewer than 4 of 12 do."),
        }

    def __init__(self, *args, workspace, **kwargs):
        super().__init__(*args, **kwargs)
        self.workspace = workspace
        segments = Segment.objects.in_workspace(workspace)
        self.fields["segment"].queryset = segments.order_by("created_at", "pk")
        self.fields["segment"].empty_label = now_("All of them")

    def made_with(self):
        return {"workspace": self.workspace}

    def clean(self):
        data = super().clean()
        if data.get("pass_mark") and data.get("fail_mark"):
            refuse_equal_marks(data["pass_mark"], data["fail_mark"])
        self.refuse_frozen()
        return data

    def refuse_frozen(self):
        if self.instance.registered_at is not None:
            raise ValidationError(frozen(), code="frozen")


class RevisionForm(HypothesisForm):
    """The words of the next version, and why there is one."""

    reason = forms.CharField(
        label=_("Why it changes"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The version before stays readable beside it."),
    )
    field_order = ["reason"]

    def refuse_frozen(self):
        """What is frozen stays; this makes a new row."""
