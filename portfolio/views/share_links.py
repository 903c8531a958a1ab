"""Links to the dashboard: made and withdrawn by founders, opened by whoever has one."""

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.hashers import check_password, make_password
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import public_view, workspace_view
from core.htmx import go, shown_before
from core.models import Permission
from core.once import submit_once
from core.rates import counted, is_too_often
from core.signing_in import TOO_LONG_AGO, has_just_signed_in
from core.tokens import WELL_FORMED, exchange, place_of
from portfolio.actions.sharing import (
    issue_share_link,
    note_opening,
    revoke_share_link,
)
from portfolio.forms.sharing import ShareLinkForm, UnlockForm
from portfolio.guests import guest_of
from portfolio.models import ShareLink
from portfolio.reports.links import links_of, listed
from portfolio.reports.shared import Visitor
from portfolio.share_access import (
    COOKIE,
    KEY_COOKIE,
    ended,
    is_unlocked,
    key_of,
    share_view,
    without_referrer,
)
from portfolio.views.share_comments import here, seen_by
from portfolio.views.shared import page_context, reading

# a browser forgets the link before it ends; opening it again brings it back
KEPT = 30 * 24 * 3600
LINKS_A_PAGE = 25
TRIES, TRIES_OF_ALL = "5/15m/ip", "50/15m/key"
# every mark is a row that stays
MARKS = "60/1h/key"


# --- for founders ------------------------------------------------------------------
@workspace_view(Permission.MANAGE, methods=("GET", "POST"))
def settings_sharing(request, workspace):
    """The address is in the answer to the POST that made it, and nowhere else."""
    bound = ShareLinkForm(request.POST) if request.method == "POST" else None
    if bound is not None and not has_just_signed_in(request):
        bound.add_error(None, TOO_LONG_AGO)
    if bound is None or not bound.is_valid():
        return sharing_page(request, bound or like(request))
    asked = bound.cleaned_data
    passphrase = make_password(asked["passphrase"]) if asked["passphrase"] else ""
    made = []

    def effect():
        now = clock.now()
        terms = {"name": asked["name"], "scope": asked["scope"]}
        terms |= {"passphrase": passphrase, "expires_at": bound.expires_at(now)}
        made.append(issue_share_link(workspace, by=request.user, now=now, **terms))
        return reverse("portfolio:settings_sharing", args=[workspace.slug])

    url = submit_once(request, effect)
    if not made:
        return shown_before(request, url)
    return sharing_page(request, ShareLinkForm(), made=made[0])


def like(request):
    """The form, filled as the link that is to go on."""
    link = None
    with suppress(ValueError):
        wanted = UUID(request.GET.get("like", ""))
        link = ShareLink.objects.in_workspace(request.workspace).filter(pk=wanted)
        link = link.first()
    initial = {"name": link.name, "scope": link.scope} if link else {}
    return ShareLinkForm(initial=initial)


def sharing_page(request, form, *, made=None):
    now = clock.now()
    rows = Paginator(links_of(request.workspace, now=now), LINKS_A_PAGE)
    page = rows.get_page(request.GET.get("page"))
    links = [listed(row, now=now) for row in page]
    address = ""
    if made is not None:
        path = reverse("portfolio:share_open", args=[made[1]])
        address = request.build_absolute_uri(path)
    context = {
        "workspace": request.workspace,
        "form": form,
        "address": address,
        "made": made and made[0],
        "must_confirm": not has_just_signed_in(request),
        "page": page,
        "links": links,
        "has_guests": any(one.guests for one in links),
    }
    status = 422 if form.is_bound else 200
    return render(request, "portfolio/settings_sharing.html", context, status=status)


@workspace_view(Permission.MANAGE, methods=("POST",))
def share_revoke(request, workspace, pk):
    link = get_object_or_404(ShareLink.objects.in_workspace(workspace), pk=pk)

    def effect():
        revoke_share_link(link, by=request.user, now=clock.now())
        return reverse("portfolio:settings_sharing", args=[workspace.slug])

    url = submit_once(request, effect)
    messages.success(request, _("The link no longer opens anything."))
    return go(request, url)


# --- for whoever has one -----------------------------------------------------------
@public_view("the token of the address is exchanged for a cookie, and nothing is shown")
def share_open(request, token):
    """The same for every well-formed token: what it opens is asked afterwards."""
    if not WELL_FORMED.fullmatch(token):
        return ended(request)
    path = reverse("portfolio:share_dashboard", args=[place_of(token)])
    response = without_referrer(redirect(path))
    exchange(response, COOKIE, token, path=path, max_age=KEPT)
    return response


@share_view()
def share_dashboard(request, link):
    if request.method == "GET":
        note_opening(link, now=clock.now())
    return dashboard(request, link)


def dashboard(request, link, *, status=200):
    """With 429 it says that a mark was one too many."""
    seen = seen_by(request, link)
    guest = seen["guest"]
    context = (
        seen
        | page_context(request, Visitor(link=link, guest=guest))
        | {
            "is_linked": False,
            "read_url": here(request, "share_read"),
            "report_url": here(request, "share_report"),
            "said": said_just_now(request, guest),
            "is_too_often": status == 429,
        }
    )
    template = "portfolio/share_dashboard.html"
    return render(request, template, context, status=status)


@share_view(methods=("POST",))
def share_read(request, link):
    if is_too_often(request, "share-read", MARKS, key=str(link.pk)):
        return dashboard(request, link, status=429)
    guest = guest_of(request, link, clock.now())
    effect = reading(request, here(request, "share_dashboard"), link=link, guest=guest)
    return go(request, submit_once(request, effect))


def said_just_now(request, guest):
    """The number of a comment, for its writer alone, who came here from the code."""
    last = guest and guest.last_said
    return last if last and request.GET.get("said") == str(last) else None


@share_view(methods=("GET", "POST"), locked=True)
def share_unlock(request, link):
    place = request.resolver_match.kwargs["place"]
    path = reverse("portfolio:share_dashboard", args=[place])
    if is_unlocked(request, link):
        return redirect(path)
    form = UnlockForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    tried = one_more_try(request, link) if form.is_bound else None
    if form.is_bound and tried is None:
        form.add_error(None, _("Too many tries. Wait a quarter of an hour."))
        status = 429
    elif form.is_valid():
        if check_password(form.cleaned_data["passphrase"], link.passphrase):
            tried.rollback()
            response = redirect(path)
            exchange(response, KEY_COOKIE, key_of(link), path=path, max_age=KEPT)
            return response
        form.add_error("passphrase", _("That is not the passphrase."))
    return render(request, "portfolio/share_unlock.html", {"form": form}, status=status)


def one_more_try(request, link):
    """None after too many from one network, or of all together: a link may be tried from
    many. Counted before it is compared; a right one is given back, so that a whole board
    comes in by one network."""
    action, key = f"share-{link.pk}", str(link.pk)
    return counted(request, action, f"{TRIES},{TRIES_OF_ALL}", key=key)
