"""One question in full: what speaks against it, for it, and what was claimed when."""

from dataclasses import dataclass
from datetime import date, timedelta

from core.charts.spark import ScoreTrail, score_trail
from milestones.eleven import Template, template
from milestones.facts import Facts, Scored, Written
from milestones.reports.board import Row, end_of, row_of
from milestones.reports.evidence import Card, cards_of
from milestones.reports.loading import load_question
from milestones.support import Stance

WEEKS_SHOWN = 12
CARDS_SHOWN = 12
SCORES_SHOWN = 5


@dataclass(frozen=True)
class Pile:
    """Cards of one stance, strongest and newest first. `more` are not shown."""

    cards: tuple[Card, ...]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.cards)


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


@dataclass(frozen=True)
class Page:
    question: Template
    row: Row
    answer: Written | None
    against: Pile
    supporting: Pile
    neutral: Pile
    weeks: tuple[Week, ...]
    trail: ScoreTrail
    scores: tuple[Said, ...]
    scores_total: int
    own: Scored | None

    @property
    def next_level(self) -> int:
        return self.row.support.level + 1

    @property
    def previous(self) -> int:
        return self.question.number - 1

    @property
    def next(self) -> int:
        return self.question.number + 1

    @property
    def is_cut(self) -> bool:
        return any(pile.more for pile in (self.against, self.supporting, self.neutral))


def question_page(scope, number, *, viewer, sees_people, now, shows_all=False) -> Page:
    """As this reader may see it, now. `viewer` is the key of their account."""
    facts = load_question(scope, number)
    seen = facts.seen_by(viewer, now)
    today = scope.workspace.today(now)
    piles = piles_of(seen, now, sees_people=sees_people, shows_all=shows_all)
    weeks = weeks_of(seen, scope.workspace.zone, today, now)
    said = scores_said(seen)
    return Page(
        question=template(number),
        row=row_of(template(number), facts, viewer, now, now, today),
        answer=seen.answer(now),
        against=piles[Stance.CONTRADICTS],
        supporting=piles[Stance.SUPPORTS],
        neutral=piles[Stance.NEUTRAL],
        weeks=weeks,
        trail=trail_of(weeks),
        scores=said[:SCORES_SHOWN],
        scores_total=len(said),
        own=own_score(facts, viewer),
    )


def own_score(facts: Facts, viewer: str) -> Scored | None:
    """The latest claim of this reader: what a new one must follow."""
    own = [score for score in facts.scores if score.author == viewer]
    replaced = {score.follows for score in own}
    return next((score for score in own if score.key not in replaced), None)


def piles_of(facts, now, *, sees_people, shows_all):
    limit = None if shows_all else CARDS_SHOWN
    stacks = {stance: stack_of(facts, stance, now) for stance in Stance}
    shown = [link for stack in stacks.values() for link in stack[:limit]]
    cards = cards_of(shown, facts.number, sees_people=sees_people)
    return {
        stance: Pile(
            tuple(card for card in cards if card.stance == stance), len(stacks[stance])
        )
        for stance in Stance
    }


def stack_of(facts, stance, now):
    links = [link for link in facts.links_at(now) if link.piece.stance == stance]
    links.sort(key=lambda link: (-link.piece.grade, -link.piece.on.toordinal()))
    return links


def weeks_of(facts, zone, today, now):
    """The last weeks, twelve at most, oldest first, each at its end; the last is today.

    Weeks before anything was known are left out; two at least make a line.
    """
    days = [today - timedelta(weeks=n) for n in reversed(range(WEEKS_SHOWN))]
    weeks = [week_at(facts, day, end_of(day, zone, now)) for day in days]
    while len(weeks) > 2 and not weeks[1].is_known:
        weeks.pop(0)
    return tuple(weeks)


def week_at(facts, day, moment):
    claims = facts.claims(moment)
    return Week(
        on=day,
        claimed=min((claim.value for claim in claims), default=None),
        supported=facts.support(moment, day).level,
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
    """Newest first."""
    replaced = {score.follows for score in facts.scores}
    ordered = sorted(facts.scores, key=lambda score: score.at, reverse=True)
    return tuple(
        Said(score, score.author_name, score.key not in replaced) for score in ordered
    )
