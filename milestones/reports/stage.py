"""At which stage a venture says it is, what that expects, and what is seen of it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from core.models import ActivityEntry, Membership, Workspace
from discovery.models import Segment
from forecasts.learning_curve import Allowance, allowance
from forecasts.models import Deal, InvestorExpectation, Rep, RepKind, SalesCurve
from forecasts.selling import curve_of
from forecasts.selling.words import PHASES, sentence
from interviews.models import Interview
from milestones.models import Checkpoint
from milestones.reports.counting import effective_of
from milestones.reports.course import counted_of, open_stops_of
from milestones.stages import BY_STAGE, Expectation, Facts, Seen, Stage, seen_of

CHANGES_SHOWN = 20


@dataclass(frozen=True)
class Change:
    """`old` and `new`: labels of stages; `by` is empty for what a job did."""

    at: datetime
    by: str
    old: str
    new: str


@dataclass(frozen=True)
class StagePage:
    """`current` is where the venture says it is, `shown` the one looked at. `told`: how
    often a forecast was told to investors."""

    current: Stage
    shown: Expectation
    seen: tuple[Seen, ...]
    changes: tuple[Change, ...]
    told: int

    @property
    def label(self) -> str:
        return label_of(self.shown.stage)

    @property
    def met(self) -> int:
        return sum(one.is_met for one in self.seen)

    @property
    def others(self) -> tuple[tuple[str, str, bool], ...]:
        """(stage, label, is it the current one) of each of the five."""
        return tuple(
            (stage.value, label_of(stage), stage is self.current) for stage in BY_STAGE
        )


def label_of(stage: str) -> str:
    return str(Workspace.Stage(stage).label)


def stage_page(scope, *, look: str, viewer: str, now: datetime) -> StagePage:
    """`look`: the stage to show; another word shows the venture's own."""
    workspace = scope.workspace
    current = Stage(workspace.stage)
    shown = Stage(look) if look in {one.value for one in Stage} else current
    row = counts_of(scope)
    return StagePage(
        current=current,
        shown=BY_STAGE[shown],
        seen=seen_of(shown, facts_of(scope, row, viewer=viewer, now=now)),
        changes=changes_of(workspace),
        told=row.told,
    )


def facts_of(scope, row, *, viewer, now) -> Facts:
    workspace = scope.workspace
    return Facts(
        counted=counted_of(scope, viewer=viewer, now=now),
        open_stops=open_stops_of(workspace),
        talks=row.talks,
        led=row.led,
        reached=frozenset({"beta"} if row.has_beta else ()),
        has_shipped=workspace.first_shipped_on is not None,
        hired=row.hired,
        learners=row.learners,
        won=row.won,
        won_by_others=row.won_by_others,
        curves=row.curves,
        ready=row.ready,
        pursued=row.pursued,
        with_curve=row.with_curve,
    )


def counts_of(scope):
    """The venture with all that is counted for a stage, in one query."""
    here = {"workspace": OuterRef("pk")}
    talks = Interview.objects.qualifying().filter(**here)
    reps = Rep.objects.filter(left_on=None, **here).exclude(kind=RepKind.FOUNDER)
    won = Deal.objects.standing().filter(outcome=Deal.Outcome.WON, **here)
    curves = SalesCurve.objects.open().filter(**here)
    pursued = Segment.objects.filter(**here).exclude(status=Segment.Status.DROPPED)
    own = SalesCurve.objects.open().filter(segment=OuterRef("pk"))
    beta = Checkpoint.objects.filter(
        model_version=scope.version, kind="beta", reached_on__isnull=False
    )
    counted = {
        "talks": talks,
        "led": talks.filter(Exists(asked_by_leaders())),
        "hired": reps,
        "learners": reps.filter(kind=RepKind.RENAISSANCE),
        "won": won,
        "won_by_others": won.filter(rep__in=others()),
        "curves": curves,
        "ready": curves.filter(ready_on__isnull=False),
        "pursued": pursued,
        "with_curve": pursued.filter(Exists(own)),
        "told": InvestorExpectation.objects.current().filter(**here),
    }
    rows = Workspace.objects.filter(pk=scope.workspace.pk)
    return rows.annotate(
        has_beta=Exists(beta), **{name: number(of) for name, of in counted.items()}
    ).get()


def asked_by_leaders():
    """Who asked in the outer talk and leads the venture."""
    leaders = Membership.objects.filter(
        workspace=OuterRef(OuterRef("workspace")), is_leadership=True
    )
    asked = Interview.interviewers.through.objects.filter(interview=OuterRef("pk"))
    return asked.filter(user__in=leaders.values("user"))


def others():
    return Rep.objects.exclude(kind=RepKind.FOUNDER).values("pk")


def number(rows) -> Coalesce:
    counted = rows.order_by().values("workspace").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


def changes_of(workspace) -> tuple[Change, ...]:
    """The newest first."""
    rows = ActivityEntry.objects.filter(
        workspace=workspace, verb="venture.stage_changed"
    ).select_related("by")
    return tuple(
        Change(
            at=row.at,
            by=str(row.by or ""),
            old=label_of(row.data["old"]),
            new=label_of(row.data["new"]),
        )
        for row in rows[:CHANGES_SHOWN]
    )


# --- the phase of the first sales curve --------------------------------------------------
@dataclass(frozen=True)
class PhaseSeen:
    """The oldest curve that is open; `others` more are."""

    curve: SalesCurve
    phase: str
    sentence: str
    allowance: Allowance
    others: int


def phase_seen(workspace, *, now: datetime) -> PhaseSeen | None:
    """None while there is no curve. No name stands in it."""
    rows = SalesCurve.objects.in_workspace(workspace).open()
    curves = list(rows.select_related("workspace__selling_settings"))
    if not curves:
        return None
    first = curves[0]
    loaded = curve_of(
        first,
        today=workspace.today(now),
        question_8=effective_of(workspace, 8, first.segment_id, now),
        with_names=False,
    )
    return PhaseSeen(
        curve=first,
        phase=PHASES[loaded.course.phase],
        sentence=sentence(loaded.course, loaded.currency),
        allowance=allowance(loaded.course),
        others=len(curves) - 1,
    )
