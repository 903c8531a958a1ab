"""PURE: what a browser's language suggests about place, money and weeks."""

from dataclasses import dataclass

# region: (time zone, currency, first day of the week)
REGIONS = {
    "US": ("America/New_York", "USD", 7),
    "CA": ("America/Toronto", "CAD", 7),
    "GB": ("Europe/London", "GBP", 1),
    "IE": ("Europe/Dublin", "EUR", 1),
    "DE": ("Europe/Berlin", "EUR", 1),
    "AT": ("Europe/Vienna", "EUR", 1),
    "CH": ("Europe/Zurich", "CHF", 1),
    "FR": ("Europe/Paris", "EUR", 1),
    "ES": ("Europe/Madrid", "EUR", 1),
    "IT": ("Europe/Rome", "EUR", 1),
    "NL": ("Europe/Amsterdam", "EUR", 1),
    "SE": ("Europe/Stockholm", "SEK", 1),
    "IN": ("Asia/Kolkata", "INR", 7),
    "JP": ("Asia/Tokyo", "JPY", 7),
    "AU": ("Australia/Sydney", "AUD", 1),
    "BR": ("America/Sao_Paulo", "BRL", 7),
}


@dataclass(frozen=True)
class Guess:
    timezone: str = "UTC"
    currency: str = "USD"
    week_start: int = 1


def guess_from(accept_language: str) -> Guess:
    """The first region named in an Accept-Language header that we know."""
    for part in accept_language.split(","):
        tag = part.split(";")[0].strip()
        region = tag[-2:].upper() if len(tag) == 5 and tag[2] in "-_" else ""
        if region in REGIONS:
            return Guess(*REGIONS[region])
    return Guess()
