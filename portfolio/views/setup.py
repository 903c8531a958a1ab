"""First run, and further ventures."""

from dataclasses import asdict

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from core import clock
from core.access import public_view, signed_in_view
from core.actions import find_link
from core.forms.ventures import VentureForm
from core.htmx import go
from core.models import OneTimeLink
from core.once import outcome_before, submit_once
from core.signing_in import sign_in_as_typed
from portfolio.actions import open_venture, set_up, setup_is_open
from portfolio.forms import SetupForm
from portfolio.guesses import guess_from


def guessed(request):
    return asdict(guess_from(request.headers.get("Accept-Language", "")))


@public_view("the one-time set-up key printed on the server", methods=("GET", "POST"))
def setup(request):
    key = request.POST.get("key") or request.GET.get("key", "")
    is_open = setup_is_open()
    link = find_link(OneTimeLink.Kind.SETUP, key, now=clock.now()) if is_open else None
    data = request.POST if request.method == "POST" else None
    form = SetupForm(data, initial=guessed(request))
    if link is not None and form.is_valid():
        return first_owner(request, link, form.cleaned_data)
    done = outcome_before(request)
    if done is not None:
        return welcome(request, done)
    if link is None:
        return render(request, "core/link_ended.html", status=404)
    context = {"form": form, "key": key}
    status = 422 if form.is_bound else 200
    return render(request, "portfolio/setup.html", context, status=status)


def first_owner(request, link, fields):
    def effect():
        workspace = set_up(link, now=clock.now(), **fields)
        if workspace is None:
            raise Http404
        return reverse("portfolio:today", args=[workspace.slug])

    return welcome(request, submit_once(request, effect))


def welcome(request, url):
    """Also of a form that was sent before: see sign_in_as_typed."""
    sign_in_as_typed(request, email=request.POST.get("email", ""))
    return redirect(url)


@signed_in_view(methods=("GET", "POST"))
def venture_add(request):
    data = request.POST if request.method == "POST" else None
    form = VentureForm(data, initial=guessed(request))
    if form.is_valid():

        def effect():
            workspace = open_venture(
                by=request.user, now=clock.now(), **form.cleaned_data
            )
            return reverse("portfolio:today", args=[workspace.slug])

        return go(request, submit_once(request, effect))
    status = 422 if form.is_bound else 200
    return render(request, "portfolio/venture_form.html", {"form": form}, status=status)
