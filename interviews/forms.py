"""Forms about talks and quotes."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from discovery.models import Person, Segment
from interviews.models import Interview, Quote
from interviews.participants import MOST, understand

MOST_BYTES = 200_000
WRITTEN = ("held_at", "kind", "pitched", "notes", "segment", "next_step")
CLOCKS_DIFFER = timedelta(minutes=10)
# Near the ends of the calendar a change of time zone leaves it.
FIRST_YEAR, LAST_YEAR = 1900, 2199
MAY_BE_EMPTY = ("notes", "segment", "next_step")


class WhoInputs(forms.TextInput):
    """Several inputs of one name; empty ones are left out."""

    def value_from_datadict(self, data, files, name):
        lines = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return [line.strip() for line in lines if line.strip()]


class WhoField(forms.Field):
    widget = WhoInputs

    def clean(self, value):
        lines = value or []
        if len(lines) > MOST:
            raise ValidationError(_("At most %(n)s people.") % {"n": MOST})
        if any(len(line) > 300 for line in lines):
            raise ValidationError(_("A name is too long: at most 300 characters."))
        return lines


class TalkForm(forms.Form):
    """The capture page. `is_draft`: nothing is required.

    `is_autosave`: names may be half typed, so they are only looked up.
    """

    who = WhoField(label=_("Who?"), required=False)
    held_at = forms.DateTimeField(
        label=_("When"),
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
        ),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Interview.Kind)
    notes = forms.CharField(
        label=_("Notes"),
        strip=False,
        help_text=_("Start a line with “> ” for their exact words."),
        error_messages={"required": _("Write down what they said.")},
        widget=forms.Textarea(attrs={"rows": 14, "autofocus": True}),
    )
    segment = forms.ModelChoiceField(
        Segment.objects.none(),
        label=_("Segment"),
        required=False,
        empty_label=_("None yet"),
    )
    pitched = forms.ChoiceField(label=_("Did we pitch?"), choices=Interview.Pitched)
    next_step = forms.CharField(
        label=_("Next step they agreed to"), max_length=300, required=False
    )
    consent = forms.ChoiceField(
        label=_("Consent of people who are new here"), choices=Person.Consent
    )
    base_rev = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, *args, workspace, now, is_draft=False, is_autosave=False, **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.now = now
        self.workspace = workspace
        self.typed = []
        self.is_draft = is_draft
        self.is_autosave = is_autosave
        self.fields["segment"].queryset = Segment.objects.in_workspace(workspace)
        if is_draft:
            for name in ("held_at", "kind", "notes", "pitched", "consent"):
                self.fields[name].required = False

    def clean_who(self):
        lines = self.cleaned_data["who"]
        self.typed = understand(self.workspace, lines) if lines else []
        for entry in () if self.is_autosave else self.typed:
            if entry.is_ambiguous:
                raise ValidationError(
                    _("Which %(name)s? Add the organisation after a comma."),
                    code="ambiguous",
                    params={"name": entry.line},
                )
            if not entry.choices:
                refuse_unfit(entry)
        return lines

    def clean_held_at(self):
        held_at = self.cleaned_data["held_at"]
        if held_at and not FIRST_YEAR <= held_at.year <= LAST_YEAR:
            raise ValidationError(
                _("The year must lie between %(first)s and %(last)s."),
                code="year",
                params={"first": FIRST_YEAR, "last": LAST_YEAR},
            )
        if not self.is_draft and held_at > self.now + CLOCKS_DIFFER:
            raise ValidationError(
                _("This is in the future. Keep a draft, and finish it after the talk."),
                code="future",
            )
        return held_at

    def clean_notes(self):
        notes = self.cleaned_data["notes"].replace("\r\n", "\n").replace("\r", "\n")
        size = len(notes.encode())
        if size > MOST_BYTES:
            raise ValidationError(
                _(
                    "These notes are %(size)s kB; at most %(most)s kB fit. Nothing is "
                    "lost: move a part of them to a second interview."
                ),
                code="too_long",
                params={"size": -(-size // 1000), "most": MOST_BYTES // 1000},
            )
        return notes

    def clean_consent(self):
        return self.cleaned_data["consent"] or Person.Consent.NOTES

    def clean_next_step(self):
        return " ".join(self.cleaned_data["next_step"].split())

    def who_lines(self):
        """What the inputs show: what was typed, or the people of the row."""
        return self["who"].value() or []

    def written(self):
        """The fields of the row, as far as they were sent and are valid."""
        sent = [n for n in WRITTEN if n in self.data and n in self.cleaned_data]
        values = {name: self.cleaned_data[name] for name in sent}
        return {
            name: value
            for name, value in values.items()
            if name in MAY_BE_EMPTY or value not in ("", None)
        }

    def known_people(self):
        """Those already written down; None when the page sent no valid names."""
        if "who" not in self.data or "who" in self.errors:
            return None
        return [entry.person for entry in self.typed if entry.person]

    def left_out(self):
        """Labels of what a draft could not keep."""
        labels = [str(self.fields[name].label) for name in self.errors]
        is_unclear = any(e.is_ambiguous or not e.name for e in self.typed)
        if "who" not in self.errors and is_unclear:
            labels.insert(0, str(self.fields["who"].label).rstrip("?"))
        return labels

    def newcomers(self):
        """How many names nobody knows yet; an autosave adds none of them."""
        if "who" in self.errors:
            return 0
        return sum(1 for e in self.typed if e.name and not e.choices)


def refuse_unfit(entry):
    if not entry.name:
        raise ValidationError(_("A name is missing before the comma."))
    if len(entry.name) > 200 or len(entry.organisation_name) > 200:
        raise ValidationError(_("A name is too long: at most 200 characters."))


def values_of(interview):
    """What the capture page of a row that exists starts from."""
    return {name: getattr(interview, name) for name in WRITTEN} | {
        "segment": interview.segment_id,
        "who": [str(p) for p in interview.people.select_related("organisation")],
        "consent": Person.Consent.NOTES,
        "base_rev": interview.rev,
    }


def values_of_new(workspace, now):
    """What a fresh page starts from."""
    first = Segment.objects.in_workspace(workspace).order_by("created_at", "pk").first()
    return {
        "held_at": timezone.localtime(now),
        "kind": Interview.Kind.PROBLEM,
        "pitched": Interview.Pitched.NEVER,
        "segment": first.pk if first else None,
        "consent": Person.Consent.NOTES,
        "base_rev": 0,
    }


class QuoteForm(forms.Form):
    """`people`: those who took part; with one there is nothing to choose."""

    text = forms.CharField(
        label=_("Exact words"),
        max_length=4000,
        help_text=_("Cut it down to what matters. Only words of the notes."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    person = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Who said it"),
        required=False,
        empty_label=_("Not said"),
    )
    is_prompted = forms.BooleanField(
        label=_("Prompted: we named it first"), required=False
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        if len(people) > 1:
            chosen = Person.objects.filter(pk__in=[person.pk for person in people])
            self.fields["person"].queryset = chosen.select_related("organisation")
        else:
            del self.fields["person"]


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it withdrawn?"),
        max_length=Quote._meta.get_field("withdrawn_reason").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
