"""Signing in somebody who has just made their account."""

from django.conf import settings
from django.contrib.auth import login

from core.models import User


def sign_in_as_typed(request, *, email):
    """Only with the password of the form: it may be a twin, sent long after the first,
    and the password may be another one by now."""
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is not None and user.check_password(request.POST.get("password", "")):
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
