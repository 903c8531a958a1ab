"""What a browser's language suggests."""

import pytest

from core.zones import places
from portfolio.guesses import REGIONS, Guess, guess_from


@pytest.mark.parametrize(
    ("header", "guess"),
    [
        ("", Guess()),
        ("de", Guess()),
        ("de-DE,de;q=0.9", Guess("Europe/Berlin", "EUR", 1)),
        ("en-US,en;q=0.5", Guess("America/New_York", "USD", 7)),
        ("fr-XX,en-GB;q=0.2", Guess("Europe/London", "GBP", 1)),
        ("zh-Hant-TW", Guess()),
        (";;;,,,--", Guess()),
    ],
)
def test_guess(header, guess):
    assert guess_from(header) == guess


def test_every_zone_exists():
    assert {zone for zone, _, _ in REGIONS.values()} <= set(places())
