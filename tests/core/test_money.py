"""Amounts of money in minor units."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from core.forms.money import MoneyField, as_typed, minor
from core.money import from_minor, show_amount, sign, to_minor


@pytest.mark.parametrize(
    ("amount", "currency", "units"),
    [
        ("12.5", "EUR", 1250),
        ("0", "USD", 0),
        ("1200", "JPY", 1200),
        ("1.5", "JPY", None),
        ("1.234", "KWD", 1234),
        ("1.234", "EUR", None),
        ("-0.01", "EUR", -1),
        ("999999999999999", "KWD", 999999999999999000),
    ],
)
def test_amounts_become_units_and_back(amount, currency, units):
    assert to_minor(Decimal(amount), currency) == units
    if units is not None:
        assert from_minor(units, currency) == Decimal(amount)


@pytest.mark.parametrize(
    ("amount_minor", "currency", "shown"),
    [
        (1250, "EUR", "12.50"),
        (1200, "JPY", "1,200"),
        (123456789, "USD", "1,234,567.89"),
    ],
)
def test_amounts_are_shown_with_all_their_digits(amount_minor, currency, shown):
    assert show_amount(amount_minor, currency) == shown


def test_signs_are_known_or_the_code_itself():
    assert (sign("EUR"), sign("CHF")) == ("€", "CHF")


@pytest.mark.parametrize(
    ("units", "currency"),
    [(1234, "KWD"), (12345, "KWD"), (500, "KWD"), (12345678, "KWD"), (1234, "JPY")],
)
def test_a_field_reads_the_amount_it_shows(units, currency):
    shown = as_typed(units, currency)

    assert minor(MoneyField().clean(shown), currency) == units


@pytest.mark.parametrize(
    ("currency", "typed", "said"),
    [
        ("JPY", "1.200", "write it as 1200."),
        ("USD", "1.200", "write it as 1200, or as 1.2."),
        ("USD", "1.234", "write it as 1234."),
        ("KWD", "1.234", "write it as 1234, or as 1.2340."),
        ("", "1.234", "write it as 1234, or as 1.2340."),
    ],
)
def test_what_has_two_readings_is_asked_in_words_of_the_currency(currency, typed, said):
    field = MoneyField()
    field.currency = currency

    with pytest.raises(ValidationError) as refused:
        field.clean(typed)

    assert refused.value.messages == [f"“{typed}” has two readings: {said}"]
    last = said.rstrip(".").split()[-1]
    assert minor(field.clean(last), currency or "KWD") is not None
