"""Amounts of money typed by people."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.money import from_minor, places, to_minor
from core.numbers import Ambiguous, NotANumber, editable, parse_number

# 10 million millions of a currency with cents: more is a slip of the finger
LARGEST_MINOR = 10**15


class MoneyField(forms.CharField):
    """Cleans to a Decimal in whole units of the currency, or None.

    Pages write `2,100`, so whoever types that means it; what still has two readings is
    asked back. The form knows the currency: see `minor`. Where it knows it beforehand it
    sets `currency`, so that what is asked can be written in it: yen have no cents.
    """

    currency = ""

    def __init__(self, **options: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "short"}
        options.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**options)

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean("" if value is None else str(value))
        if not text:
            return None
        shown = "." if "," in text and "." not in text else None
        read = parse_number(text, decimal=shown)
        if isinstance(read, NotANumber):
            raise ValidationError(read.why, code="not_a_number")
        if isinstance(read, Ambiguous):
            whole, part = (reading.value for reading in read.readings)
            raise two_readings(text, whole, part, self.currency)
        if read.value < 0:
            raise ValidationError(_("Less than nothing is no amount."), code="negative")
        return read.value


def amounts_in(form: forms.BaseForm, currency: str) -> None:
    """Its amounts are in this currency, as far as is known before they are read."""
    for field in form.fields.values():
        if isinstance(field, MoneyField):
            field.currency = currency


def two_readings(
    text: str, whole: Decimal, part: Decimal, currency: str
) -> ValidationError:
    """Says how to write each of them that is an amount of the currency; of an unknown
    one, both."""
    written = [editable(whole)]
    if not currency or to_minor(part, currency) is not None:
        written.append(editable(part))
    told = {"text": text, "one": written[0], "other": written[-1]}
    words = _("“%(text)s” has two readings: write it as %(one)s.")
    if len(written) > 1:
        words = _("“%(text)s” has two readings: write it as %(one)s, or as %(other)s.")
    return ValidationError(words, code="ambiguous", params=told)


def minor(amount: Decimal | None, currency: str) -> int | None:
    """In minor units; ValidationError where the currency has no such small coin."""
    if amount is None:
        return None
    found = to_minor(amount, currency)
    if found is None:
        words = _("%(currency)s has at most %(places)s digits after the point.")
        told = {"currency": currency, "places": places(currency)}
        raise ValidationError(words, code="too_fine", params=told)
    if found > LARGEST_MINOR:
        raise ValidationError(_("This is far too much money."), code="too_large")
    return found


def as_typed(amount_minor: int | None, currency: str) -> str:
    """An amount as a field shows it; whole amounts without their cents. Three digits
    after the point get a zero behind them: 1.234 would have two readings."""
    if amount_minor is None:
        return ""
    amount = from_minor(amount_minor, currency)
    if amount == amount.to_integral_value():
        return f"{amount:,.0f}"
    text = f"{amount:,.{places(currency)}f}"
    return f"{text}0" if places(currency) == 3 and "," not in text else text
