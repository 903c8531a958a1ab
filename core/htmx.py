"""A page and its parts from one template."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect


def render_page(request, template, context, *, partials=None, status=200):
    """The whole page, or the part htmx asked for.

    `partials` maps an element id to a template: the server's list decides, the client
    never names a template. History restores and unknown targets get the page.
    """
    htmx = request.htmx
    if htmx and not htmx.boosted and not htmx.history_restore_request:
        template = (partials or {}).get(htmx.target, template)
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target", "Cookie"])
    return response


def go(request, url):
    """After a success: on to the next page, with or without htmx."""
    if request.htmx:
        return HttpResponseClientRedirect(url)
    return HttpResponseRedirect(url, status=303)


def shown_before(request, url):
    """After a form that shows a secret once and came twice: whoever pressed twice, or
    lost the first answer, reads the second one and would look for the secret in vain."""
    messages.warning(
        request,
        _(
            "The form came twice and counts once. What it made was shown in the first "
            "answer, and is not shown again: if you missed it, end it and make another."
        ),
    )
    return go(request, url)
