"""Writes checkpoints: planned, moved, reached, and the stops that were held."""

from milestones.actions import (
    hold_stop,
    move_checkpoint,
    plan_checkpoint,
    reach_checkpoint,
)
from milestones.actions.questions import newest_version


def add_course(sample, planned):
    for row in planned:
        sample.then(row.ago, plan, sample, row)
        for move in row.moved:
            sample.then(move.ago, shift, sample, row, move)
        if row.reached is not None:
            sample.then(row.reached.ago, reach, sample, row)
        for stop in row.held:
            sample.then(stop.ago, hold, sample, row, stop)


def plan(sample, row):
    """A learning review is planned with its product already."""
    if checkpoint(sample, row) is None:
        plan_checkpoint(
            sample.workspace,
            by=sample.owner,
            kind=row.kind,
            planned_on=sample.on(row.on),
            now=sample.ago(row.ago),
        )


def checkpoint(sample, row):
    """That of the newest version of the model, or None."""
    newest = newest_version(sample.workspace)
    return newest.checkpoints.filter(kind=row.kind).first()


def shift(sample, row, move):
    found = checkpoint(sample, row)
    move_checkpoint(
        found,
        by=sample.owner,
        to_on=sample.on(move.to),
        reason=move.reason,
        follows_on=found.planned_on,
        now=sample.ago(move.ago),
    )


def reach(sample, row):
    reach_checkpoint(
        checkpoint(sample, row),
        by=sample.owner,
        reached_on=sample.on(row.reached.on),
        finding=row.reached.finding,
        now=sample.ago(row.reached.ago),
    )


def hold(sample, row, stop):
    hold_stop(
        checkpoint(sample, row).stops.get(days=stop.days),
        by=sample.founder,
        held_on=sample.on(stop.on),
        finding=stop.finding,
        now=sample.ago(stop.ago),
    )
