"""A form that is sent twice has one effect, and both senders see the same success."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, OperationalError, transaction
from django.utils.crypto import salted_hmac
from django.utils.http import urlencode

from core import clock
from core.models import FormKey

if TYPE_CHECKING:
    from django.http import HttpRequest

KEPT = timedelta(days=7)
AT_ONCE = 500


def submit_once(request: HttpRequest, effect: Callable[[], str]) -> str:
    """Runs `effect` in one durable transaction and returns the URL it gives.

    The key comes from the rendered form (`{% form_key %}`). While a twin is at work
    the second sender waits for the row; then it finds the first one's outcome. When
    the effect raises, the key is given back with everything else.
    """
    key = key_of(request)
    if not key:
        with one_transaction():
            return effect()
    known = outcome_of(key)
    if known is not None:
        return known
    try:
        with one_transaction():
            return first_outcome(request, key, effect)
    except IntegrityError:
        known = outcome_of(key)
        if known is None:
            raise
        return known


@contextmanager
def one_transaction() -> Iterator[None]:
    """SQLite may have no time for one more writer: it begins a second time before it
    gives up, since nothing has happened by then."""
    with ExitStack() as stack:
        try:
            stack.enter_context(transaction.atomic(durable=True))
        except OperationalError:
            stack.enter_context(transaction.atomic(durable=True))
        yield


def outcome_before(request: HttpRequest) -> str | None:
    """Where the very same form led, if it was accepted already.

    For whatever refuses a twin before it comes to `submit_once`: the first one may
    have used up a link, taken a name or removed what the form is about.
    """
    key = key_of(request)
    return outcome_of(key) if key else None


def key_of(request: HttpRequest) -> str:
    """Names the person, the drawn form and what is in it; empty without `form_key`.

    A form that somebody went back to and changed is not the same form. Hashed with
    the installation's key, since path and fields may hold tokens and passwords.
    """
    if not request.POST.get("form_key"):
        return ""
    fields = [(k, v) for k, v in request.POST.lists() if k != "csrfmiddlewaretoken"]
    sent = f"{request.path}?{urlencode(sorted(fields), doseq=True)}"
    digest = salted_hmac("core.once", sent, algorithm="sha256").hexdigest()
    return f"{request.user.pk or 'anyone'}:{digest}"


def first_outcome(request: HttpRequest, key: str, effect: Callable[[], str]) -> str:
    user = request.user if request.user.is_authenticated else None
    row = FormKey.objects.create(user=user, key=key, created_at=clock.now())
    row.outcome = effect()
    row.save(update_fields=["outcome"])
    return row.outcome


def outcome_of(key: str) -> str | None:
    row = FormKey.objects.filter(key=key).first()
    return row.outcome if row else None


def forget_old_keys(now: datetime) -> dict[str, int]:
    """A step of the scheduler: a form drawn a week ago is not sent again.

    The oldest come first, some hundreds a pass, so that no pass is long.
    """
    oldest = FormKey.objects.order_by("pk").values_list("pk", "created_at")[:AT_ONCE]
    old = [pk for pk, created_at in oldest if created_at < now - KEPT]
    FormKey.objects.filter(pk__in=old).delete()
    return {"forgotten": len(old)}
