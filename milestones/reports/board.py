"""The board: eleven lines, each with what is claimed, supported, and counts.

A past day is drawn from what was noted then (milestones/noted.py); before anything was
noted, from the rows of that time, with today's judgement of talks and people.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from core.charts.bullet import ScoreBar, score_bar
from interviews.models import Interview
from milestones.eleven import ELEVEN, Group, Template
from milestones.facts import Facts
from milestones.reports.between import NOTHING, Between, between
from milestones.reports.loading import load_board, load_both
from milestones.standing import Claim, Standing, Status
from milestones.support import Stance
from milestones.support_words import Support


@dataclass(frozen=True)
class Row:
    """`owes_score`: others have scored in the open round, this reader has not.

    `reviews` are what advisors think: shown, and counted for nothing. `was` is the same
    question on the day it is compared with; `version` of the model asked it then, and
    a later one may ask it anew. `since`: what came and went between the two days.
    `needs_rescore`: a pivot asks for it.
    """

    question: Template
    support: Support
    standing: Standing
    bar: ScoreBar
    reviews: tuple[Claim, ...]
    supporting: int
    against: int
    newest: date | None
    has_answer: bool
    owes_score: bool
    needs_rescore: bool = False
    version: int | None = None
    was: "Row | None" = None
    since: Between = NOTHING

    @property
    def is_asked_anew(self) -> bool:
        """Whether the model changed since the day compared with, and this with it."""
        return self.was is not None and self.was.version != self.version

    @property
    def change(self) -> int:
        """By how much more, or less, counts than on the day compared with."""
        return self.standing.effective - self.was.standing.effective if self.was else 0

    @property
    def is_changed(self) -> bool:
        if self.was is None:
            return False
        now, then = self.standing, self.was.standing
        return (now.claimed, now.supported, now.status) != (
            then.claimed,
            then.supported,
            then.status,
        )

    @property
    def sentence(self) -> str:
        """Before their own score a reader is not told that there is none."""
        if self.owes_score and self.standing.claimed is None:
            return (
                "Scored by others: you see it once your score is given. "
                f"Evidence supports {self.support.level}."
            )
        return self.standing.sentence

    @property
    def is_untouched(self) -> bool:
        return self.standing.claimed is None and self.newest is None


@dataclass(frozen=True)
class Section:
    heading: str
    first: int
    last: int
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Board:
    """`as_of` is the day shown; `is_past` when it is not today. `is_noted`: the day is
    drawn from what was noted then. `since` is the day compared with, when there were
    `interviews_then`."""

    as_of: date
    is_past: bool
    is_noted: bool
    rows: tuple[Row, ...]
    interviews: int
    since: date | None = None
    interviews_then: int = 0

    @property
    def changed(self) -> int:
        return sum(row.is_changed for row in self.rows)

    @property
    def between(self) -> Between:
        """What came and went since the day compared with, over all eleven."""
        return sum((row.since for row in self.rows), NOTHING)

    @property
    def interviews_more(self) -> int:
        return self.interviews - self.interviews_then if self.since else 0

    @property
    def sections(self) -> tuple[Section, ...]:
        """In the order of the questions, under their three headings."""
        found = []
        for group in Group:
            rows = tuple(row for row in self.rows if row.question.group == group)
            first, last = rows[0].question.number, rows[-1].question.number
            found.append(Section(group.value, first, last, rows))
        return tuple(found)

    @property
    def weakest_first(self) -> tuple[Row, ...]:
        return tuple(
            sorted(
                self.rows,
                key=lambda row: (
                    row.standing.claimed is not None,
                    row.standing.effective,
                    row.support.level,
                    row.question.number,
                ),
            )
        )

    @property
    def answered(self) -> int:
        return sum(row.standing.claimed is not None for row in self.rows)

    @property
    def contradicted(self) -> int:
        return sum(row.standing.status == Status.CONTRADICTED for row in self.rows)

    @property
    def not_scored(self) -> tuple[int, ...]:
        return tuple(
            row.question.number for row in self.rows if row.standing.claimed is None
        )

    @property
    def lowest(self) -> tuple[int, ...]:
        """Those scored that count least, unless all count the same."""
        scored = {
            row.question.number: row.standing.effective
            for row in self.rows
            if row.standing.claimed is not None
        }
        if len(set(scored.values())) < 2:
            return ()
        least = min(scored.values())
        return tuple(number for number, value in scored.items() if value == least)


def end_of(day: date, zone, now: datetime) -> datetime:
    """The last moment of that day in the venture's zone, or now if that is sooner."""
    midnight = datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone)
    return min(midnight - timedelta(microseconds=1), now)


@dataclass(frozen=True)
class Moment:
    """When to look: the last moment of `day`, and whether that is over."""

    day: date
    at: datetime
    is_past: bool


def moment_of(scope, now, as_of=None) -> Moment:
    """Of a version of the model that has ended, its last moment at the latest."""
    zone = scope.workspace.zone
    end = scope.ended_at or now
    day = as_of or scope.workspace.today(end)
    at = min(end_of(day, zone, now), end)
    return Moment(day, at, is_past=day < scope.workspace.today(now) or end < now)


def board(scope, *, viewer, now, as_of=None, since=None) -> Board:
    """As the viewer may see it: claims of an open round stay hidden until they score."""
    moment = moment_of(scope, now, as_of)
    if since is not None:
        return compared(scope, moment, since, viewer=viewer, now=now)
    facts = load_board(scope, moment.at)
    rows = rows_of(scope, facts, viewer, now, moment)
    return board_from(scope, facts, moment, rows)


def compared(scope, moment: Moment, since, *, viewer, now) -> Board:
    """Beside another day. What was asked anew since stands beside what was asked in its
    place."""
    held = scope.held(since)
    then = moment_of(held, now, since)
    facts, before = load_both(scope, moment.at, held, then.at)
    moved = between(
        scope, facts, moment.at, held, before, then.at, viewer=viewer, now=now
    )
    rows = tuple(
        replace(row, was=was, since=moved[row.question.number])
        for row, was in zip(
            rows_of(scope, facts, viewer, now, moment),
            rows_of(held, before, viewer, now, then),
            strict=True,
        )
    )
    shown = board_from(scope, facts, moment, rows)
    talks = interviews_of(held, before, then)
    return replace(shown, since=since, interviews_then=talks)


def board_from(scope, facts, moment: Moment, rows) -> Board:
    return Board(
        as_of=moment.day,
        is_past=moment.is_past,
        is_noted=all(facts[number].noted for number in scope.rows),
        rows=rows,
        interviews=interviews_of(scope, facts, moment),
    )


def rows_of(scope, facts, viewer, now, moment: Moment) -> tuple[Row, ...]:
    return tuple(
        row_of(scope, question, facts[question.number], viewer, now, moment)
        for question in ELEVEN
    )


def row_of(scope, question, facts: Facts, viewer, now, moment: Moment) -> Row:
    current = facts.open_round(now)
    owes = bool(current and current.is_owed_by(viewer, facts.scorers))
    seen = facts.seen_by(viewer, now)
    found = state_of(seen, moment)
    row = scope.question(question.number)
    return Row(
        question=question,
        support=found.support,
        standing=found.standing,
        bar=bar_of(found.standing, found.reviews),
        reviews=found.reviews,
        supporting=found.supporting,
        against=found.against,
        newest=found.newest,
        has_answer=found.has_answer,
        owes_score=owes,
        needs_rescore=bool(
            row and row.needs_rescore_since and found.standing.claimed is None
        ),
        version=row and row.model_version.number,
    )


@dataclass(frozen=True)
class State:
    """What one line of the board says, whether it was noted or worked out."""

    support: Support
    standing: Standing
    reviews: tuple[Claim, ...]
    supporting: int
    against: int
    newest: date | None
    has_answer: bool


def state_of(facts: Facts, moment: Moment) -> State:
    if moment.is_past and facts.noted is not None:
        return state_noted(facts, moment)
    support = facts.support(moment.at, moment.day)
    return State(
        support=support,
        standing=facts.standing(moment.at, moment.day, support),
        reviews=facts.reviewed(moment.at),
        supporting=facts.count(Stance.SUPPORTS, moment.at),
        against=facts.count(Stance.CONTRADICTS, moment.at),
        newest=facts.newest(moment.at),
        has_answer=facts.answer(moment.at) is not None,
    )


def state_noted(facts: Facts, moment: Moment) -> State:
    noted = facts.noted
    return State(
        support=noted.support,
        standing=facts.standing(moment.at, moment.day, noted.support, noted.scorers),
        reviews=facts.reviewed(moment.at),
        supporting=noted.supporting,
        against=noted.against,
        newest=noted.newest,
        has_answer=noted.has_answer,
    )


def bar_of(standing: Standing, reviews: tuple[Claim, ...]) -> ScoreBar:
    return score_bar(
        claimed=standing.claimed,
        supported=standing.supported,
        founders=[claim.value for claim in standing.claims],
        reviewed=[claim.value for claim in reviews],
        is_stale=standing.status == Status.STALE,
    )


def interviews_of(scope, facts, moment: Moment) -> int:
    """Qualifying talks of the segment, as noted then or as they count today."""
    noted = facts[1].noted
    if moment.is_past and noted is not None:
        return noted.interviews
    if 1 in scope.rows and not moment.is_past:
        return facts[1].interviews
    return interviews_held(scope, moment.at)


def interviews_held(scope, moment) -> int:
    if scope.segment is None:
        return 0
    held = Interview.objects.in_workspace(scope.workspace).qualifying()
    return held.filter(segment=scope.segment, held_at__lte=moment).count()
