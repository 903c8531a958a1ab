"""Who comments by a link: recognised by a cookie of this browser, asked anew at every
request, so that nobody outlives the link or outstays the founders' word."""

from __future__ import annotations

import hmac
import unicodedata
from base64 import urlsafe_b64encode
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Max
from django.utils.crypto import constant_time_compare, salted_hmac

from core.tokens import WELL_FORMED, cookie_name, exchange, hashed
from portfolio.models import Guest, GuestBrowser, Introduction

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from portfolio.models import ShareLink

# of every page a link opens: a digest opens the same link at another address each week
PATH = "/s/view/"
KEPT = 180 * 24 * 3600
WAITING_COOKIE = "intro-"
# a text waits so long for its writer to say who they are
WAITS = timedelta(days=1)
CODE_WORKS = timedelta(minutes=10)
TRIES = 5


# --- cookies -----------------------------------------------------------------------
def guest_cookie(link: ShareLink) -> str:
    """One for each link: two links in one browser may know two people."""
    return f"guest-{link.pk.hex[:12]}"


def waiting_cookie(link: ShareLink) -> str:
    return f"{WAITING_COOKIE}{link.pk.hex[:12]}"


def token_in(request: HttpRequest, name: str) -> str:
    token = request.COOKIES.get(cookie_name(name), "")
    return token if WELL_FORMED.fullmatch(token) else ""


def remember(response: HttpResponse, name: str, token: str, *, max_age: int) -> None:
    exchange(response, name, token, path=PATH, max_age=max_age)


def forget(response: HttpResponse, name: str) -> None:
    response.delete_cookie(cookie_name(name), path=PATH, samesite="Lax")


# --- who it is ---------------------------------------------------------------------
def guest_of(request: HttpRequest, link: ShareLink, now: datetime) -> Guest | None:
    """No query without the cookie, one with it. `last_said`: the number of their latest
    comment, or None."""
    token = token_in(request, guest_cookie(link))
    if not token:
        return None
    rows = Guest.objects.welcome(now).filter(link=link)
    rows = rows.filter(browsers__token_hash=hashed(token))
    return rows.annotate(last_said=Max("comments__number")).first()


def browser_of(request: HttpRequest, link: ShareLink) -> GuestBrowser | None:
    token = token_in(request, guest_cookie(link))
    rows = GuestBrowser.objects.filter(guest__link=link)
    return rows.filter(token_hash=hashed(token)).first() if token else None


def waiting_of(
    request: HttpRequest, link: ShareLink, now: datetime
) -> Introduction | None:
    """What this browser wants to say, with whatever is known of its writer by now."""
    token = token_in(request, waiting_cookie(link))
    if not token:
        return None
    rows = Introduction.objects.filter(link=link, created_at__gt=now - WAITS)
    return rows.filter(token_hash=hashed(token)).first()


def token_after(token: str) -> str:
    """The token of a browser once the code was right. Another one than before, so that
    nobody who put the first one there knows it; the same for a form sent twice."""
    known = salted_hmac("portfolio.guest", token, algorithm="sha256").digest()
    return urlsafe_b64encode(known).decode().rstrip("=")


# --- codes -------------------------------------------------------------------------
def code_hash(waiting: Introduction, code: str) -> str:
    """Six digits are soon guessed from a plain hash: this one needs our key."""
    known = f"{waiting.pk}:{waiting.address}:{code}"
    return salted_hmac("portfolio.guest.code", known, algorithm="sha256").hexdigest()


def is_code_of(waiting: Introduction, code: str) -> bool:
    return constant_time_compare(waiting.code_hash, code_hash(waiting, code))


def works(waiting: Introduction, now: datetime) -> bool:
    """Whether a code is out that may still be typed."""
    if waiting.sent_at is None or waiting.used_at is not None:
        return False
    return now < waiting.sent_at + CODE_WORKS and waiting.tries < TRIES


def same_mailbox(address: str) -> str:
    """One key for ways of writing one mailbox: capitals, look-alike signs, "+tags"."""
    plain = unicodedata.normalize("NFKC", address).strip().casefold()
    local, _at, domain = plain.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


# --- mails -------------------------------------------------------------------------
def stop_token(guest: Guest) -> str:
    """Opens the page that stops mails to this guest: the same in all of them."""
    key = f"fieldproof.guests:{settings.SECRET_KEY}".encode()
    known = hmac.digest(key, guest.pk.bytes, sha256)
    return urlsafe_b64encode(known).decode().rstrip("=")
