"""What a channel is told when somebody wants to see whether it works."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from core.deliveries import Post
from core.models import Delivery


def render(delivery: Delivery) -> Post:
    workspace = delivery.workspace
    words = _("A test from %(venture)s: this channel works.")
    return Post(
        event="channel.tested",
        text=words % {"venture": workspace.name},
        path=reverse("core:channel_list", args=[workspace.slug]),
    )


def recheck(delivery: Delivery, now: datetime) -> str | None:
    """Whether the channel still works is asked for every kind."""
    return None
