"""The way in."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404
from django.shortcuts import redirect, render

from core import clock
from core.access import public_view, signed_in_view
from core.actions import find_link, redeem_link
from core.models import Membership, OneTimeLink, Permission


@signed_in_view()
def home(request):
    """Straight into the venture when there is only one; a sample beside it waits. Who
    only reads along, in several, sees what waits in each."""
    memberships = memberships_of(request.user)
    own = [found for found in memberships if not found.workspace.is_sample]
    only = own or memberships
    if len(only) == 1:
        return redirect("portfolio:today", only[0].workspace.slug)
    if only and not any(Permission.SEE_PEOPLE in found.may for found in only):
        return redirect("portfolio:inbox")
    return redirect("core:venture_list")


@signed_in_view()
def venture_list(request):
    memberships = memberships_of(request.user)
    return render(request, "core/venture_list.html", {"memberships": memberships})


def memberships_of(user):
    return list(
        Membership.objects.current()
        .filter(user=user)
        .select_related("workspace")
        .order_by("workspace__is_sample", "workspace__name", "pk")
    )


@public_view("a one-time sign-in link printed on the server", methods=("GET", "POST"))
def login_link(request, token):
    """GET asks and changes nothing, so that a link scanner cannot use it up."""
    link = find_link(OneTimeLink.Kind.LOGIN, token, now=clock.now())
    if link is None or not link.user.is_active:
        return render(request, "core/link_ended.html", status=404)
    if request.method == "GET" or request.method == "HEAD":
        return render(request, "core/login_link.html", {"link": link})
    if not redeem_link(link, now=clock.now()):
        raise Http404
    login(request, link.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("core:home")
