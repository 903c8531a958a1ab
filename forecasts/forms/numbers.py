"""Numbers typed by people. What has two readings is asked back, nothing is guessed."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.numbers import Ambiguous, NotANumber, parse_number

MARKS = (".", ",")


class NumberField(forms.CharField):
    """A decimal number in any common spelling; cleans to a Decimal.

    `decimal` is the mark the person said they use, see DecimalQuestion. The error of
    an ambiguous number has the code "ambiguous", and `ambiguous` keeps the readings.
    """

    default_error_messages = {"required": gettext_lazy("Enter a number.")}

    def __init__(self, *, unit="", **options):
        options.setdefault(
            "widget",
            forms.TextInput(
                attrs={"inputmode": "decimal", "autocomplete": "off", "class": "short"}
            ),
        )
        super().__init__(**options)
        self.unit = unit
        self.decimal = None
        self.is_typed = True
        self.ambiguous = None

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        decimal = self.decimal or (as_shown(text) if self.is_typed else None)
        parsed = parse_number(text, unit=self.unit, decimal=decimal)
        if isinstance(parsed, NotANumber):
            raise ValidationError(parsed.why, code="not_a_number")
        if isinstance(parsed, Ambiguous):
            self.ambiguous = (text, parsed)
            raise ValidationError(
                _("“%(text)s” has two readings: say which you mean."),
                code="ambiguous",
                params={"text": text},
            )
        return parsed.value


def as_shown(text):
    """Pages write `2,100`, so whoever types that means it. A file proves nothing of
    the kind, and `2.100` is never shown for a whole number: those are asked back."""
    return "." if "," in text and "." not in text else None


class NumberForm(forms.Form):
    """A form with numbers, told which mark the person said separates decimals."""

    def __init__(self, *args, decimal=None, is_typed=True, **options):
        super().__init__(*args, **options)
        self.mark = decimal
        for field in self.number_fields():
            field.decimal, field.is_typed = decimal, is_typed

    def number_fields(self):
        return [one for one in self.fields.values() if isinstance(one, NumberField)]

    def open_question(self):
        """(text, Ambiguous) of the first number with two readings, if any."""
        return next(
            (one.ambiguous for one in self.number_fields() if one.ambiguous), None
        )


class DecimalQuestion(forms.Form):
    """Asked once for all numbers of a page, only when one of them has two readings."""

    decimal = forms.ChoiceField(
        widget=forms.RadioSelect(attrs={"class": "cards"}), choices=[]
    )

    def __init__(self, text, ambiguous, **options):
        super().__init__(**options)
        mark = "." if "." in text else ","
        other = "," if mark == "." else "."
        whole, part = ambiguous.readings
        self.fields["decimal"].label = _("What does “%(text)s” mean?") % {"text": text}
        self.fields["decimal"].help_text = _(
            "All other numbers of this kind are then read alike."
        )
        self.fields["decimal"].choices = [(other, whole.echo), (mark, part.echo)]


def mark_in(data):
    """The answer to the question, if it was asked and answered."""
    mark = data.get("decimal", "")
    return mark if mark in MARKS else None


def question_for(number_forms):
    """The question still to ask, or None. The forms have been validated."""
    for form in number_forms:
        found = form.open_question()
        if found:
            return DecimalQuestion(*found)
    return None
