"""Secrets that stand for a right: 256 random bits, of which only the hash is stored."""

import re
from hashlib import sha256
from secrets import token_urlsafe

from django.conf import settings
from django.http import HttpResponse

WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{43}")


def new_token() -> str:
    return token_urlsafe(32)


def hashed(token: str) -> str:
    """Hex SHA-256. The token is random, so no salt and no slow hash is needed."""
    return sha256(token.encode()).hexdigest()


def place_of(token: str) -> str:
    """Names the own path of whatever a token opens, so that two of them in one browser
    do not mix. It says nothing of the token."""
    return hashed(token)[:16]


def exchange(
    response: HttpResponse, name: str, token: str, *, path: str, max_age: int | None
) -> None:
    """Puts a token into a cookie of one path, where no history, log or Referer has it.

    Lax: people come from their mail, and the cookie must come along. Bound to a path it
    cannot be `__Host-`; over plain http browsers refuse either prefix.
    """
    response.set_cookie(
        cookie_name(name),
        token,
        path=path,
        max_age=max_age,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def cookie_name(name: str) -> str:
    return f"__Secure-{name}" if settings.SESSION_COOKIE_SECURE else name
