"""How often somebody may do something, counted in the shared cache."""

from allauth.core.internal.ratelimit import RateLimitUsage, consume
from django.http import HttpRequest


def is_too_often(
    request: HttpRequest,
    action: str,
    rate: str,
    *,
    counts_reads: bool = False,
    key: str | None = None,
) -> bool:
    """Counts this one, too. `rate` is written like allauth's: `30/5m/ip`, or `9/1h/key`
    of what `key` names, whoever asks.

    The address is the one allauth trusts for sign-in, so that a made-up
    X-Forwarded-For changes nothing. GET is counted only with `counts_reads`.
    """
    return counted(request, action, rate, counts_reads=counts_reads, key=key) is None


def counted(
    request: HttpRequest,
    action: str,
    rate: str,
    *,
    counts_reads: bool = False,
    key: str | None = None,
) -> RateLimitUsage | None:
    """What `is_too_often` asks: None when it is too often. `rollback()` of the answer
    gives this one back."""
    return consume(
        request,
        app="fieldproof",
        action=action,
        config={action: rate},
        limit_get=counts_reads,
        key=key,
    )
