"""What came and went about each question between two days that are compared.

Links are those that stood then beside those that stand on the day shown; one query
finds what was asked back meanwhile, as the reader may know it.
"""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass

from milestones.challenging import known_end
from milestones.models import Challenge
from milestones.reports.challenges import known
from milestones.support import Stance


@dataclass(frozen=True)
class Between:
    """About one question, or summed over several. `ended`: links that stood no longer;
    `asked` and `closed` count challenges."""

    supporting: int = 0
    against: int = 0
    ended: int = 0
    asked: int = 0
    closed: int = 0

    def __bool__(self) -> bool:
        return self != NOTHING

    def __add__(self, other: "Between") -> "Between":
        return Between(
            self.supporting + other.supporting,
            self.against + other.against,
            self.ended + other.ended,
            self.asked + other.asked,
            self.closed + other.closed,
        )


NOTHING = Between()


def between(scope, facts, now_at, earlier, before, then_at, *, viewer, now):
    """`{number: Between}`. `facts` as of `now_at`, `before` of the scope `earlier` as of
    `then_at`; a source carried into a new version of the model is nothing new."""
    questions = {
        row.pk: number
        for one in (scope, earlier)
        for number, row in one.rows.items()
        if number in facts
    }
    owed = owed_in(scope, facts, viewer, now) | owed_in(earlier, before, viewer, now)
    asked, closed = challenges_between(questions, owed, then_at, now_at)
    found = {}
    for number in facts:
        came, went = moved(facts[number], now_at, before[number], then_at)
        found[number] = Between(
            supporting=came[Stance.SUPPORTS],
            against=came[Stance.CONTRADICTS],
            ended=sum(went.values()),
            asked=asked[number],
            closed=closed[number],
        )
    return found


def moved(facts, now_at, before, then_at) -> tuple[Counter, Counter]:
    """How many links of each stance came, and how many went."""
    stands = Counter(told(link) for link in facts.links_at(now_at))
    stood = Counter(told(link) for link in before.links_at(then_at))
    return by_stance(stands - stood), by_stance(stood - stands)


def told(link) -> tuple[Hashable, Stance]:
    return link.source, link.piece.stance


def by_stance(links: Counter) -> Counter:
    counted: Counter = Counter()
    for (_source, stance), count in links.items():
        counted[stance] += count
    return counted


def owed_in(scope, facts, viewer, now):
    """What the reader owes a score of, and since when; as reports/owing.py, of facts
    that are loaded."""
    found = {}
    for number, row in scope.rows.items():
        current = number in facts and facts[number].open_round(now)
        if current and current.is_owed_by(viewer, facts[number].scorers):
            found[row.pk] = current.opened_at
    return found


def challenges_between(questions, owed, then_at, now_at):
    rows = Challenge.objects.filter(question__in=questions, opened_at__lte=now_at)
    asked: Counter = Counter()
    closed: Counter = Counter()
    told_of = rows.filter(known(owed)).order_by()
    for pk, opened, ended in told_of.values_list("question", "opened_at", "closed_at"):
        end = known_end(ended, owed.get(pk))
        asked[questions[pk]] += opened > then_at
        closed[questions[pk]] += end is not None and then_at < end <= now_at
    return asked, closed
