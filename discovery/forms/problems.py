"""Forms about problems, needs and features."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from core.revisions import RevisedForm
from discovery.actions.problems import DEEPEST, refuse_misplaced
from discovery.forms.market import TAKEN
from discovery.models import Feature, Need, Problem, Segment


class ProblemForm(RevisedForm):
    class Meta:
        model = Problem
        fields = [
            *("statement", "segment", "trigger", "frequency"),
            *("consequence", "workaround", "status"),
        ]
        widgets = {
            "consequence": forms.Textarea(attrs={"rows": 3}),
            "workaround": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "statement": _("As they say it, not as we sell it."),
            "trigger": _("For example: somebody calls in sick."),
            "frequency": _("For example: every Friday."),
            "consequence": _("Time, money, trouble with the boss."),
            "workaround": _("Doing nothing is an answer too."),
        }

    def __init__(self, *args, workspace, **kwargs):
        super().__init__(*args, **kwargs)
        self.workspace = workspace
        segments = Segment.objects.in_workspace(workspace)
        self.fields["segment"].queryset = segments.order_by("created_at", "pk")
        self.fields["segment"].empty_label = None

    def made_with(self):
        return {"workspace": self.workspace}


class ProblemChoices(forms.ModelMultipleChoiceField):
    """Those still followed, and those it is linked to already."""

    widget = forms.CheckboxSelectMultiple

    def offer(self, problems, row):
        is_offered = Q(archived_at__isnull=True) & ~Q(status=Problem.Status.DROPPED)
        if not row._state.adding:
            is_offered |= Q(pk__in=row.problems.values("pk"))
        self.queryset = problems.kept().filter(is_offered).select_related("segment")


class NeedForm(RevisedForm):
    """Of one segment: a need and its parent and problems share it."""

    problems = ProblemChoices(
        Problem.objects.none(), label=_("Problems it belongs to"), required=False
    )

    class Meta:
        model = Need
        fields = ["outcome", "parent", "dimension", "problems"]
        help_texts = {
            "outcome": _("What they want to be true, such as: fewer calls on Friday."),
            "parent": _("Leave it empty for a need of the first level."),
        }

    def __init__(self, *args, segment, **kwargs):
        super().__init__(*args, **kwargs)
        self.segment = segment
        needs = Need.objects.filter(segment=segment).current().filter(level__lt=DEEPEST)
        offered = needs | Need.objects.filter(pk=self.instance.parent_id)
        own = None if self.instance._state.adding else self.instance.pk
        self.fields["parent"].queryset = offered.exclude(pk=own)
        self.fields["parent"].empty_label = now_("Nothing: it stands at the top")
        self.fields["problems"].offer(segment.problems.all(), self.instance)

    def made_with(self):
        return {"segment": self.segment}

    def clean(self):
        data = super().clean()
        if "parent" in data:
            row = None if self.instance._state.adding else self.stored()
            refuse_misplaced(row, self.segment, data["parent"])
        return data | {"segment": self.segment}

    def stored(self):
        """Validation writes on the instance; the rule asks where it stands now."""
        return Need.objects.get(pk=self.instance.pk)


class FeatureForm(RevisedForm):
    problems = ProblemChoices(
        Problem.objects.none(), label=_("Problems it claims to solve"), required=False
    )

    class Meta:
        model = Feature
        fields = ["name", "what", "stage", "problems"]
        widgets = {"what": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, workspace, **kwargs):
        super().__init__(*args, **kwargs)
        self.workspace = workspace
        problems = Problem.objects.in_workspace(workspace)
        self.fields["problems"].offer(problems, self.instance)

    def made_with(self):
        return {"workspace": self.workspace}

    def clean_name(self):
        rows = Feature.objects.in_workspace(self.workspace).kept()
        name = self.cleaned_data["name"]
        if rows.filter(name=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(TAKEN, code="taken")
        return name
