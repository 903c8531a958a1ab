"""Forms of the five steps of an import."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.importing.importer import offered_kinds
from core.importing.plans import Field
from core.spreadsheets import SpreadsheetRefused, read_table
from core.tables import MAX_BYTES


class UploadForm(forms.Form):
    """Pasted cells or a file. `table` and `file_name` are there once it is valid."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What stands in the rows?"), widget=forms.RadioSelect
    )
    pasted = forms.CharField(
        label=gettext_lazy("Paste the cells here"),
        help_text=gettext_lazy(
            "Copy the cells in Google Sheets or Excel, with the row of headings, and "
            "paste."
        ),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "class": "cells"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or choose a file"),
        help_text=gettext_lazy("CSV or Excel (.xlsx), at most 10 MB and 10,000 rows."),
        required=False,
        allow_empty_file=True,
        max_length=None,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )

    def __init__(self, *args, workspace, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = offered_kinds(workspace)
        self.table = None

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file is not None and file.size > MAX_BYTES:
            raise ValidationError(
                _("The file is larger than 10 MB. Split it in parts.")
            )
        return file

    def clean(self):
        data = super().clean()
        given = [data.get("pasted", "").strip(), data.get("file")]
        if self.errors:
            return data
        # an empty file is a file, and says so itself
        if sum(one not in ("", None) for one in given) != 1:
            raise ValidationError(
                _("Paste the cells, or choose a file: one of the two.")
            )
        try:
            self.table = self.read(data)
        except SpreadsheetRefused as refusal:
            raise ValidationError(str(refusal)) from refusal
        if not self.table.rows:
            raise ValidationError(
                _("There is a row of headings, and no row below it. Nothing to import.")
            )
        return data

    def read(self, data):
        if data["file"] is not None:
            return read_table(data["file"].read(), data["file"].name)
        return read_table(data["pasted"])

    @property
    def file_name(self):
        file = self.cleaned_data["file"]
        return file.name if file is not None else ""

    @property
    def kind_and_target(self):
        kind, _colon, target = self.cleaned_data["kind"].partition(":")
        return kind, target


class MappingForm(forms.Form):
    """One select for each column; `fields_of_rows` are what columns may hold."""

    def __init__(self, *args, header, fields_of_rows: list[Field], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields_of_rows = fields_of_rows
        words = [(one.name, one.label) for one in fields_of_rows]
        for place, heading in enumerate(header):
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=heading or _("column %(n)d") % {"n": place + 1},
                choices=[("", _("leave out")), *words],
                required=False,
            )

    def clean(self):
        data = super().clean()
        names = [name for name in data.values() if name]
        for one in self.fields_of_rows:
            if names.count(one.name) > 1:
                self.add_error(
                    None,
                    _("Two columns say “%(label)s”. Leave one of them out.")
                    % {"label": one.label},
                )
            if one.is_required and not {one.name, one.instead} & {*names}:
                self.add_error(
                    None,
                    _("Say which column is “%(label)s”: every row needs it.")
                    % {"label": one.label},
                )
        return data

    @property
    def mapping(self):
        return {
            key.removeprefix("column-"): name
            for key, name in self.cleaned_data.items()
            if name
        }
