"""Commitments in every state, with their checks, an override and a co-signature."""

from datetime import date, timedelta

from core.models import User
from decisions.models import Commitment, CoSignature, GateCheck, Override
from decisions.models.commitments import Status
from forecasts.models import Metric
from portfolio.seeding.market import Seeder

CASH = 100_000_000
STATES = (
    *(Status.IDEA, Status.HELD, Status.APPROVED),
    *(Status.SIGNED, Status.OVERRIDDEN, Status.CANCELLED),
)
RESULTS = {
    Status.HELD: "held",
    Status.APPROVED: "warned",
    Status.SIGNED: "warned",
    Status.OVERRIDDEN: "held",
}


def seed_commitments(
    seeder: Seeder, metrics: list[Metric], owner: User, advisor: User
) -> list[Commitment]:
    rows = Commitment.objects.bulk_create(
        commitment_of(seeder, STATES[number % len(STATES)], metrics, owner)
        for number in range(seeder.size.commitments)
    )
    checks = GateCheck.objects.bulk_create(
        check_of(seeder, row, owner) for row in rows if row.status in RESULTS
    )
    overrides = Override.objects.bulk_create(
        override_of(seeder, check, owner)
        for check in checks
        if check.commitment.status == Status.OVERRIDDEN
    )
    CoSignature.objects.bulk_create(
        CoSignature(
            **seeder.common,
            **seeder.marks("cosignature", "reasons"),
            commitment=override.commitment,
            terms=1,
            override=override,
            by=advisor,
            cosigned_at=seeder.now - timedelta(days=4),
        )
        for override in overrides
    )
    return rows


def commitment_of(
    seeder: Seeder, status: Status, metrics: list[Metric], owner: User
) -> Commitment:
    """What is held is more than all the cash in hand; the rest is of class B."""
    is_held = RESULTS.get(status) == "held"
    amount = 2 * CASH if is_held else CASH // 20
    is_signed, is_closed = status == Status.SIGNED, status == Status.CANCELLED
    words = ("title", "counterparty", "notes", *(("closing",) if is_closed else ()))
    today = seeder.now.date()
    return Commitment(
        **seeder.common,
        **seeder.marks("commitment", *words),
        currency=seeder.workspace.currency,
        amount_minor=amount,
        starts_on=today,
        ends_on=today + timedelta(days=300),
        tranches=[tranche_of(seeder, amount // 2, today) for _half in range(2)],
        notice_days=60,
        reversible_share=50,
        questions=[1, 6],
        metric=seeder.dice.one(metrics),
        status=status,
        created_by=owner,
        created_at=seeder.now - timedelta(days=20),
        signed_by=owner if is_signed else None,
        signed_at=seeder.now - timedelta(days=3) if is_signed else None,
        closed_by=owner if is_closed else None,
        closed_at=seeder.now - timedelta(days=3) if is_closed else None,
    )


def tranche_of(seeder: Seeder, amount: int, today: date) -> dict[str, object]:
    return {
        "amount_minor": amount,
        "due_on": today.isoformat(),
        **seeder.marks("commitment", "number", "threshold"),
        "stop_on": (today + timedelta(days=90)).isoformat(),
    }


def check_of(seeder: Seeder, row: Commitment, by: User) -> GateCheck:
    is_held = RESULTS[row.status] == "held"
    sentence = seeder.marks("gatecheck", "sentence")
    condition = {"about": "question", "number": 1, "is_met": False} | sentence
    return GateCheck(
        **seeder.common,
        **seeder.marks("gatecheck", "why"),
        commitment=row,
        terms=1,
        gate_class="D" if is_held else "B",
        result=RESULTS[row.status],
        met=0,
        asked=1,
        conditions=[condition],
        open_alerts=[],
        by=by,
        evaluated_at=seeder.now - timedelta(days=5),
    )


def override_of(seeder: Seeder, check: GateCheck, by: User) -> Override:
    return Override(
        **seeder.common,
        **seeder.marks("override", "reasons", "wrong_if"),
        commitment=check.commitment,
        terms=1,
        gate_check=check,
        by_when=seeder.now.date() + timedelta(days=90),
        needs_cosign=True,
        by=by,
        overridden_at=check.evaluated_at,
    )
