"""A kind of mail for tests: `period` says how it behaves."""

from core.deliveries import Mail
from core.models import Delivery


class PoisonError(Exception):
    """Carries words that must not reach a log."""


def render(delivery):
    if delivery.period == "poison":
        raise PoisonError("secret words")
    if delivery.period == "text":
        return Mail("Text alone", "Text.")
    if delivery.period == "long":
        return Mail("Long", "Text.", "<p>" + "x" * 60_000)
    return Mail(f"News for\r\nBcc: {delivery.address}", "Hello ✓\n", "<p>Hello ✓</p>")


def recheck(delivery, now):
    if delivery.period == "broken check":
        raise PoisonError("secret words")
    if delivery.period == "broken query":
        Delivery.objects.raw("SELECT nothing FROM nowhere")[0]
    return "late" if delivery.period == "late" else None
