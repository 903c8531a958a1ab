"""Ventures and their settings."""

from django.db import transaction
from django.utils.text import slugify

from core.activity import log
from core.models import Membership, Role, Workspace
from core.models.workspaces import AT_ONCE
from core.revisions import take_up, write

SETTINGS = (
    "name",
    "market_type",
    "stage",
    "sells_to_businesses",
    "first_shipped_on",
    "currency",
    "timezone",
    "week_start",
    "alarm_rate",
    "cash_in_hand_minor",
    "cash_as_of",
)


@transaction.atomic
def create_workspace(*, by, name, now, slug=None, is_sample=False, **fields):
    """A venture with its first owner. See portfolio's open_venture for the rest."""
    workspace = Workspace.objects.create(
        slug=free_slug(slug or name),
        name=name,
        is_sample=is_sample,
        created_at=now,
        **fields,
    )
    Membership.objects.create(
        workspace=workspace, user=by, role=Role.OWNER, is_leadership=True, joined_at=now
    )
    log(workspace, by=by, verb="venture.created", subject=workspace, now=now)
    return workspace


def free_slug(wanted):
    """The wanted slug, or the next one with a number behind it."""
    base = slugify(wanted)[:50] or "venture"
    taken = set(
        Workspace.objects.filter(slug__startswith=base).values_list("slug", flat=True)
    )
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


@transaction.atomic
def change_settings(workspace, *, by, now, rev=None, **changes):
    """`rev` is the revision the writer read; OutdatedError when another one stands."""
    current = take_up(workspace, rev)
    earlier = current.stage
    changed = write(current, {f: changes[f] for f in SETTINGS if f in changes})
    if "timezone" in changed:
        # its day may have begun already
        current.rules_due_at = AT_ONCE
        current.save(update_fields=["rules_due_at"])
    if changed:
        log(
            current,
            by=by,
            verb="venture.changed",
            subject=current,
            now=now,
            fields=changed,
        )
    if "stage" in changed:
        log(
            current,
            by=by,
            verb="venture.stage_changed",
            subject=current,
            now=now,
            old=earlier,
            new=current.stage,
        )
    return current
