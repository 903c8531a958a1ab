"""What every response shares."""

import time

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.urls import reverse
from django_htmx.http import trigger_client_event

PERMISSIONS_POLICY = (
    "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), "
    "microphone=(), payment=(), usb=()"
)
TOUCH_EVERY = 3600


def security_headers(get_response):
    """Nothing but static files is stored anywhere; nothing is indexed."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow, noarchive")
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "private, no-store")
        if request.path == reverse("account_logout") and request.method == "POST":
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    return middleware


def honest_cookies(get_response):
    """A quoted cookie may spell NUL, and the session would be looked for by it. Left
    out rather than refused: whoever has such a cookie must be able to lose it."""

    def middleware(request):
        for name in [
            name for name, value in request.COOKIES.items() if "\x00" in value
        ]:
            del request.COOKIES[name]
        return get_response(request)

    return middleware


# ids of elements that ask by themselves, as long as a page is open
POLLS = {"stops", "today-rest"}


def session_age(get_response):
    """Sign-ins end after 7 idle days, and after 30 days in any case."""

    def middleware(request):
        session, now = request.session, int(time.time())
        if "_auth_user_id" in session:
            began = session.setdefault("began", now)
            if now - began > settings.SESSION_LONGEST_SECONDS:
                session.flush()
            elif (
                now - session.get("touched", 0) > TOUCH_EVERY
                and request.headers.get("HX-Trigger") not in POLLS
            ):
                session["touched"] = now
        return get_response(request)

    return middleware


def expired_login(get_response):
    """htmx would follow a redirect to the sign-in page and swap it in as a success."""

    def middleware(request):
        response = get_response(request)
        to_login = response.status_code == 302 and response.headers.get(
            "Location", ""
        ).startswith(reverse(settings.LOGIN_URL))
        if request.htmx and to_login:
            return trigger_client_event(
                HttpResponse(status=401), "session-expired", {"login": True}
            )
        return response

    return middleware


def hostile_input(get_response):
    """NUL cannot be stored by PostgreSQL and is in no honest form: refused at once.

    So is a body in another encoding than ours: read as UTF-8 it would lose letters.
    """

    def middleware(request):
        charset = request.content_params.get("charset", "utf-8")
        if request.method == "POST" and charset.lower() not in ("utf-8", "utf8"):
            raise BadRequest("charset")
        if "\x00" in request.path or has_nul(request.GET):
            raise BadRequest("NUL")
        if request.method == "POST" and has_nul(request.POST):
            raise BadRequest("NUL")
        return get_response(request)

    return middleware


def has_nul(query):
    return any("\x00" in value for key in query for value in [key, *query.getlist(key)])
