"""What the rules on learning and on plans ask about a venture."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from decisions.models import Decision
from decisions.reports.resting import questions_rested_on
from decisions.rules.learning import Asked, Step
from decisions.rules.planned import Criterion, Move
from discovery.models import HypothesisStatus, ModelVersion, Segment
from interviews.models import Interview
from milestones.models import Checkpoint, Question, QuestionState, ScheduledStop
from milestones.noted import Noted, from_json
from milestones.reports.loading import load_some
from milestones.scope import scope_of
from milestones.signals.being_wrong import UNSETTLED, Believed, believed_in
from milestones.support import Verdict


def questions_asked(workspace, now: datetime) -> Iterator[tuple[Question, Asked]]:
    """Every question of every segment still pursued, with all its steps.

    Claims of a round that is still open count for nobody yet.
    """
    pursued = Segment.objects.in_workspace(workspace).exclude(
        status=Segment.Status.DROPPED
    )
    seen: set = set()
    rested = questions_rested_on(workspace)
    for key in pursued.order_by("created_at", "pk").values_list("pk", flat=True):
        scope = scope_of(workspace, key)
        new = {n: row for n, row in scope.rows.items() if row.pk not in seen}
        facts = load_some(scope, set(new), now)
        states = states_by_question(new.values(), now)
        for number, question in new.items():
            known = facts[number].settled(now)
            noted = states.get(question.pk, [])
            steps = tuple(steps_of(workspace, known, noted))
            yield question, Asked(steps, has_commitment=number in rested)
        seen.update(row.pk for row in new.values())


def states_by_question(questions, now) -> dict:
    """Question id to (moment, Noted), oldest first: one query."""
    rows = QuestionState.objects.filter(question__in=list(questions), at__lte=now)
    found: dict = {}
    for state in rows.order_by("at", "pk"):
        noted = from_json(state.state)
        found.setdefault(state.question_id, []).append((state.at, noted))
    return found


def steps_of(workspace, facts, noted: list[tuple[datetime, Noted]]) -> Iterator[Step]:
    """A step whenever something was noted or claimed, from the first note on."""
    if not noted:
        return
    moments = {at for at, _ in noted} | {
        score.at for score in facts.scores if score.at >= noted[0][0]
    }
    for moment in sorted(moments):
        state = [one for at, one in noted if at <= moment][-1]
        claims = facts.claims(moment, state.scorers)
        yield Step(
            on=workspace.today(moment),
            claimed=min((claim.value for claim in claims), default=None),
            supported=state.support.level,
            is_contradicted=is_contradicted(state),
        )


def is_contradicted(state: Noted) -> bool:
    against = Verdict.CONTRADICTS
    return against in (state.support.verdict, state.instrument)


def criteria_of(workspace, now) -> list[tuple[Believed, Criterion]]:
    """Critical hypotheses, the newest version of each, as kill criteria."""
    critical = [one for one in believed_in(workspace, now) if one.row.is_critical]
    moved = last_moves(workspace, now)
    answered = last_version(workspace, now)
    rested = questions_rested_on(workspace)
    return [
        (
            one,
            Criterion(
                state=one.state,
                decide_by=one.row.decide_by,
                moved_on=moved.get(one.row.pk, workspace.today(one.row.created_at)),
                has_commitment=not rested.isdisjoint(one.row.questions),
                answered_on=answered,
            ),
        )
        for one in critical
        if one.state in UNSETTLED or one.state == HypothesisStatus.Status.INVALIDATED
    ]


def last_moves(workspace, now) -> dict:
    moves = HypothesisStatus.objects.in_workspace(workspace).filter(at__lte=now)
    return {
        pk: workspace.today(at)
        for pk, at in moves.order_by("at", "pk").values_list("hypothesis_id", "at")
    }


def last_version(workspace, now) -> date | None:
    """The day on which the venture last changed its model; None before a pivot."""
    versions = ModelVersion.objects.in_workspace(workspace)
    started = versions.filter(number__gt=1, started_at__lte=now).order_by("-number")
    moment = started.values_list("started_at", flat=True).first()
    return moment and workspace.today(moment)


def last_talk(workspace, now) -> date | None:
    talks = Interview.objects.in_workspace(workspace).qualifying()
    held = talks.filter(held_at__lte=now).order_by("-held_at")
    moment = held.values_list("held_at", flat=True).first()
    return moment and workspace.today(moment)


def last_look(workspace, now) -> date:
    """The last day on which the whole was looked at: decided, held, or begun."""
    decided = Decision.objects.in_workspace(workspace).filter(decided_at__lte=now)
    moment = (
        decided.order_by("-decided_at").values_list("decided_at", flat=True).first()
    )
    held = ScheduledStop.objects.in_workspace(workspace).filter(held_on__isnull=False)
    days = [
        workspace.today(workspace.created_at),
        moment and workspace.today(moment),
        held.order_by("-held_on").values_list("held_on", flat=True).first(),
    ]
    return max(day for day in days if day)


def moved_checkpoints(workspace) -> Iterator[tuple[Checkpoint, list[Move]]]:
    """Those still ahead, with the moves of their date, oldest first."""
    ahead = Checkpoint.objects.in_workspace(workspace).filter(reached_on__isnull=True)
    for checkpoint in ahead.prefetch_related("slips"):
        yield (
            checkpoint,
            [
                Move(slip.from_on, slip.to_on, workspace.today(slip.recorded_at))
                for slip in checkpoint.slips.all()
            ],
        )
