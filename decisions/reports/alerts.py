"""What the page of one alert shows, and the list of all."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.money import show_money
from decisions.evaluating import (
    ADJUST,
    Missing,
    done_steps,
    missing,
    needs_cosignature,
)
from decisions.models import (
    Alert,
    AlertObservation,
    Decision,
    DecisionReview,
    Evaluation,
    EvaluationCoSignature,
    FollowUp,
    SideExit,
)
from decisions.models.commitments import Status
from decisions.reports.exits import doubles_of, exit_of
from decisions.reports.following import (
    follow_ups_of,
    is_due,
    review_of,
    to_score_after,
)
from decisions.reports.papers import cosignature_of, paper_of
from decisions.reports.told import (
    Line,
    ToldStep,
    registered_rule,
    tell_decision,
    told,
)
from decisions.subjects import RELATED
from forecasts.models import Revision
from milestones.models import Question


@dataclass(frozen=True)
class KnownNumber:
    """One period as it stood; missing is None."""

    first: date
    last: date
    forecast: Decimal | None
    actual: Decimal | None


@dataclass(frozen=True)
class KnownScore:
    question: int
    claimed: int
    supported: int


@dataclass(frozen=True)
class KnownCommitment:
    """`rests`: on the number, or the question, that the alert was about."""

    title: str
    money: str
    status: str
    rests: bool


@dataclass(frozen=True)
class Known:
    """What was known when the decision was taken, from its snapshot."""

    series: tuple[KnownNumber, ...]
    scores: tuple[KnownScore, ...]
    commitments: tuple[KnownCommitment, ...]
    cash: str


@dataclass(frozen=True)
class AlertPage:
    """`lacking` stands between the evaluation and a decision. `awaits_revision`: it
    was decided to change the forecast, and nobody has yet.
    """

    alert: Alert
    observations: tuple[AlertObservation, ...]
    evaluation: Evaluation | None
    steps: tuple[ToldStep, ...]
    lacking: tuple[Missing, ...]
    done: frozenset[int]
    exit: SideExit | None
    doubles: tuple[Alert, ...]
    decision: Decision | None
    decided: tuple[Line, ...]
    known: Known | None
    needs_cosignature: bool
    cosignature: EvaluationCoSignature | None
    follow_ups: tuple[FollowUp, ...]
    to_score: tuple[Question, ...]
    review: DecisionReview | None
    is_review_due: bool
    awaits_revision: bool
    is_late: bool

    @property
    def next_step(self) -> int:
        """Where to go on: the first step that lacks something, else the last."""
        return self.lacking[0].step if self.lacking else 5


def alert_page(alert, *, today) -> AlertPage:
    evaluation = evaluation_of(alert)
    paper = paper_of(alert, evaluation)
    lacking = missing(paper, today, is_short=alert.is_quiet)
    decision = getattr(alert, "decision", None)
    return AlertPage(
        alert=alert,
        observations=tuple(alert.observations.all()),
        evaluation=evaluation,
        steps=told(evaluation, with_draft=decision is None),
        lacking=lacking,
        done=done_steps(lacking),
        exit=exit_of(alert),
        doubles=doubles_of(alert),
        decision=decision,
        decided=lines_of(decision) if decision else (),
        known=known_of(decision) if decision else None,
        needs_cosignature=decision is None and needs_cosignature(paper),
        cosignature=cosignature_of(evaluation) if paper.is_cosigned else None,
        follow_ups=follow_ups_of(decision) if decision else (),
        to_score=to_score_after(decision) if decision else (),
        review=review_of(decision) if decision else None,
        is_review_due=bool(decision) and is_due(decision, today),
        awaits_revision=bool(decision) and awaits_revision(alert, decision),
        is_late=alert.closed_at is None and alert.evaluate_by < today,
    )


def evaluation_of(alert) -> Evaluation | None:
    evaluations = Evaluation.objects.filter(alert=alert).select_related("saved_by")
    return evaluations.prefetch_related("questions", "rescored").first()


def lines_of(decision) -> tuple[Line, ...]:
    lines = [*tell_decision(decision), (_("Next stop rule"), registered_rule(decision))]
    return tuple((label, text) for label, text in lines if text)


def known_of(decision) -> Known:
    kept = decision.snapshot
    return Known(
        tuple(number_of(row) for row in kept.get("series", ())),
        tuple(
            KnownScore(one["question"], one["claimed"], one["supported"])
            for one in kept.get("scores", ())
            if one["claimed"] is not None
        ),
        tuple(commitment_of(one) for one in kept.get("commitments", ())),
        cash_words(kept.get("cash")),
    )


def commitment_of(kept) -> KnownCommitment:
    money = show_money(kept["amount_minor"], kept["currency"])
    labels = dict(Status.choices)
    status = str(labels.get(kept["status"], kept["status"]))
    return KnownCommitment(kept["title"], money, status, kept["rests"])


def cash_words(kept) -> str:
    """Decisions from before it was kept, and ventures that never said it, have none."""
    if not kept or kept["minor"] is None:
        return ""
    return _("%(money)s in hand, counted on %(day)s") % {
        "money": show_money(kept["minor"], kept["currency"]),
        "day": date_format(date.fromisoformat(kept["as_of"]), "j F Y"),
    }


def number_of(row) -> KnownNumber:
    forecast, actual = (
        None if row[name] is None else Decimal(row[name])
        for name in ("forecast", "actual")
    )
    first, last = (date.fromisoformat(row[name]) for name in ("from", "to"))
    return KnownNumber(first, last, forecast, actual)


def awaits_revision(alert, decision) -> bool:
    if decision.kind != ADJUST or alert.metric_id is None:
        return False
    since = Revision.objects.filter(
        forecast__metric=alert.metric_id, registered_at__gte=decision.decided_at
    )
    return not since.exists()


def open_alerts(workspace):
    """Stops and the quiet ones, each the longest waiting first."""
    alerts = Alert.objects.in_workspace(workspace).open().with_subjects()
    alerts = alerts.select_related("owner", "snooze").order_by("raised_at", "pk")
    alerts = list(alerts)
    stops = [alert for alert in alerts if not alert.is_quiet]
    return stops, [alert for alert in alerts if alert.is_quiet]


def decisions_taken(workspace):
    """The newest first, without their snapshots."""
    decisions = Decision.objects.in_workspace(workspace).defer("snapshot")
    decisions = decisions.select_related(*(f"alert__{one}" for one in RELATED), "by")
    return decisions.order_by("-decided_at", "pk")
