"""Numbers as people write them, and as we show them.

Reading answers with what was understood, or with the two readings of a number such as
`1.234`, or with words for what is wrong; it never guesses. Writing is one formatter for
pages, charts and mails, so that they cannot disagree, and one for files.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from typing import Final

DIGITS_BEFORE: Final = 15
DIGITS_AFTER: Final = 6
LONGEST_TEXT: Final = 100
MISSING: Final = "\N{EN DASH}"

_PREFIXED: Final = frozenset("$€£¥₹")
_MAGNITUDES: Final = frozenset(
    [
        *("k", "m", "mn", "mio", "mil", "b", "bn", "mrd", "tsd"),
        *("thousand", "million", "billion", "hundred", "dozen"),
    ]
)
_BETWEEN_WORDS: Final = frozenset(("a", "an", "per", "in"))
_CLEANED: Final = str.maketrans(
    {
        "\N{MINUS SIGN}": "-",
        "\N{EN DASH}": "-",
        "\N{FULLWIDTH HYPHEN-MINUS}": "-",
        "\N{SMALL HYPHEN-MINUS}": "-",
        "\N{FULLWIDTH PLUS SIGN}": "+",
        "\N{FULLWIDTH FULL STOP}": ".",
        "\N{FULLWIDTH COMMA}": ",",
        "\N{ARABIC DECIMAL SEPARATOR}": ".",
        "\N{ARABIC THOUSANDS SEPARATOR}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{FULLWIDTH APOSTROPHE}": "'",
        "\N{FULLWIDTH PERCENT SIGN}": "%",
        "\N{ARABIC PERCENT SIGN}": "%",
        "\t": " ",
        "\u200e": None,
        "\u200f": None,
        "\u2060": None,
        "\ufeff": None,
    }
)
_WORD: Final = r"[^\d\s+\-().,'/=]+(?:[ /.][^\d\s+\-().,'/=]+)*\.?"
_SHAPE: Final = re.compile(
    rf"(?P<sign>[+-]?)\s*(?P<before>{_WORD})?\s*(?P<inner>[+-]?)\s*"
    rf"(?P<body>[\d.,'](?:[\d.,' ]*[\d.,'])?)\s*(?P<after>{_WORD})?"
)
# Thousands as most of the world groups them, and as India does: 12,34,567.
_GROUPS: Final = re.compile(r"\d{1,3}(?:s\d{3})+|\d{1,2}(?:s\d{2})+s\d{3}")
_EXPONENT: Final = re.compile(r"[\d.,]\s*e\s*[+-]?\d", re.IGNORECASE)
_EXACT: Final = Context(prec=60)


@dataclass(frozen=True, slots=True)
class Understood:
    """One number. `echo` repeats it in words the writer can check."""

    value: Decimal
    echo: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Two numbers are possible: the separator groups thousands, or marks decimals."""

    readings: tuple[Understood, Understood]


@dataclass(frozen=True, slots=True)
class NotANumber:
    """`why` is a sentence for the person who typed it."""

    why: str


Parsed = Understood | Ambiguous | NotANumber


def parse_number(text: str, *, unit: str = "", decimal: str | None = None) -> Parsed:
    """Read one number: `2,000.5`, `2.000,5`, `2 000,5`, `-5`, `$1'200`, `12 %`, `(30)`.

    A single point or comma before exactly three digits, as in `1.234`, has two
    readings. `decimal` ("." or ",") settles it, and is to be given only when something
    else proves it: the person's answer, or another number in the same column.
    Words beside the number must be those of `unit`, if one is given.
    """
    if len(text) > LONGEST_TEXT:
        return NotANumber("This is far too long for a number.")
    cleaned, is_negative = _unwrapped(_plain(text))
    shape = _SHAPE.fullmatch(cleaned)
    if shape is None:
        return NotANumber(_why_not(cleaned))
    words = [word for word in (shape["before"], shape["after"]) if word]
    wrong = _wrong_word(words, unit)
    if wrong:
        return NotANumber(wrong)
    signs = shape["sign"] + shape["inner"] + ("-" if is_negative else "")
    if len(signs) > 1:
        return NotANumber("Write one sign only.")
    readings = _readings(shape["body"], decimal)
    if not readings:
        return NotANumber("The separators do not form a number, such as 2,000.5.")
    return _answer(readings, is_negative=signs == "-", unit=unit)


def _plain(text: str) -> str:
    """Digits and spaces of every script as ASCII; signs and separators alike."""
    return "".join(_plain_character(c) for c in text.translate(_CLEANED)).strip()


def _plain_character(character: str) -> str:
    if unicodedata.category(character) == "Zs":
        return " "
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


def _unwrapped(text: str) -> tuple[str, bool]:
    """Accountants put a negative number in brackets."""
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(), True
    return text, False


def _why_not(text: str) -> str:
    if not text:
        return "Enter a number."
    if text.lower().lstrip("+-") in {"nan", "inf", "infinity", "\N{INFINITY}"}:
        return "Only a number that can be counted or measured fits here."
    if _EXPONENT.search(text):
        return "Write the number in full, without an exponent: 2,000,000, not 2e6."
    if text.startswith("="):
        return "This is a formula. Enter its result, such as 2,000.5."
    return "Enter a number, such as 2,000.5."


def _wrong_word(words: list[str], unit: str) -> str:
    """Why a word beside the number cannot stand, or nothing."""
    allowed = _spoken(unit) | _BETWEEN_WORDS
    for word in words:
        spoken = _spoken(word)
        if spoken <= allowed:
            continue
        if spoken & _MAGNITUDES:
            return f"Write the number in full, without “{word}”."
        if unit:
            return (
                f"This is counted in {unit}, not in “{word}”. Enter the number alone."
            )
        if any(character.isnumeric() for character in word):
            return _why_not(word)
    return ""


def _spoken(text: str) -> set[str]:
    """The words of a unit, so that `orders/day` and `order a day` are alike."""
    words = re.split(r"[\s/.]+", text.casefold())
    return {
        word if len(word) == 1 else word.removesuffix("s") for word in words if word
    }


def _readings(body: str, decimal: str | None) -> list[Decimal]:
    """Each number the digits and separators can mean; a thousands reading first."""
    whole = _whole(body)
    found = [] if whole is None else [whole]
    part = _with_decimals(body)
    if part is None:
        return found
    if not found or (decimal is not None and decimal in body):
        return [part]
    return found if decimal is not None else [*found, part]


def _whole(body: str) -> Decimal | None:
    """The number without decimals: plain digits, or groups with one kind of mark."""
    if body.isdigit():
        return Decimal(body)
    for mark in " '.,":
        if mark in body and _grouped(body, mark):
            return Decimal(body.replace(mark, ""))
    return None


def _grouped(body: str, mark: str) -> bool:
    is_plain_mark = not set(body) - set("0123456789" + mark)
    starts_well = not body.startswith("0")
    shape = body.replace(mark, "s")
    return is_plain_mark and starts_well and _GROUPS.fullmatch(shape) is not None


def _with_decimals(body: str) -> Decimal | None:
    """The number whose last point or comma marks decimals."""
    place = max(body.rfind("."), body.rfind(","))
    if place < 0:
        return None
    before, mark, after = body[:place], body[place], body[place + 1 :]
    if mark in before or not (before or after):
        return None
    whole = _whole(before) if before else Decimal(0)
    if whole is None or (after and not after.isdigit()):
        return None
    return Decimal(f"{whole:f}.{after or 0}")


def _answer(readings: list[Decimal], *, is_negative: bool, unit: str) -> Parsed:
    numbers = [-number if is_negative and number else number for number in readings]
    for number in numbers:
        if abs(number) >= 10**DIGITS_BEFORE:
            return NotANumber(
                f"This is too large: at most {DIGITS_BEFORE} digits fit here."
            )
    if len(numbers) == 2:
        return Ambiguous((_in_thousands(numbers[0], unit), _in_parts(numbers[1], unit)))
    if _places(numbers[0]) > DIGITS_AFTER:
        return NotANumber(f"At most {DIGITS_AFTER} digits after the point fit here.")
    return Understood(numbers[0], exact(numbers[0], unit))


def _in_thousands(number: Decimal, unit: str) -> Understood:
    return Understood(number, f"{exact(number, unit)}, that is {raw(number)}")


def _in_parts(number: Decimal, unit: str) -> Understood:
    low = number.to_integral_value(ROUND_FLOOR)
    if number == low:
        return Understood(number, f"{exact(number, unit)}, without thousands")
    between = f"between {exact(low)} and {exact(low + 1)}"
    return Understood(number, f"{exact(number, unit)}, {between}")


def _places(number: Decimal) -> int:
    _, _, after = raw(number).partition(".")
    return len(after)


def show(value: Decimal | float | None, unit: str = "") -> str:
    """A number for people: `2,000.5 orders`, `-67%`, `$1,200`, `0.034`; missing is a dash.

    One decimal at most from 10 on, two below, two significant digits below 1; never an
    exponent. The value must be finite.
    """
    if value is None:
        return MISSING
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    return _dressed(number.quantize(_step(number), ROUND_HALF_UP, _EXACT), unit)


def exact(value: Decimal, unit: str = "") -> str:
    """Like `show`, without rounding: for repeating what somebody typed."""
    return _dressed(value, unit)


def raw(value: Decimal | float | None) -> str:
    """A number for files: no grouping, a point, no exponent; missing is empty."""
    if value is None:
        return ""
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def editable(value: Decimal | float | None) -> str:
    """Like `raw`, but never in the shape 1.234: it is read back as the same number."""
    text = raw(value)
    _, _, decimals = text.partition(".")
    return f"{text}0" if len(decimals) == 3 else text


def _step(number: Decimal) -> Decimal:
    size = abs(number)
    if size >= 10:
        return Decimal("0.1")
    if size >= 1 or not number:
        return Decimal("0.01")
    return Decimal(1).scaleb(size.adjusted() - 1)


def _dressed(number: Decimal, unit: str) -> str:
    plain = raw(number)
    sign, digits = (
        ("\N{MINUS SIGN}", plain[1:]) if plain.startswith("-") else ("", plain)
    )
    whole, point, after = digits.partition(".")
    text = f"{int(whole):,}{point}{after}"
    if unit in _PREFIXED:
        return f"{sign}{unit}{text}"
    if unit in {"", "%"}:
        return f"{sign}{text}{unit}"
    return f"{sign}{text} {unit}"
