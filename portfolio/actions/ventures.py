"""Beginning a venture: everything a first conversation needs, and no more."""

from django.db import transaction

from core.actions import create_user, create_workspace, join_workspace, redeem_link
from core.models import Membership, Role, Workspace
from discovery.actions import open_market
from milestones.actions import open_questions


@transaction.atomic
def open_venture(*, by, name, now, **fields):
    """A venture with a first segment, model version 1 and its eleven questions."""
    workspace = create_workspace(by=by, name=name, now=now, **fields)
    open_market(workspace, by=by, now=now)
    open_questions(workspace, by=by, now=now)
    return workspace


def setup_is_open():
    """First run lasts until a venture other than a sample has an owner."""
    owners = Membership.objects.current().filter(role=Role.OWNER)
    return not owners.filter(workspace__is_sample=False).exists()


@transaction.atomic
def set_up(link, *, email, name, password, venture, now, **fields):
    """The first owner and their venture. Returns the venture, or None when late.

    Samples become theirs too, so that they can look at them and remove them.
    """
    if not redeem_link(link, now=now):
        return None
    user = create_user(
        email=email,
        name=name or email.split("@")[0],
        password=password,
        timezone=fields["timezone"],
        now=now,
    )
    for sample in Workspace.objects.filter(is_sample=True):
        join_workspace(sample, user=user, role=Role.OWNER, now=now)
    return open_venture(by=user, name=venture, now=now, **fields)
