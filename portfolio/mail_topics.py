"""Which mails a member of a venture may get, which they want, and what it means to go
without."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from core.models import MailChoice, Membership, Permission, Role

if TYPE_CHECKING:
    from core.models import Workspace

Topic = MailChoice.Topic
# to whom mails of a topic are ever sent
OFFERED: Final = {
    Role.OWNER: tuple(Topic),
    Role.FOUNDER: tuple(Topic),
    Role.MEMBER: (Topic.ALERTS, Topic.FOLLOW_UPS, Topic.COMMENTS),
    Role.ADVISOR: tuple(Topic),
    Role.OBSERVER: (Topic.COMMENTS,),
}
WITHOUT: Final = {
    Topic.ALERTS: _(
        "A stop still stands on every page of the venture, and still waits for a "
        "decision by its day. Off, no mail tells you of it."
    ),
    Topic.ESCALATIONS: _(
        "Sent when nobody took a stop up in two working days, or nothing was decided "
        "by its day. Off, you learn of it on the pages."
    ),
    Topic.FOLLOW_UPS: _(
        "Sent once, on its day. Off, it stands on the page of the alert."
    ),
    Topic.GATES: _(
        "Some overrides wait for the signature of an advisor. Off, nobody asks you for "
        "yours by mail."
    ),
    Topic.COMMENTS: _("Off, they stand on the pages and in your inbox."),
}


@dataclass(frozen=True)
class MailRules:
    """`unheard`: nobody who decides gets mails about stops."""

    offered: tuple[str, ...]
    off: frozenset[str]
    unheard: bool


def mail_rules(workspace: Workspace, membership: Membership) -> MailRules:
    """Two queries."""
    off = set(
        MailChoice.objects.filter(workspace=workspace).values_list("user", "topic")
    )
    team = Membership.objects.in_workspace(workspace).current()
    deciders = team.with_permission(Permission.DECIDE).values_list("user", flat=True)
    return MailRules(
        offered=OFFERED[Role(membership.role)],
        off=frozenset(topic for user, topic in off if user == membership.user_id),
        unheard=all((user, Topic.ALERTS.value) in off for user in deciders),
    )
