"""The capture page of a talk."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.forms.days import MomentField
from core.models import Permission, User
from discovery.models import Person, Segment
from interviews.forms.who import WhoField, refuse_unclear
from interviews.models import Guide, Interview
from interviews.participants import understand

MOST_BYTES = 200_000
CLOCKS_DIFFER = timedelta(minutes=10)
# Near the ends of the calendar a change of time zone leaves it.
FIRST_YEAR, LAST_YEAR = 1900, 2199

TICKS = ("is_price_negotiated", "is_next_step_asked", "is_transcribed_elsewhere")
MAY_BE_EMPTY = ("notes", "segment", "guide", "next_step")
NEVER_EMPTY = ("held_at", "kind", "channel", "pitched")
WRITTEN = (*NEVER_EMPTY, *MAY_BE_EMPTY)


class TalkForm(forms.Form):
    """The capture page. `is_draft`: nothing is required, and names may be half typed.

    `interview`: the row it is about, if there is one; what it holds stays a choice.
    """

    who = WhoField(label=_("Who?"), required=False)
    held_at = MomentField(
        label=_("When"),
        help_text=_("When you talked, not when you write."),
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
        ),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Interview.Kind)
    channel = forms.ChoiceField(
        label=_("How"), choices=Interview.Channel, required=False
    )
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
    guide = forms.ModelChoiceField(
        Guide.objects.none(), label=_("Guide"), required=False, empty_label=_("None")
    )
    interviewers = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Who asked"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    pitched = forms.ChoiceField(label=_("Did we pitch?"), choices=Interview.Pitched)
    is_price_negotiated = forms.BooleanField(
        label=_("We negotiated a price"), required=False
    )
    is_next_step_asked = forms.BooleanField(
        label=_("We asked for a next step"), required=False
    )
    next_step = forms.CharField(
        label=_("Next step they agreed to"), max_length=300, required=False
    )
    is_transcribed_elsewhere = forms.BooleanField(
        label=_("Another service wrote the transcript; they were told"), required=False
    )
    consent = forms.ChoiceField(
        label=_("Consent of people who are new here"), choices=Person.Consent
    )
    # An empty box sends nothing; this says that the page had boxes at all.
    boxes = forms.CharField(required=False, initial="1", widget=forms.HiddenInput)
    base_rev = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, workspace, now, interview=None, is_draft=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = now
        self.workspace = workspace
        self.interview = interview
        self.typed = []
        self.is_draft = is_draft
        self.fields["segment"].queryset = Segment.objects.in_workspace(workspace)
        self.fields["guide"].queryset = Guide.objects.to_choose(
            workspace, but_keep=interview.guide_id if interview else None
        )
        self.fields["interviewers"].queryset = team_of(workspace, interview)
        if is_draft:
            for name in ("held_at", "kind", "notes", "pitched", "consent"):
                self.fields[name].required = False

    def clean_who(self):
        lines = self.cleaned_data["who"]
        self.typed = understand(self.workspace, lines) if lines else []
        if not self.is_draft:
            refuse_unclear(self.typed)
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
        valid = self.cleaned_data
        values = {n: valid[n] for n in WRITTEN if n in self.data and n in valid}
        if "boxes" in self.data:
            values |= {name: valid[name] for name in TICKS}
            if "interviewers" in valid:
                values["interviewers"] = list(valid["interviewers"])
        return {
            name: value
            for name, value in values.items()
            if name not in NEVER_EMPTY or value not in ("", None)
        }

    def participants(self):
        """For a draft: the names as typed, and those of them written down already.

        Empty when the page sent no valid names; then the row keeps what it has.
        """
        if "who" not in self.data or "who" in self.errors:
            return {}
        known = [entry.person for entry in self.typed if entry.person]
        is_all_known = len(known) == len(self.typed)
        lines = [] if is_all_known else self.cleaned_data["who"]
        return {"people": known, "who_typed": lines}

    def left_out(self):
        """Labels of what a draft could not keep."""
        return [str(self.fields[name].label).rstrip("?") for name in self.errors]

    def newcomers(self):
        """How many names nobody knows yet; a draft keeps the names and adds nobody."""
        return sum(1 for entry in self.typed if entry.name and not entry.choices)


def team_of(workspace, interview):
    """Who may have asked: those who log talks now, and who is named already."""
    members = workspace.memberships.current().with_permission(Permission.LOG)
    may_have_asked = Q(pk__in=members.values("user_id"))
    if interview is not None:
        may_have_asked |= Q(pk__in=interview.interviewers.values("pk"))
    return User.objects.filter(may_have_asked).order_by("name", "pk")
