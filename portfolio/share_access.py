"""The policy of pages that a share link opens.

The token of the link is exchanged for a cookie of one path, so that it stands in no
history, no log and no Referer. Every answer asks anew whether the link still works.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef, Q
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core import clock
from core.access import Policy, with_head, without_names
from core.models import Permission
from core.tokens import WELL_FORMED, cookie_name, hashed, place_of
from core.views.errors import typed_in
from portfolio.guests import WAITING_COOKIE
from portfolio.models import Digest, Introduction, ShareLink

COOKIE = "share"
KEY_COOKIE = "share-key"
# what people write by a link
WRITTEN = ("text", "address", "name")


class CsrfWithoutOrigin(CsrfViewMiddleware):
    """A page that sends no referrer sends `Origin: null` with its own forms: then the
    token alone, and the cookie that comes with no foreign form, speak for them."""

    def _origin_verified(self, request):
        if request.META["HTTP_ORIGIN"] == "null":
            return True
        return super()._origin_verified(request)


def share_view(*, methods: tuple[str, ...] = ("GET",), locked: bool = False):
    """A page of the venture that a link opens: `view(request, link, **ids)`.

    Whoever has the link sees what an observer may see, and no names. `locked` pages open
    before the passphrase was given.
    """

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def checked(request, place, **ids):
            link = link_of(request, place)
            if link is None:
                return ended(request, place)
            request.workspace = link.workspace
            request.may = frozenset({Permission.VIEW})
            if not locked and not is_unlocked(request, link):
                return without_referrer(redirect("portfolio:share_unlock", place))
            with timezone.override(link.workspace.zone):
                response = view(request, link, **ids)
                return without_referrer(without_names(request, response))

        guarded = decorator_from_middleware(CsrfWithoutOrigin)(checked)
        guarded = require_http_methods(with_head(methods))(csrf_exempt(guarded))
        guarded = login_not_required(guarded)
        guarded.access_policy = Policy("share link", Permission.VIEW, methods=methods)
        return guarded

    return decorate


def link_of(request, place: str) -> ShareLink | None:
    """One query, whatever the cause that there is none. The token of a digest opens the
    link of its reader, for as long as that mail may be read."""
    token = request.COOKIES.get(cookie_name(COOKIE), "")
    if not WELL_FORMED.fullmatch(token) or place_of(token) != place:
        return None
    now = clock.now()
    mailed = Digest.objects.filter(
        subscription__link=OuterRef("pk"),
        token_hash=hashed(token),
        readable_until__gt=now,
    )
    links = ShareLink.objects.working(now).select_related("workspace")
    return links.filter(Q(token_hash=hashed(token)) | Exists(mailed)).first()


def ended(request, place: str = ""):
    """The same page for what never was, has ended and was withdrawn. What somebody was
    about to say is given back, so that they can take it along."""
    typed = [one for one in typed_in(request) if one[0] in WRITTEN]
    if request.method == "POST" and (text := waiting_text(request, place)):
        typed.append(("text", text))
    page = render(request, "portfolio/share_ended.html", {"typed": typed}, status=404)
    return without_referrer(page)


def waiting_text(request, place: str) -> str:
    """What waits for its writer in this browser, by a link that has ended meanwhile."""
    start = cookie_name(WAITING_COOKIE)
    tokens = [
        hashed(token)
        for name, token in request.COOKIES.items()
        if name.startswith(start) and WELL_FORMED.fullmatch(token)
    ]
    if not tokens:
        return ""
    rows = Introduction.objects.filter(token_hash__in=tokens, used_at=None)
    rows = rows.filter(link__token_hash__startswith=place).order_by("-created_at")
    return rows.values_list("text", flat=True).first() or ""


def without_referrer(response):
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


# --- passphrases -------------------------------------------------------------------
def is_unlocked(request, link: ShareLink) -> bool:
    if not link.passphrase:
        return True
    given = request.COOKIES.get(cookie_name(KEY_COOKIE), "")
    return constant_time_compare(given, key_of(link))


def key_of(link: ShareLink) -> str:
    """Shows that the passphrase of this link was given."""
    known = f"{link.pk}:{link.passphrase}"
    return salted_hmac("portfolio.share", known, algorithm="sha256").hexdigest()
