"""Pages that the token of one mail opens, without signing in: the digest in a browser,
switching it off and on again, and the yes of somebody who was asked."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core import clock
from core.access import Policy, with_head, without_names
from core.models import Membership, Permission
from core.once import submit_once
from core.tokens import WELL_FORMED, hashed
from portfolio.actions.digest_readers import (
    confirm_subscription,
    find_offer,
    resubscribe,
    unsubscribe,
)
from portfolio.digest.shape import from_json
from portfolio.models import Digest
from portfolio.share_access import CsrfWithoutOrigin, without_referrer


def mail_view(reason, *, methods=("GET",), one_click=False):
    """`view(request, token)`: what a mail leads to. Nothing is told to whoever has the
    wrong token; no page passes the address on. `one_click`: mail readers POST without
    a cookie (RFC 8058), and the token alone speaks for them."""

    def decorate(view):
        @wraps(view)
        def checked(request, token):
            if not WELL_FORMED.fullmatch(token):
                return nothing(request)
            return without_referrer(view(request, token))

        guarded = checked
        if not one_click:
            guarded = decorator_from_middleware(CsrfWithoutOrigin)(guarded)
        guarded = require_http_methods(with_head(methods))(csrf_exempt(guarded))
        guarded = login_not_required(guarded)
        guarded.access_policy = Policy("public", reason=reason, methods=methods)
        return guarded

    return decorate


def nothing(request):
    """The same for what never was and what has ended."""
    return without_referrer(render(request, "portfolio/digest_ended.html", status=404))


def digest_of(token):
    rows = Digest.objects.select_related(
        "workspace", "subscription__user", "subscription__link"
    )
    return rows.filter(token_hash=hashed(token)).first()


def may_read(digest, now):
    """For 14 days, and only while the reader may still read the venture itself."""
    row = digest.subscription
    if now >= digest.readable_until or digest.content is None:
        return False
    if row.link is not None:
        return row.link.works(now)
    members = Membership.objects.in_workspace(digest.workspace).current()
    return members.filter(user=row.user_id).exists()


@mail_view("the token of one mail shows what that mail says")
def digest_open(request, token):
    digest = digest_of(token)
    if digest is None or not may_read(digest, clock.now()):
        return nothing(request)
    request.workspace, request.may = digest.workspace, frozenset({Permission.VIEW})
    home = ""
    if digest.subscription.link is not None:
        home = reverse("portfolio:share_open", args=[token])
    context = {
        "content": from_json(digest.content),
        "home": home,
        "off": reverse("portfolio:digest_unsubscribe", args=[token]),
    }
    with timezone.override(digest.workspace.zone):
        page = render(request, "portfolio/digest_open.html", context)
        return without_names(request, page)


@mail_view(
    "RFC 8058: a mail reader switches the digest off by one POST",
    methods=("GET", "POST"),
    one_click=True,
)
def digest_unsubscribe(request, token):
    """GET asks and changes nothing: scanners open every link of a mail."""
    digest = digest_of(token)
    if digest is None:
        return nothing(request)
    row = digest.subscription
    if request.method == "POST":
        unsubscribe(row, now=clock.now())
    context = {
        "row": row,
        "workspace": digest.workspace,
        "on": reverse("portfolio:digest_resubscribe", args=[token]),
    }
    return render(request, "portfolio/digest_unsubscribe.html", context)


@mail_view(
    "whoever switched the digest off by a mail may want it again", methods=("POST",)
)
def digest_resubscribe(request, token):
    digest = digest_of(token)
    if digest is None:
        return nothing(request)

    def effect():
        resubscribe(digest.subscription, now=clock.now())
        return request.path

    submit_once(request, effect)
    context = {"workspace": digest.workspace, "is_new": False}
    return render(request, "portfolio/digest_on.html", context)


@mail_view(
    "somebody without an account says that they want the digest",
    methods=("GET", "POST"),
)
def digest_confirm(request, token):
    now = clock.now()
    row = find_offer(token, now=now)
    if row is None or not row.link.works(now):
        return nothing(request)
    context = {"workspace": row.workspace, "is_new": True, "row": row}
    if request.method != "POST":
        return render(request, "portfolio/digest_confirm.html", context)

    def effect():
        confirm_subscription(row, now=now)
        return request.path

    submit_once(request, effect)
    return render(request, "portfolio/digest_on.html", context)
