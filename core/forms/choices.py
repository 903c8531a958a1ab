"""What is chosen for all rows of a table on its way in."""

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _


class Duplicates(models.TextChoices):
    """What happens to rows about somebody who is written down already."""

    SKIP = "skip", _("leave what is there as it is")
    FILL = "fill", _("fill only what is empty there")
    OVERWRITE = "overwrite", _("replace what is there by what the table says")


class DayOrder(models.TextChoices):
    UNSAID = "", _("the dates are clear, such as 2026-10-26 or 26.10.2026")
    DAY_FIRST = "dmy", _("day first: 26/10/2026")
    MONTH_FIRST = "mdy", _("month first: 10/26/2026")


class ChoicesForm(forms.Form):
    """Importers add what they need. Bound again from the run for every batch."""

    def __init__(self, *args, workspace, **kwargs):
        super().__init__(*args, **kwargs)
        self.workspace = workspace

    def kept(self):
        """The choices as they are stored: plain text by field."""
        return {name: str(self[name].value() or "") for name in self.fields}


class DuplicatesForm(ChoicesForm):
    duplicates = forms.ChoiceField(
        label=_("Rows about somebody who is written down already"),
        choices=Duplicates,
        initial=Duplicates.FILL,
        widget=forms.RadioSelect,
    )


class DatesForm(ChoicesForm):
    day_order = forms.ChoiceField(
        label=_("Dates with slashes"), choices=DayOrder, required=False
    )
