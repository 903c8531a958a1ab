"""Commitments, and a venture that knows enough to sign one, in one line each."""

from datetime import timedelta
from unittest.mock import patch

from decisions.models import Commitment, CoSignature, GateCheck, Override
from forecasts.models import Metric
from milestones.course import Counted
from tests.factories import NOW, TODAY, make_user

CASH = 100_000_000
MILLION = 100_000_000
# whose <uuid:pk> names a commitment
ROUTES = [
    f"decisions:commitment_{page}"
    for page in (
        *("detail", "edit", "smaller", "close", "check", "sign", "override", "cosign"),
        "gate",
    )
]
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


def commit_money(workspace, by, number):
    """One that was checked, overridden and waits for an advisor, for the world of the
    tests: its page asks the most."""
    canary = f"CANARY-{workspace.slug}-{number}"
    row = scaling(
        workspace,
        title=f"{canary}-commitment",
        by=by,
        counterparty=f"{canary}-organisation",
        metric=Metric.objects.filter(workspace=workspace).first(),
        tranches=[tranche(5), tranche(5)],
        questions=[1, 6],
        status=Commitment.Status.HELD,
    )
    facts = {"workspace": workspace, "commitment": row, "terms": 1, "by": by}
    check = GateCheck(
        gate_class="D",
        result="held",
        met=1,
        asked=2,
        conditions=[],
        why="It is scaling.",
        open_alerts=[],
        evaluated_at=NOW,
        **facts,
    )
    check.save()
    override = Override(
        gate_check=check,
        reasons=f"{canary}-person asked for it. {WHY}",
        wrong_if=WRONG,
        by_when=LATER,
        needs_cosign=True,
        overridden_at=NOW,
        **facts,
    )
    override.save()
    said = f"{canary}-person showed me the hall."
    CoSignature(reasons=said, cosigned_at=NOW, **facts).save()
    return row
