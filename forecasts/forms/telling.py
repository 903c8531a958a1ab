"""Registering that a forecast was told to investors."""

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from core.forms.days import DayField
from core.written import is_written
from forecasts.models import InvestorExpectation, Revision


class RevisionField(forms.ModelChoiceField):
    def label_from_instance(self, revision):
        day = date_format(self.metric.workspace.today(revision.registered_at), "j F Y")
        if not revision.number:
            return now_("First forecast, %(day)s") % {"day": day}
        return now_("Revision %(n)s, %(day)s") % {"n": revision.number, "day": day}


class TakeBackForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is taken back"),
        max_length=InvestorExpectation._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stays on record with this reason. Advisors read it."),
        error_messages={"required": _("Say why it is taken back.")},
    )

    def clean_reason(self):
        reason = self.cleaned_data["reason"]
        if not is_written(reason):
            raise forms.ValidationError(now_("Say why it is taken back."))
        return reason


class TellingForm(forms.Form):
    revision = RevisionField(
        Revision.objects.none(),
        label=_("Which forecast was told"),
        empty_label=None,
        error_messages={"required": _("Choose the forecast.")},
    )
    told_to = forms.CharField(
        label=_("Told to"),
        max_length=InvestorExpectation._meta.get_field("told_to").max_length,
        help_text=_("Such as the board, or a fund. Advisors read it."),
        error_messages={"required": _("Say to whom.")},
    )
    told_on = DayField(label=_("On"), error_messages={"required": _("Give the day.")})
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=InvestorExpectation._meta.get_field("note").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, metric, today, **options):
        super().__init__(*args, **options)
        self.today = today
        rows = Revision.objects.filter(forecast__metric=metric)
        rows = rows.order_by("-forecast__number", "-number")
        self.fields["revision"].queryset = rows
        self.fields["revision"].metric = metric
        self.fields["revision"].initial = rows.first()
        self.fields["told_on"].initial = today

    def clean_told_to(self):
        told_to = self.cleaned_data["told_to"]
        if not is_written(told_to):
            raise forms.ValidationError(now_("Say to whom."))
        return told_to

    def clean_told_on(self):
        day = self.cleaned_data["told_on"]
        if day > self.today:
            raise forms.ValidationError(now_("This day has not come yet."))
        return day
