"""The code of one kind of message, called so that its mistakes cost one mail only."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from traceback import extract_tb
from types import ModuleType
from typing import Any

from django.conf import settings

from core.models import Delivery

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Mail:
    """What a person reads. `text` is complete in itself; `html` may be empty.
    `unsubscribe` is an address that takes RFC 8058's POST, for mails of a kind that
    comes again and again."""

    subject: str
    text: str
    html: str = ""
    unsubscribe: str = ""


@dataclass(frozen=True)
class Post:
    """What a channel is told. `text` is for people and complete in itself, `data` for
    programs: values of JSON. `path` leads to the page that says more."""

    event: str
    text: str
    path: str
    data: dict[str, Any] = field(default_factory=dict)


class KindError(Exception):
    """The code of a kind raised. The message says what and where, not with which data."""


def module_of(kind: str) -> ModuleType:
    return import_module(settings.DELIVERY_KINDS[kind])


def topic_of(kind: str) -> str:
    """One of MailChoice.Topic; empty for mails that nobody can switch off."""
    named = kind in settings.DELIVERY_KINDS
    return str(getattr(module_of(kind), "TOPIC", "")) if named else ""


def render(delivery: Delivery) -> Mail:
    mail: Mail = module_of(delivery.kind).render(delivery)
    return mail


def render_post(delivery: Delivery) -> Post:
    post: Post = module_of(delivery.kind).render(delivery)
    return post


def recheck(delivery: Delivery, now: datetime) -> str | None:
    reason: str | None = module_of(delivery.kind).recheck(delivery, now)
    return reason


@contextmanager
def costing_one_mail(delivery: Delivery) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        # Any code of any app runs in here, so anything may be raised; what one kind
        # does wrong must not stop the mails of the others. The exception's own text
        # may hold somebody's words and is left out.
        last = extract_tb(error.__traceback__)[-1]
        what = f"{type(error).__name__} at {last.name}:{last.lineno}"
        logger.error("delivery %s (%s): %s", delivery.pk, delivery.kind, what)
        raise KindError(what) from error
