"""Commitments, and a venture that knows enough to sign one, in one line each."""

from datetime import timedelta
from unittest.mock import patch

from decisions.models import Commitment
from milestones.course import Counted
from tests.factories import NOW, TODAY, make_user

CASH = 100_000_000
MILLION = 100_000_000
WHY = (
    "The landlord gives the second hall to somebody else on Friday, and there is no other "
    "one within ten miles of the vans. We have looked for a year. If the orders do not "
    "come we lose the deposit and four months of rent, which we can bear."
)
WRONG = "Fewer than 1,500 orders a day in the second hall by March."
LATER = TODAY + timedelta(days=120)
RULE = {
    "number": "Orders per day",
    "threshold": "at least 4,000",
    "stop_on": LATER.isoformat(),
}


def make_commitment(workspace, title="Second hall", *, by=None, **fields):
    """Small: 1 % of the million in hand of `with_cash`, out within 30 days."""
    defaults = {
        "currency": workspace.currency,
        "amount_minor": MILLION // 100,
        "starts_on": TODAY,
        "ends_on": TODAY + timedelta(days=200),
        "notice_days": 30,
        "reversible_share": 100,
        "created_by": by or make_user(),
        "created_at": NOW,
    }
    return Commitment.objects.create(
        workspace=workspace, title=title, **defaults | fields
    )


def with_cash(workspace, **fields):
    """A million in hand, and first customers since June."""
    facts = {
        "cash_in_hand_minor": CASH,
        "cash_as_of": TODAY,
        "first_shipped_on": TODAY.replace(month=6),
    }
    for name, value in (facts | fields).items():
        setattr(workspace, name, value)
    workspace.save()
    return workspace


def tranche(amount_minor, **changes):
    kept = {"amount_minor": amount_minor, "due_on": TODAY.isoformat()}
    return kept | RULE | changes


def counting(value=4, **others):
    """As if every question counted so much; `q6=2` says otherwise of one."""
    counted = dict.fromkeys(range(1, 12), Counted(value))
    counted |= {int(name[1:]): Counted(v) for name, v in others.items()}
    return patch("decisions.reports.gates.counted_for", lambda *_: counted)


def large(workspace, **fields):
    """More than all the cash in hand: class D."""
    return make_commitment(workspace, amount_minor=2 * MILLION, **fields)


def scaling(workspace, **fields):
    """A new site: class C, whatever its amount."""
    return make_commitment(workspace, kind=Commitment.Kind.NEW_SITE, **fields)
