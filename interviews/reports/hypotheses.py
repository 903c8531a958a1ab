"""One hypothesis: who said what for and against it, and how it came to stand there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from discovery.hypotheses import is_overdue, state_of, versions_of
from discovery.hypothesis_states import MARK_MET, MOVES
from discovery.models import Hypothesis, Person
from interviews.actions.settle import standing_links
from interviews.models import Interview, QuoteLink, Stance
from interviews.said import speakers_of, who_said, why_withheld, words_of

if TYPE_CHECKING:
    from discovery.models import HypothesisStatus

MOST = 50


@dataclass(frozen=True)
class Spoken:
    """One linked quote. `words` is None where they are withheld, for the reason in
    `withheld`; `talk` where hidden.

    `counts`: the talk is a discovery interview.
    """

    key: object
    words: str | None
    who: str
    on: datetime
    grade: str
    is_prompted: bool
    counts: bool
    talk: Interview | None
    withheld: str = ""


@dataclass(frozen=True)
class Heard:
    """Strongest first; `total` may be more than are shown."""

    rows: tuple[Spoken, ...]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


@dataclass(frozen=True)
class Step:
    """A change of state. `mark` is the mark that was met, with its name."""

    status: HypothesisStatus
    mark: str


@dataclass(frozen=True)
class HypothesisPage:
    row: Hypothesis
    state: str
    is_overdue: bool
    supporting: Heard
    against: Heard
    neutral: Heard
    steps: tuple[Step, ...]
    versions: tuple[Hypothesis, ...]
    moves: tuple[str, ...]

    @property
    def is_newest(self) -> bool:
        return self.versions[0].pk == self.row.pk

    @property
    def newest(self) -> Hypothesis:
        return self.versions[0]


def hypothesis_page(
    hypothesis: Hypothesis, *, today: date, sees_people: bool
) -> HypothesisPage:
    """As this reader may see it."""
    hypothesis.state = state_of(hypothesis)
    heard = heard_of(standing_links(hypothesis), sees_people=sees_people)
    versions = tuple(versions_of(hypothesis))
    is_newest = versions[0].pk == hypothesis.pk
    rows = hypothesis.statuses.select_related("by").order_by("-at", "-pk")
    return HypothesisPage(
        row=hypothesis,
        state=hypothesis.state,
        is_overdue=is_newest and is_overdue(hypothesis, today),
        supporting=heard[Stance.SUPPORTS],
        against=heard[Stance.CONTRADICTS],
        neutral=heard[Stance.NEUTRAL],
        steps=tuple(Step(status, mark_of(hypothesis, status)) for status in rows),
        versions=versions,
        moves=MOVES[hypothesis.state] if is_newest else (),
    )


def mark_of(hypothesis, status):
    met = MARK_MET.get(status.status)
    if met == "pass":
        return _("Pass mark met: %(mark)s") % {"mark": hypothesis.pass_mark}
    if met == "fail":
        return _("Fail mark met: %(mark)s") % {"mark": hypothesis.fail_mark}
    return ""


def heard_of(links, *, sees_people: bool) -> dict[str, Heard]:
    """Linked quotes by stance, the first fifty of each."""
    present = Person.objects.select_related("organisation")
    rows = list(
        links.select_related("quote__person__organisation", "quote__interview")
        .defer("quote__interview__notes")
        .prefetch_related(Prefetch("quote__interview__people", present))
        .order_by("-grade", "-quote__interview__held_at", "pk")
    )
    heard = {}
    for stance in Stance:
        mine = [link for link in rows if link.stance == stance]
        shown = (spoken(link, sees_people=sees_people) for link in mine[:MOST])
        heard[stance] = Heard(tuple(shown), len(mine))
    return heard


def spoken(link: QuoteLink, *, sees_people: bool) -> Spoken:
    quote = link.quote
    words = words_of(quote, sees_people=sees_people)
    return Spoken(
        key=quote.pk,
        words=words,
        withheld="" if words is not None else why_withheld(speakers_of(quote)),
        who=who_said(quote, sees_people=sees_people),
        on=quote.interview.held_at,
        grade=link.get_grade_display(),
        is_prompted=quote.is_prompted,
        counts=quote.interview.qualifies,
        talk=quote.interview if sees_people else None,
    )
