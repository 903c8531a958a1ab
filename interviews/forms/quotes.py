"""Forms about quotes."""

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from core.revisions import RevisedForm
from discovery.models import Person
from interviews.actions.tags import tidy
from interviews.models import Quote


class QuoteForm(RevisedForm):
    """`people`: those who took part; with one there is nothing to choose."""

    tags = forms.CharField(
        label=_("Tags"),
        required=False,
        max_length=600,
        help_text=_("Words for what it is about, with commas between."),
        widget=forms.TextInput(attrs={"list": "tag-words", "autocomplete": "off"}),
    )

    class Meta:
        model = Quote
        fields = ["text", "person", "is_prompted", "is_paraphrase"]
        field_classes = {"person": forms.ModelChoiceField}
        labels = {
            "text": _("Exact words"),
            "person": _("Who said it"),
            "is_prompted": _("Prompted: we named it first"),
            "is_paraphrase": _("Our words, not theirs"),
        }
        help_texts = {
            "text": _("Cut it down to what matters. Only words of the notes."),
            "is_paraphrase": _("Then it counts as E2 at most."),
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people
        if len(people) > 1:
            chosen = Person.objects.filter(pk__in=[person.pk for person in people])
            self.fields["person"].queryset = chosen.select_related("organisation")
            self.fields["person"].empty_label = now_("Not said")
        else:
            del self.fields["person"]
        if not self.instance._state.adding:
            del self.fields["is_paraphrase"]
            bears = self.instance.tags.select_related("tag")
            self.initial["tags"] = ", ".join(use.tag.name for use in bears)

    def made_with(self):
        return {"people": self.people}

    def clean_tags(self):
        parts = self.cleaned_data["tags"].split(",")
        return list(dict.fromkeys(tidy(part) for part in parts if part.strip()))


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it withdrawn?"),
        max_length=Quote._meta.get_field("withdrawn_reason").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
