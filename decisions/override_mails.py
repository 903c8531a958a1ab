"""The mail that says: the gate of a commitment was overridden.

It names the commitment by its title, and nothing else of it: no amount, nobody.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from core.deliveries import Mail
from core.mails.rendering import from_templates
from core.models import Delivery, MailChoice, Membership, Role
from decisions.actions.overriding import TOLD
from decisions.models import Override

TOPIC = MailChoice.Topic.GATES


def render(delivery: Delivery) -> Mail:
    override = Override.objects.select_related("commitment", "workspace").get(
        pk=delivery.subject_id
    )
    commitment, workspace = override.commitment, override.workspace
    path = reverse("decisions:commitment_detail", args=[workspace.slug, commitment.pk])
    waits = override.needs_cosign and not hasattr(override, "cosignature")
    context = {
        "workspace": workspace,
        "title": commitment.title,
        "by_when": override.by_when,
        "waits": waits,
        "asks_reader": waits and role_of(delivery) == Role.ADVISOR,
        "link": f"{settings.APP_ORIGIN}{path}",
    }
    return from_templates("commitment_overridden", context, delivery)


def recheck(delivery: Delivery, now: datetime) -> str | None:
    """Those who answer for the venture or advise it; what happened is told, whatever
    became of the commitment since."""
    if not Override.objects.filter(pk=delivery.subject_id).exists():
        return "gone"
    return None if role_of(delivery) in TOLD else "role"


def role_of(delivery: Delivery) -> str | None:
    team = Membership.objects.filter(workspace=delivery.workspace_id).current()
    roles = team.filter(user=delivery.recipient_id).values_list("role", flat=True)
    return roles.first()
