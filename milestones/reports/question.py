"""One question in full: where it stands, what speaks against it, and what for it."""

from dataclasses import dataclass

from milestones.eleven import Template, template
from milestones.facts import Facts, Scored, Written
from milestones.reports.board import Moment, Row, moment_of, row_of
from milestones.reports.carrying import Earlier, earlier_of
from milestones.reports.evidence import Card, cards_of
from milestones.reports.loading import load_with_earlier
from milestones.support import Stance

CARDS_SHOWN = 12


@dataclass(frozen=True)
class Pile:
    """Cards of one stance, strongest and newest first. `more` are not shown."""

    cards: tuple[Card, ...]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.cards)


@dataclass(frozen=True)
class Page:
    """`earlier`: what was claimed before the model changed, while it is to be scored
    again."""

    question: Template
    moment: Moment
    row: Row
    answer: Written | None
    against: Pile
    supporting: Pile
    neutral: Pile
    own: Scored | None
    is_past: bool
    earlier: Earlier | None

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


def question_page(
    scope, number, *, viewer, sees_people, now, as_of=None, shows_all=False
) -> Page:
    """As this reader may see it. `viewer` is the key of their account.

    Whose words are shown, and under which name, is decided by today's consent also on
    a past day.
    """
    moment = moment_of(scope, now, as_of)
    facts, claims = load_with_earlier(scope, number, moment.at)
    seen = facts.seen_by(viewer, now)
    piles = piles_of(seen, moment.at, sees_people=sees_people, shows_all=shows_all)
    return Page(
        question=template(number),
        moment=moment,
        row=row_of(scope, template(number), facts, viewer, now, moment),
        answer=seen.answer(moment.at),
        against=piles[Stance.CONTRADICTS],
        supporting=piles[Stance.SUPPORTS],
        neutral=piles[Stance.NEUTRAL],
        own=own_score(facts, viewer),
        is_past=moment.is_past,
        earlier=earlier_of(
            scope, number, claims, viewer=viewer, now=now, scorers=facts.scorers
        ),
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
