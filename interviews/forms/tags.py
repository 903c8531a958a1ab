"""Forms about tags."""

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from core.revisions import RevisedForm
from interviews.actions.tags import below, living
from interviews.models import Tag


class TagForm(RevisedForm):
    """A new tag may get a place; an old one moves by its own form."""

    class Meta:
        model = Tag
        fields = ["name", "parent", "definition"]
        help_texts = {"definition": _("So that everybody tags alike.")}

    def __init__(self, *args, workspace, **kwargs):
        super().__init__(*args, **kwargs)
        self.workspace = workspace
        if self.instance._state.adding:
            offer(self.fields["parent"], living(workspace))
        else:
            del self.fields["parent"]

    def made_with(self):
        return {"workspace": self.workspace}


class MoveForm(forms.Form):
    parent = forms.ModelChoiceField(
        Tag.objects.none(), label=_("Below which tag"), required=False
    )

    def __init__(self, *args, tag, **kwargs):
        super().__init__(*args, **kwargs)
        others = living(tag.workspace).exclude(pk__in=[tag.pk, *below(tag)])
        offer(self.fields["parent"], others)


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(Tag.objects.none(), label=_("Into which tag"))

    def __init__(self, *args, tag, **kwargs):
        super().__init__(*args, **kwargs)
        others = living(tag.workspace).exclude(pk__in=[tag.pk, *below(tag)])
        self.fields["into"].queryset = others


def offer(field, tags):
    field.queryset = tags
    field.empty_label = now_("None: it stands at the top")
