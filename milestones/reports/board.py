"""The board: eleven lines, each with what is claimed, supported, and counts."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core.charts.bullet import ScoreBar, score_bar
from interviews.models import Interview
from milestones.eleven import ELEVEN, Group, Template
from milestones.reports.loading import load_board
from milestones.standing import Standing, Status
from milestones.support import Stance
from milestones.support_words import Support


@dataclass(frozen=True)
class Row:
    """`owes_score`: others have scored in the open round, this reader has not."""

    question: Template
    support: Support
    standing: Standing
    bar: ScoreBar
    supporting: int
    against: int
    newest: date | None
    has_answer: bool
    owes_score: bool

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
    """`as_of` is the day shown; `is_past` when it is not today."""

    as_of: date
    is_past: bool
    rows: tuple[Row, ...]
    interviews: int

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


def board(scope, *, viewer, now, as_of=None) -> Board:
    """As the viewer may see it: claims of an open round stay hidden until they score.

    Whether a talk qualifies is today's judgement also on an earlier day.
    """
    today = scope.workspace.today(now)
    day = as_of or today
    moment = end_of(day, scope.workspace.zone, now)
    facts = load_board(scope)
    return Board(
        as_of=day,
        is_past=day < today,
        rows=tuple(
            row_of(question, facts[question.number], viewer, now, moment, day)
            for question in ELEVEN
        ),
        interviews=interviews_held(scope, moment),
    )


def row_of(question, facts, viewer, now, moment, day) -> Row:
    current = facts.open_round(now)
    owes = bool(current and current.is_owed_by(viewer, facts.scorers))
    seen = facts.seen_by(viewer, now)
    support = seen.support(moment, day)
    standing = seen.standing(moment, day, support)
    return Row(
        question=question,
        support=support,
        standing=standing,
        bar=bar_of(standing),
        supporting=seen.count(Stance.SUPPORTS, moment),
        against=seen.count(Stance.CONTRADICTS, moment),
        newest=seen.newest(moment),
        has_answer=seen.answer(moment) is not None,
        owes_score=owes,
    )


def bar_of(standing: Standing) -> ScoreBar:
    return score_bar(
        claimed=standing.claimed,
        supported=standing.supported,
        founders=[claim.value for claim in standing.claims],
        is_stale=standing.status == Status.STALE,
    )


def interviews_held(scope, moment) -> int:
    """Qualifying talks of the segment."""
    if scope.segment is None:
        return 0
    held = Interview.objects.in_workspace(scope.workspace).qualifying()
    return held.filter(segment=scope.segment, held_at__lte=moment).count()
