"""Forms of answers to surveys. Pages, pasted tables and imports pass them alike."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.forms.days import day_field
from core.money import places, sign, to_minor
from core.numbers import Ambiguous, NotANumber, parse_number
from discovery.models import Person
from interviews.models import MustHaveAnswer, Survey
from interviews.participants import split
from interviews.survey_rows import PRICES, importance_name, satisfaction_name

FIRST_YEAR = 1900
MOST_USES = 9999
# a respondent we have not written down: 7, R7, No. 12
NUMBER = re.compile(r"(?:[A-Za-z]{1,3}\.?)?[ #-]?\d{1,6}")
RATED = [(n, str(n)) for n in range(1, 6)]


# --- answers ---------------------------------------------------------------------
class AnswerForm(forms.Form):
    """What somebody answered. `answers()` is what `record_response` takes."""

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.survey = survey

    def answers(self) -> dict[str, Any]:
        raise NotImplementedError


class MustHaveForm(AnswerForm):
    feeling = forms.ChoiceField(
        label=_("How would you feel if you could no longer use it?"),
        choices=MustHaveAnswer.Feeling,
        widget=forms.RadioSelect,
    )
    uses_last_14_days = forms.IntegerField(
        label=_("How often did you use it in the last 14 days?"),
        min_value=0,
        max_value=MOST_USES,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    why = forms.CharField(
        label=_("Why is that so?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["feeling"].choices = [
            (value, capfirst(label)) for value, label in MustHaveAnswer.Feeling.choices
        ]

    def answers(self):
        names = ("feeling", "uses_last_14_days", "why")
        return {name: self.cleaned_data[name] for name in names}


class PriceField(forms.CharField):
    """An amount in the survey's currency; comes out in its minor units."""

    currency = ""

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "short"})
        super().__init__(max_length=100, widget=widget, **kwargs)

    def clean(self, value):
        text = super().clean(value)
        return self.read(text) if text else None

    def read(self, text):
        mark, code = sign(self.currency), self.currency
        read = parse_number(text.replace(mark, code), unit=code)
        if isinstance(read, NotANumber):
            raise ValidationError(read.why, code="number")
        if isinstance(read, Ambiguous):
            first, second = (one.echo for one in read.readings)
            raise ValidationError(
                _("This can be read as %(first)s, or as %(second)s. Write it plainly."),
                code="ambiguous",
                params={"first": first, "second": second},
            )
        minor = to_minor(read.value, code)
        if minor is None:
            raise ValidationError(
                _("%(currency)s has at most %(n)s digits after the point."),
                code="digits",
                params={"currency": code, "n": places(code)},
            )
        if minor < 0:
            raise ValidationError(_("A price is not below zero."), code="negative")
        return minor


class PriceForm(AnswerForm):
    """Four prices. Whether they are in order is no condition: it is counted later."""

    too_cheap = PriceField(
        label=_("At what price would it be so cheap that you doubt it is any good?")
    )
    cheap = PriceField(
        label=_("At what price would it be a bargain, good value for the money?")
    )
    expensive = PriceField(
        label=_("At what price would it begin to be expensive, but still thinkable?")
    )
    too_expensive = PriceField(
        label=_("At what price would it be too expensive to consider?")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in PRICES:
            self.fields[name].currency = self.survey.currency
            self.fields[name].unit = self.survey.currency

    def answers(self):
        return {f"{name}_minor": self.cleaned_data[name] for name in PRICES}


class NeedsForm(AnswerForm):
    """Two ratings of each need. A need may be left out, a half rating may not."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.needs = list(self.survey.needs.all())
        for need in self.needs:
            self.fields[importance_name(need)] = rating_field(
                _("How important is it to you: %(outcome)s?"), need
            )
            self.fields[satisfaction_name(need)] = rating_field(
                _("How satisfied are you with it today: %(outcome)s?"), need
            )

    def pairs(self):
        """(need, its two bound fields), for pages that draw them together."""
        for need in self.needs:
            yield need, self[importance_name(need)], self[satisfaction_name(need)]

    def clean(self):
        data = super().clean()
        for need in self.needs:
            names = (importance_name(need), satisfaction_name(need))
            if any(name in self.errors for name in names):
                continue
            missing = [name for name in names if not data.get(name)]
            if len(missing) == 1:
                self.add_error(missing[0], _("Rate both, or leave both out."))
        if not self.errors and not self.answers()["ratings"]:
            raise ValidationError(_("Rate at least one of them."), code="empty")
        return data

    def answers(self):
        found = (
            (
                need,
                self.cleaned_data.get(importance_name(need)),
                self.cleaned_data.get(satisfaction_name(need)),
            )
            for need in self.needs
        )
        return {"ratings": [one for one in found if one[1] and one[2]]}


def rating_field(label, need):
    return forms.TypedChoiceField(
        label=label % {"outcome": need.outcome},
        choices=RATED,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose a number from 1 to 5.")},
    )


ANSWERS = {
    Survey.Kind.MUST_HAVE: MustHaveForm,
    Survey.Kind.PRICE: PriceForm,
    Survey.Kind.NEEDS: NeedsForm,
}


# --- who answered ----------------------------------------------------------------
class RespondentForm(AnswerForm):
    """`person` and `label` stand among the cleaned data: one of them is filled."""

    respondent = forms.CharField(
        label=_("Respondent"),
        max_length=300,
        help_text=_("Somebody written down here, or a number such as R7."),
        widget=forms.TextInput(
            attrs={"list": "respondent-names", "autocomplete": "off"}
        ),
    )
    organisation = forms.CharField(max_length=200, required=False)
    email = forms.CharField(max_length=254, required=False)
    asked_on = day_field(_("Answered on"), required=True)
    consented = forms.BooleanField(
        label=_("They agreed to what this survey says about their answers"),
        error_messages={
            "required": _("Nothing is kept of somebody who did not agree to it.")
        },
    )
    field_order = ("respondent", "organisation", "email", "asked_on", "consented")

    def __init__(self, *args, today, is_from_table=False, **kwargs):
        """`is_from_table`: organisation and address stand in columns of their own."""
        super().__init__(*args, **kwargs)
        self.today = today
        if not is_from_table:
            del self.fields["organisation"], self.fields["email"]

    def clean_asked_on(self):
        day = self.cleaned_data["asked_on"]
        if not day.year >= FIRST_YEAR or day > self.today:
            raise ValidationError(_("This day is not possible."), code="day")
        return day

    def clean(self):
        data = super().clean()
        data["person"], data["label"] = None, ""
        if data.get("respondent"):
            try:
                data["person"], data["label"] = self.understood(data)
            except ValidationError as error:
                self.add_error("respondent", error)
        return data

    def understood(self, data):
        typed = " ".join(data["respondent"].split())
        found = people_meant(
            self.survey.workspace_id,
            typed,
            organisation=data.get("organisation", ""),
            email=data.get("email", ""),
        )
        if len(found) > 1:
            raise ValidationError(
                _("Several people are called so. Add the organisation after a comma."),
                code="ambiguous",
            )
        if found:
            return willing(found[0]), ""
        if NUMBER.fullmatch(typed):
            return None, typed
        raise ValidationError(
            _("Nobody of this name is written down. Do that first, or give a number."),
            code="unknown",
        )


def people_meant(workspace_id, typed, *, organisation="", email=""):
    """By address, else by name and organisation as people type them; at most two."""
    people = Person.objects.filter(workspace=workspace_id).current()
    people = people.select_related("organisation").order_by("created_at", "pk")
    if email:
        return list(people.filter(email__iexact=email.strip())[:2])
    name, typed_organisation = split(typed)
    known_at = organisation.strip() or typed_organisation
    if known_at:
        at = Q(name__iexact=name, organisation__name__iexact=known_at)
        return list(people.filter(at | Q(name__iexact=typed))[:2])
    return list(people.filter(name__iexact=name)[:2])


def willing(person):
    if person.consent == Person.Consent.NONE:
        raise ValidationError(
            _("This person did not agree that anything is kept."), code="no_consent"
        )
    return person


def entry_form(survey: Survey) -> type[RespondentForm]:
    """The form of somebody's answers as we enter them: who, when, agreed, and what."""
    kind = Survey.Kind(survey.kind)
    return type(f"{kind.name}Entry", (RespondentForm, ANSWERS[kind]), {})


# --- answering by oneself --------------------------------------------------------
class AgreeingForm(AnswerForm):
    agree = forms.BooleanField(
        label=_("I agree to this"),
        error_messages={
            "required": _(
                "Your answers can only be kept if you agree. It is up to you."
            )
        },
    )
    field_order = ("agree",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # whether an answer counts depends on it, and only they know
        if "uses_last_14_days" in self.fields:
            self.fields["uses_last_14_days"].required = True


def public_form(survey: Survey) -> type[AgreeingForm]:
    kind = Survey.Kind(survey.kind)
    return type(f"{kind.name}Public", (AgreeingForm, ANSWERS[kind]), {})
