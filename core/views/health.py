"""Probes for monitors and load balancers: one bit each, nothing for strangers."""

import time

from django.http import HttpResponse, JsonResponse

from core import clock
from core.access import public_view
from core.health import check

STARTED = clock.now()
# A public page must not make the database work on every call.
KEPT_SECONDS = 5.0
kept: dict[str, tuple[float, bool]] = {}


@public_view("monitors ask whether the process is alive")
def healthz(request):
    return HttpResponse("ok\n", content_type="text/plain")


@public_view("load balancers ask whether to send visitors here")
def readyz(request):
    is_ready = asked_lately()
    return JsonResponse({"ready": is_ready}, status=200 if is_ready else 503)


def asked_lately() -> bool:
    at, is_ready = kept.get("ready", (float("-inf"), False))
    if time.monotonic() - at > KEPT_SECONDS:
        is_ready = check(clock.now(), started=STARTED).is_ready
        kept["ready"] = (time.monotonic(), is_ready)
    return is_ready
