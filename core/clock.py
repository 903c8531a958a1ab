"""The one place that asks what time it is."""

from datetime import UTC, datetime

from django.conf import settings


def now() -> datetime:
    """Aware UTC. With DEBUG on, `FIELDPROOF_NOW` sets it for demonstrations."""
    return getattr(settings, "CLOCK_SET_TO", None) or datetime.now(UTC)
