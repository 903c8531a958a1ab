"""Who forecasts and decides how well: past ranges and predictions against what came."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from core.models import User
from decisions.models import Decision, DecisionReview
from forecasts.calibration import (
    Calibration,
    calibration,
    first_promises,
    pooled,
)
from forecasts.history import History
from forecasts.models import Metric, Revision
from forecasts.reports import histories
from milestones.signals.plans import calibration_sentence

Verdict = DecisionReview.Verdict
Order = tuple[int, int]


@dataclass(frozen=True)
class Judgements:
    """Decisions by what became of them. `due` reached their day unjudged, `ahead` have
    not reached it."""

    held: int = 0
    failed: int = 0
    unclear: int = 0
    due: int = 0
    ahead: int = 0

    @property
    def decided(self) -> int:
        return self.held + self.failed + self.unclear + self.due + self.ahead


@dataclass(frozen=True)
class Person:
    """`ranges` are of the periods that this person was the first to promise."""

    name: str
    ranges: Calibration
    judgements: Judgements

    @property
    def says(self) -> str:
        return calibration_sentence(self.ranges)


@dataclass(frozen=True)
class TrackRecord:
    people: tuple[Person, ...]


def track_record_of(workspace, today: date) -> TrackRecord:
    """In a constant number of queries. People who never did either are left out."""
    ranges = {who: pooled(found) for who, found in ranges_by_person(workspace, today)}
    judged = judgements_by_person(workspace, today)
    users = User.objects.in_bulk({*ranges, *judged} - {None})
    people = [
        Person(str(user), ranges.get(pk, pooled(())), judged.get(pk, Judgements()))
        for pk, user in users.items()
    ]
    return TrackRecord(tuple(sorted(people, key=lambda person: person.name)))


def ranges_by_person(workspace, today) -> Iterator[tuple[object, list[Calibration]]]:
    metrics = list(Metric.objects.in_workspace(workspace).filter(is_vanity=False))
    for metric in metrics:
        metric.workspace = workspace
    authors = authors_of(metrics)
    found: dict = defaultdict(list)
    for pk, history in histories(metrics).items():
        for who, part in parts_by_author(history, authors[pk]):
            found[who].append(calibration(part, today))
    yield from found.items()


def authors_of(metrics: Iterable[Metric]) -> dict:
    """Metric id → {(plan, revision): user id}."""
    rows = Revision.objects.filter(forecast__metric__in=metrics).values_list(
        "forecast__metric", "forecast__number", "number", "by"
    )
    found: dict = defaultdict(dict)
    for metric, plan, revision, who in rows:
        found[metric][plan, revision] = who
    return found


def parts_by_author(
    history: History, authors: dict[Order, object]
) -> Iterator[tuple[object, History]]:
    """The history as each author promised it first: nobody answers for another."""
    promised = defaultdict(list)
    for point in first_promises(history).values():
        promised[authors.get(point.order)].append(point)
    for who, points in promised.items():
        if who is not None:
            yield who, replace(history, planned=tuple(points))


def judgements_by_person(workspace, today: date) -> dict:
    rows = Decision.objects.in_workspace(workspace).values_list(
        "by", "review__verdict", "review_on", "predict_by"
    )
    found: dict = defaultdict(list)
    for who, verdict, *days in rows:
        is_due = min(day for day in days if day) <= today
        found[who].append(verdict or ("due" if is_due else "ahead"))
    names = (*Verdict.values, "due", "ahead")
    return {
        who: Judgements(**{name: states.count(name) for name in names})
        for who, states in found.items()
    }
