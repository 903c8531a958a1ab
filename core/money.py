"""PURE. Amounts of money in minor units of their currency: cents, pence, fils."""

from decimal import Decimal
from typing import Final

_WHOLE: Final = frozenset(
    [
        *("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF"),
        *("UGX", "VND", "VUV", "XAF", "XOF", "XPF"),
    ]
)
_THOUSANDTHS: Final = frozenset(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"))
_SIGNS: Final = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}


def places(currency: str) -> int:
    """Digits after the point: 2 for most currencies, none for yen, 3 for dinars."""
    if currency in _WHOLE:
        return 0
    return 3 if currency in _THOUSANDTHS else 2


def sign(currency: str) -> str:
    """What people write for it; the code itself where we know no sign."""
    return _SIGNS.get(currency, currency)


def to_minor(amount: Decimal, currency: str) -> int | None:
    """None when the amount has more digits after the point than the currency."""
    minor = amount.scaleb(places(currency))
    return int(minor) if minor == minor.to_integral_value() else None


def from_minor(minor: int, currency: str) -> Decimal:
    return Decimal(minor).scaleb(-places(currency))


def show_amount(minor: int, currency: str) -> str:
    """`12.50`, or `1,200` in yen: always with all digits the currency has."""
    return f"{from_minor(minor, currency):,.{places(currency)}f}"


def show_money(minor: int, currency: str) -> str:
    """`$1,000,000` or `CHF 12.50`: with its sign, whole amounts without their cents."""
    amount = from_minor(minor, currency)
    digits = 0 if amount == amount.to_integral_value() else places(currency)
    mark = sign(currency)
    return f"{mark}{' ' if mark == currency else ''}{amount:,.{digits}f}"
