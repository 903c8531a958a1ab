"""Both tracks of checkpoints, with what slipped and the stops of first customer ship."""

from datetime import date, timedelta

from core.models import User
from discovery.models import ModelVersion
from milestones.course import PAIRS, SHIPPED, STOPS_AFTER
from milestones.models import Checkpoint, ScheduledStop, Slip
from portfolio.seeding.market import Seeder

# days from today on which each pair was planned, and by how many it slipped
DAYS = (-300, -200, -120, -45, 60)
SLIPPED = 14


def seed_course(seeder: Seeder, by: User) -> None:
    version = ModelVersion.objects.get(workspace=seeder.workspace)
    planned = [
        checkpoint_of(seeder, version, kind, seeder.now.date() + timedelta(days), by)
        for pair, days in zip(PAIRS, DAYS, strict=True)
        for kind in pair
    ]
    Checkpoint.objects.bulk_create(planned)
    Slip.objects.bulk_create(slip_of(seeder, checkpoint) for checkpoint in planned)
    shipped = next(row for row in planned if row.kind == SHIPPED)
    ScheduledStop.objects.bulk_create(stop_of(seeder, shipped, d) for d in STOPS_AFTER)


def checkpoint_of(
    seeder: Seeder, version: ModelVersion, kind: str, planned_on: date, by: User
) -> Checkpoint:
    is_over = planned_on < seeder.now.date()
    return Checkpoint(
        **seeder.common,
        **seeder.marks("checkpoint", "finding"),
        model_version=version,
        kind=kind,
        planned_on=planned_on,
        reached_on=planned_on if is_over else None,
        by=by,
        created_at=seeder.now - timedelta(days=390),
    )


def slip_of(seeder: Seeder, checkpoint: Checkpoint) -> Slip:
    return Slip(
        **seeder.common,
        **seeder.marks("slip", "reason"),
        checkpoint=checkpoint,
        from_on=checkpoint.planned_on - timedelta(days=SLIPPED),
        to_on=checkpoint.planned_on,
        by=checkpoint.by,
        recorded_at=seeder.now - timedelta(days=380),
    )


def stop_of(seeder: Seeder, shipped: Checkpoint, days: int) -> ScheduledStop:
    """The first was held, the second lies ahead."""
    due_on = shipped.planned_on + timedelta(days=days)
    is_over = due_on < seeder.now.date()
    return ScheduledStop(
        **seeder.common,
        **seeder.marks("scheduledstop", "finding"),
        checkpoint=shipped,
        days=days,
        due_on=due_on,
        held_on=due_on if is_over else None,
        held_by=shipped.by if is_over else None,
        created_at=seeder.now - timedelta(days=45),
    )
