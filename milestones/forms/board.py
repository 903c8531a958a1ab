"""Which day, segment and version of the model is shown."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.days import DayField


def day_field(label):
    return DayField(label=label, required=False)


class DayForm(forms.Form):
    """`today` is the venture's; later days are refused."""

    days = ("as_of",)
    as_of = day_field(_("As of"))

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        for name in self.days:
            self.fields[name].widget.attrs["max"] = today.isoformat()

    def clean(self):
        cleaned = super().clean()
        for name in self.days:
            self.refuse_unknown_day(name, cleaned.get(name))
        return cleaned

    def refuse_unknown_day(self, name, day):
        if day is not None and day > self.today:
            self.add_error(name, _("That day has not come yet."))


class BoardForm(DayForm):
    """Segments and versions come from the venture; an unknown key is refused."""

    days = ("as_of", "since")
    segment = forms.ChoiceField(label=_("Segment"), required=False)
    version = forms.ChoiceField(label=_("Version of the model"), required=False)
    since = day_field(_("Compare with"))
    order = forms.ChoiceField(
        choices=[("", ""), ("weakest", "")], required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args, scope, **kwargs):
        super().__init__(*args, **kwargs)
        ended_at = scope.ended_at
        self.last_day = scope.workspace.today(ended_at) if ended_at else self.today
        known = {str(segment.pk): segment.name for segment in scope.segments}
        if scope.segment is not None:
            known[str(scope.segment.pk)] = scope.segment.name
        self.fields["segment"].choices = list(known.items())
        self.fields["version"].choices = [
            (str(version.number), str(version)) for version in scope.versions
        ]

    def clean(self):
        unknown = set(self.data) - set(self.fields)
        if unknown:
            raise forms.ValidationError(_("This page knows no such filter."))
        cleaned = super().clean()
        self.refuse_later(cleaned.get("since"), cleaned.get("as_of"))
        return cleaned

    def refuse_later(self, since, as_of):
        """What was is compared with what came after it, never the other way round."""
        last = self.last_day if as_of is None else as_of
        if since is not None and since > last and "since" not in self.errors:
            self.add_error("since", _("Compare with a day before the one shown."))
