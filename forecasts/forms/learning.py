"""The learning log, and what a talk taught us."""

from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from core.forms.days import DayField
from core.forms.written import refuse_unseen
from core.revisions import differing
from forecasts.models import LearningEntry

LONGEST = 2000
AREAS = [(code, capfirst(words)) for code, words in LearningEntry.Area.choices]


def words_field(label, *, required=True, **field):
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_unseen],
        **field,
    )


class LearningForm(forms.Form):
    area = forms.ChoiceField(
        label=_("What it is about"),
        choices=AREAS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the four.")},
    )
    changed_on = DayField(
        label=_("Changed on"), error_messages={"required": _("Give the day.")}
    )
    changed = words_field(
        _("What we changed"), error_messages={"required": _("Say what was changed.")}
    )
    expected = words_field(
        _("What we expect of it"),
        help_text=_("Written before it is seen, so that it can turn out wrong."),
        error_messages={"required": _("Say what you expect of it.")},
    )
    learned = words_field(
        _("What it did"),
        required=False,
        help_text=_("Left empty until it is seen."),
    )

    def __init__(self, *args, today, **options):
        super().__init__(*args, **options)
        self.today = today

    def clean_changed_on(self):
        day = self.cleaned_data["changed_on"]
        if day > self.today:
            raise ValidationError(now_("This day has not come yet."))
        return day


class LearningCorrectionForm(LearningForm):
    reason = words_field(
        _("Why it changes"),
        required=False,
        help_text=_("Not needed to say, for the first time, what the change did."),
    )

    def against(self, standing):
        """What stands now and what was typed, where they differ."""
        stands = values_of(standing)
        other = LearningCorrectionForm(initial=stands, today=self.today)
        return tuple(differing(self, other))


def values_of(entry):
    names = ("area", "changed_on", "changed", "expected", "learned")
    return {name: getattr(entry, name) for name in names}


class LessonForm(forms.Form):
    learned = words_field(
        _("What this talk taught us about selling"),
        help_text=_("In your own words: what they cannot buy without, who decides."),
        error_messages={"required": _("Say what you learned.")},
    )
    follows = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_follows(self):
        """The row that stood when the page was drawn; what is no id stood for none."""
        try:
            return UUID(self.cleaned_data["follows"])
        except ValueError:
            return None

    def meet(self, standing):
        """The next save starts from the row that stands now."""
        self.data = self.data.copy()
        self.data["follows"] = str(standing.pk)
        return tuple(differing(self, LessonForm(initial={"learned": standing.learned})))
