"""Signing in: by whom, and how long ago."""

import time

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.conf import settings
from django.contrib.auth import login
from django.utils.translation import gettext_lazy as _

from core.models import User

TOO_LONG_AGO = _(
    "You signed in more than five minutes ago. Confirm that it is you, then send this "
    "again."
)


def sign_in_as_typed(request, *, email):
    """Only with the password of the form: it may be a twin, sent long after the first,
    and the password may be another one by now."""
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is not None and user.check_password(request.POST.get("password", "")):
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])


def note_sign_in(sender, request, user, **_rest):
    """Told by Django of every sign-in, by whichever way."""
    request.session["signed_in"] = int(time.time())


def has_just_signed_in(request) -> bool:
    """At most five minutes ago, or confirmed since; what makes something that outlives
    the session asks for it. Who has no password is not asked: the mail that brings a
    code is all there is to confirm, as on the pages of the account."""
    age = time.time() - request.session.get("signed_in", 0)
    is_fresh = 0 <= age < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return is_fresh or did_recently_reauthenticate(request)
