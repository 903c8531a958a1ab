"""Pages for what went wrong. They keep the frame and tell the truth in the status."""

import logging
import sys
from uuid import uuid4

from django.db import OperationalError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)
API = "/api/"
AGAIN_AFTER = "5"
SHOWN_FIELDS = 40
HIDDEN = ("password", "passphrase", "csrf", "token", "key", "code")


def bad_request(request, exception):
    if request.path.startswith(API):
        return JsonResponse({"detail": str(_("This cannot be read."))}, status=400)
    return render(request, "400.html", status=400)


def forbidden(request, exception):
    return render(request, "403.html", status=403)


def not_found(request, exception):
    """What was typed is given back: the thing may have gone while somebody wrote."""
    return render(request, "404.html", {"typed": typed_in(request)}, status=404)


def server_error(request):
    """No database, no context: only the words, what was typed, and an id to find the
    log line by. A database that is away, or had no time for us, is 503: try again."""
    is_busy = isinstance(sys.exc_info()[1], OperationalError)
    error_id = uuid4().hex[:12]
    logger.error("error id %s: %s %s", error_id, request.method, request.path)
    context = {"error_id": error_id, "is_busy": is_busy, "typed": typed_in(request)}
    page = loader.get_template("500.html").render(context)
    response = HttpResponse(page, status=503 if is_busy else 500)
    if is_busy:
        response.headers["Retry-After"] = AGAIN_AFTER
    return response


def csrf_failure(request, reason=""):
    """The last safety net: what was typed is given back, so that nothing is lost."""
    return render(request, "403_csrf.html", {"typed": typed_in(request)}, status=403)


def typed_in(request):
    """Names and values of a sent form, but for secrets and marks of our own."""
    if request.method != "POST":
        return []
    typed = [
        (name, value)
        for name, value in request.POST.items()
        if value.strip() and not any(word in name for word in HIDDEN)
    ]
    return typed[:SHOWN_FIELDS]
