"""The people of a sample."""

from core.actions import create_user
from core.models import User


def account(email, name, zone, *, now):
    """They have no password and sign in by link."""
    known = User.objects.filter(email=email).first()
    return known or create_user(email=email, name=name, now=now, timezone=zone)
