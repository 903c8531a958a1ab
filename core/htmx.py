"""A page and its parts from one template."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
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
