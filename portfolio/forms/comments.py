"""What somebody says, and to whom."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.written import length_written

LONGEST = 10_000


class TextForm(forms.Form):
    """A comment. A draft may be empty, and as long as a comment may be."""

    text = forms.CharField(
        label=gettext_lazy("Comment"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": None}),
    )

    def __init__(self, data=None, *, team=(), is_draft=False, **kwargs):
        super().__init__(data, label_suffix="", **kwargs)
        self.is_draft = is_draft
        self.fields["text"].required = not is_draft
        # the page counts nothing and cuts nothing off: the answer says what is too long
        self.fields["text"].widget.attrs.pop("maxlength", None)
        names = ", ".join(f"@{name}" for name in team)
        if names:
            told = _("Names with an @ are told by mail: %(names)s.") % {"names": names}
            self.fields["text"].help_text = told

    def clean_text(self):
        text = self.cleaned_data["text"].replace("\r\n", "\n")
        if not self.is_draft and not length_written(text):
            raise forms.ValidationError(_("Write the comment."))
        return text


class ThreadForm(TextForm):
    """`may_hide`: whether this person may speak to founders alone."""

    is_founders_only = forms.BooleanField(
        label=gettext_lazy("For founders only: nobody else sees that it is there"),
        required=False,
    )

    def __init__(self, data=None, *, may_hide=False, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["text"].label = _("New comment")
        if not may_hide:
            del self.fields["is_founders_only"]


class CorrectForm(TextForm):
    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
