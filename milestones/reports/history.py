"""What was claimed and supported when, and every score with its reason."""

from dataclasses import dataclass
from datetime import date, timedelta

from core.charts.spark import ScoreTrail, score_trail
from milestones.facts import Facts, Scored
from milestones.models import QuestionState
from milestones.reports.board import end_of
from milestones.reports.loading import load_question

WEEKS_SHOWN = 12


@dataclass(frozen=True)
class Week:
    """Where the question stood at the end of that day."""

    on: date
    claimed: int | None
    supported: int

    @property
    def is_known(self) -> bool:
        return self.claimed is not None or self.supported > 0


@dataclass(frozen=True)
class Said:
    """One saved score. `is_current`: nothing of the author's came after it."""

    score: Scored
    name: str
    is_current: bool
    is_review: bool = False


@dataclass(frozen=True)
class History:
    weeks: tuple[Week, ...]
    trail: ScoreTrail
    scores: tuple[Said, ...]


def history_of(scope, number, *, viewer, now) -> History:
    """As this reader may see it; claims of an open round stay hidden until they score."""
    facts = load_question(scope, number, now)
    seen = facts.seen_by(viewer, now)
    today = scope.workspace.today(now)
    noted = levels_noted(scope.question(number), now)
    weeks = weeks_of(seen, noted, scope.workspace.zone, today, now)
    return History(weeks, trail_of(weeks), scores_said(seen))


def levels_noted(question, now):
    """(moment, supported), oldest first; one query."""
    states = QuestionState.objects.filter(question=question, at__lte=now)
    return list(states.order_by("at", "pk").values_list("at", "supported"))


def weeks_of(facts, noted, zone, today, now):
    """The last weeks, twelve at most, oldest first, each at its end; the last is today.

    Weeks before anything was known are left out; two at least make a line.
    """
    days = [today - timedelta(weeks=n) for n in reversed(range(WEEKS_SHOWN))]
    weeks = [week_at(facts, noted, day, end_of(day, zone, now)) for day in days[:-1]]
    weeks.append(week_at(facts, [], today, now))
    while len(weeks) > 2 and not weeks[1].is_known:
        weeks.pop(0)
    return tuple(weeks)


def week_at(facts, noted, day, moment):
    claims = facts.claims(moment)
    levels = [level for at, level in noted if at <= moment]
    return Week(
        on=day,
        claimed=min((claim.value for claim in claims), default=None),
        supported=levels[-1] if levels else facts.support(moment, day).level,
    )


def trail_of(weeks) -> ScoreTrail:
    first, last = weeks[0], weeks[-1]
    return score_trail(
        claimed=[week.claimed for week in weeks],
        supported=[week.supported for week in weeks],
        label=(
            f"The last {len(weeks)} weeks. Supported: {first.supported} at first, "
            f"{last.supported} now. Claimed: {in_words(first.claimed)} at first, "
            f"{in_words(last.claimed)} now."
        ),
    )


def in_words(claimed: int | None) -> str:
    return "nothing" if claimed is None else str(claimed)


def scores_said(facts: Facts) -> tuple[Said, ...]:
    """Claims and reviews, newest first."""
    every = [(score, False) for score in facts.scores]
    every += [(score, True) for score in facts.reviews]
    replaced = {score.follows for score, _is_review in every}
    every.sort(key=lambda pair: pair[0].at, reverse=True)
    return tuple(
        Said(score, score.author_name, score.key not in replaced, is_review)
        for score, is_review in every
    )
