"""Accounts whose address was proven by the way they came in."""

from allauth.account.models import EmailAddress
from django.db import transaction

from core.activity import log
from core.models import User

ACCOUNT_FIELDS = ("name", "timezone", "appearance", "shortcuts_enabled")


@transaction.atomic
def create_user(*, email, name, now, password=None, timezone="UTC"):
    """An account with a verified address. Without a password it signs in by code."""
    user = User.objects.create_user(email, password, name=name, timezone=timezone)
    EmailAddress.objects.create(
        user=user, email=user.email, verified=True, primary=True
    )
    log(None, by=user, verb="account.created", subject=user, now=now)
    return user


@transaction.atomic
def change_account(user, *, now, **changes):
    for field in ACCOUNT_FIELDS:
        if field in changes:
            setattr(user, field, changes[field])
    user.save(update_fields=list(ACCOUNT_FIELDS))
    log(None, by=user, verb="account.changed", subject=user, now=now)
    return user
