from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.numbers import (
    Ambiguous,
    NotANumber,
    Understood,
    editable,
    exact,
    parse_number,
    raw,
    show,
)

MINUS = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2000", "2000"),
        ("2.000,5", "2000.5"),
        ("2,000.5", "2000.5"),
        ("2 000,5", "2000.5"),
        ("2\N{NO-BREAK SPACE}000,5", "2000.5"),
        ("2\N{NARROW NO-BREAK SPACE}000,5", "2000.5"),
        ("2'000.5", "2000.5"),
        ("2\N{RIGHT SINGLE QUOTATION MARK}000", "2000"),
        ("2 000", "2000"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1.234.567,125", "1234567.125"),
        ("12,34,567.5", "1234567.5"),
        ("0.123", "0.123"),
        ("0,123", "0.123"),
        ("1234.567", "1234.567"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1,2", "1.2"),
        ("007", "7"),
        ("+5", "5"),
        ("-5", "-5"),
        ("-0", "0"),
        (f"{MINUS}5", "-5"),
        ("(500)", "-500"),
        ("12 %", "12"),
        ("$5", "5"),
        ("-$5", "-5"),
        ("$ -5", "-5"),
        ("€ 2.000,50", "2000.50"),
        ("2 000 orders", "2000"),
        ("\N{FULLWIDTH DIGIT ONE}\N{FULLWIDTH DIGIT TWO}", "12"),
        ("\N{ARABIC-INDIC DIGIT TWO}\N{ARABIC DECIMAL SEPARATOR}5", "2.5"),
        ("\t12\N{ZERO WIDTH NO-BREAK SPACE} ", "12"),
    ],
)
def test_one_reading(text, value):
    parsed = parse_number(text)

    assert isinstance(parsed, Understood)
    assert parsed.value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "whole", "part"),
    [
        ("1.234", "1234", "1.234"),
        ("1,234", "1234", "1.234"),
        ("-12,345", "-12345", "-12.345"),
        ("123.000 orders", "123000", "123"),
        ("\N{FULLWIDTH DIGIT ONE}\N{FULLWIDTH FULL STOP}234", "1234", "1.234"),
    ],
)
def test_two_readings(text, whole, part):
    parsed = parse_number(text)

    assert isinstance(parsed, Ambiguous)
    assert [one.value for one in parsed.readings] == [Decimal(whole), Decimal(part)]


@pytest.mark.parametrize(
    ("decimal", "value"), [(".", "1.234"), (",", "1234"), (None, None)]
)
def test_a_proven_decimal_mark_settles_it(decimal, value):
    parsed = parse_number("1.234", decimal=decimal)

    got = parsed.value if isinstance(parsed, Understood) else None
    assert got == (value and Decimal(value))


def test_a_proven_decimal_mark_does_not_bend_a_clear_number():
    assert parse_number("2.5", decimal=",") == Understood(Decimal("2.5"), "2.5")


def test_the_readings_are_told_apart_in_words():
    parsed = parse_number("-1,234", unit="orders")

    assert isinstance(parsed, Ambiguous)
    assert [one.echo for one in parsed.readings] == [
        f"{MINUS}1,234 orders, that is -1234",
        f"{MINUS}1.234 orders, between {MINUS}2 and {MINUS}1",
    ]


def test_a_round_reading_is_told_apart_too():
    parsed = parse_number("1.000")

    assert isinstance(parsed, Ambiguous)
    assert parsed.readings[1].echo == "1, without thousands"


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("", "Enter a number."),
        ("   ", "Enter a number."),
        ("many", "Enter a number, such as"),
        ("1e5", "Write the number in full, without an exponent"),
        ("1e400", "Write the number in full, without an exponent"),
        ("NaN", "Only a number that can be counted"),
        ("-inf", "Only a number that can be counted"),
        ("\N{INFINITY}", "Only a number that can be counted"),
        ("=cmd()", "This is a formula"),
        ("=1+1", "This is a formula"),
        ("=5", "This is a formula"),
        ("1" * 40, "This is too large: at most 15 digits"),
        ("1" * 101, "This is far too long"),
        ("0.1234567", "At most 6 digits after the point"),
        ("\N{VULGAR FRACTION ONE HALF}", "Enter a number, such as"),
        ("5\N{SUPERSCRIPT TWO}", "Enter a number, such as"),
        ("12 34", "The separators do not form a number"),
        ("1.2.3", "The separators do not form a number"),
        ("1,2,3", "The separators do not form a number"),
        ("1.234,5.6", "The separators do not form a number"),
        ("0,123,456", "The separators do not form a number"),
        (",", "The separators do not form a number"),
        ("1,2 3", "The separators do not form a number"),
        ("1 2.5", "The separators do not form a number"),
        ("--5", "Write one sign only"),
        ("-$-5", "Write one sign only"),
        ("(-5)", "Write one sign only"),
        ("5-", "Enter a number, such as"),
        ("2k", "Write the number in full, without “k”"),
        ("2 million orders", "Write the number in full, without “million orders”"),
        ("1" * 16 + ",123", "This is too large"),
    ],
)
def test_no_number_says_why(text, start):
    parsed = parse_number(text)

    assert isinstance(parsed, NotANumber)
    assert parsed.why.startswith(start)


@pytest.mark.parametrize(
    ("text", "unit", "is_fine"),
    [
        ("2 orders", "orders/day", True),
        ("2 order", "orders", True),
        ("2 orders a day", "orders per day", True),
        ("2 Orders.", "orders", True),
        ("2 M USD", "M USD", True),
        ("5 m\N{SUPERSCRIPT TWO}", "m\N{SUPERSCRIPT TWO}", True),
        ("5%", "%", True),
        ("5%", "orders", False),
        ("5 EUR", "USD", False),
        ("2 M USD", "USD", False),
    ],
)
def test_words_beside_the_number_are_those_of_the_unit(text, unit, is_fine):
    assert isinstance(parse_number(text, unit=unit), Understood) is is_fine


def test_echo_repeats_every_digit_with_the_unit():
    assert parse_number("2.000,525", unit="orders") == Understood(
        Decimal("2000.525"), "2,000.525 orders"
    )


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (2000.5, "orders", "2,000.5 orders"),
        (2000, "", "2,000"),
        (Decimal("1E+6"), "", "1,000,000"),
        (1e21, "", "1,000,000,000,000,000,000,000"),
        (1234567.89, "", "1,234,567.9"),
        (12.34, "", "12.3"),
        (1.234, "", "1.23"),
        (9.999, "", "10"),
        (0.034, "", "0.034"),
        (0.0345, "", "0.035"),
        (1e-7, "", "0.0000001"),
        (0, "orders", "0 orders"),
        (-0.0, "", "0"),
        (-67, "%", f"{MINUS}67%"),
        (1200, "$", "$1,200"),
        (-1200, "€", f"{MINUS}€1,200"),
        (1200, "EUR", "1,200 EUR"),
        (None, "orders", "\N{EN DASH}"),
    ],
)
def test_show(value, unit, text):
    assert show(value, unit) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("2000.500000"), "2000.5"),
        (Decimal("-5"), "-5"),
        (Decimal("1E+6"), "1000000"),
        (1e-7, "0.0000001"),
        (Decimal("-0.0"), "0"),
        (100, "100"),
        (None, ""),
    ],
)
def test_raw(value, text):
    assert raw(value) == text


def test_editable_never_has_two_readings():
    assert [editable(Decimal(text)) for text in ("1.234", "1234", "-0.5")] == [
        *("1.2340", "1234", "-0.5"),
    ]
    assert editable(None) == ""


amounts = st.decimals(
    min_value=-(10**14), max_value=10**14, places=6, allow_nan=False
) | st.integers(-(10**14), 10**14).map(Decimal)


@given(amounts)
def test_what_is_shown_exactly_is_read_back(value):
    parsed = parse_number(exact(value))

    readings = parsed.readings if isinstance(parsed, Ambiguous) else (parsed,)
    assert value in [one.value for one in readings]


@given(st.text(max_size=30) | st.text("0123456789.,' -+$%kE()", max_size=20))
def test_any_text_gets_an_answer(text):
    assert isinstance(parse_number(text), Understood | Ambiguous | NotANumber)
