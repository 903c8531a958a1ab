"""PURE. What is known about one question, each fact with the moments it was known between.

From these every page can be drawn as of any day.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from milestones.noted import Noted
from milestones.rounds import Entry, Round, hidden_keys, open_round
from milestones.standing import Claim, Standing, stand
from milestones.support import Case, Piece, Stance, Verdict
from milestones.support_words import Support, assess


@dataclass(frozen=True)
class Link:
    """One link to a question. `ends_at`: withdrawn itself, or its quote was.

    `confirmed`: the last day it was found to hold still, and when that was said.
    `question`: the id of its row, which tells versions of the model apart; the same of
    what was written and scored. `present`: who was there, where a quote names nobody;
    None unless asked for; nor is `source`, what was linked, whichever question it is
    linked to.
    """

    number: int
    piece: Piece
    linked_at: datetime
    ends_at: datetime | None = None
    answered_at: datetime | None = None
    confirmed: tuple[date, datetime] | None = None
    question: Hashable = None
    present: tuple[Any, ...] | None = None
    source: Hashable = None

    def stood(self, moment: datetime) -> bool:
        return self.linked_at <= moment and not _is_past(self.ends_at, moment)

    def piece_at(self, moment: datetime) -> Piece:
        piece = self.piece
        if _is_past(self.answered_at, moment):
            piece = replace(piece, is_answered=True)
        if self.confirmed is not None and _is_past(self.confirmed[1], moment):
            piece = replace(piece, on=max(piece.on, self.confirmed[0]))
        return piece


@dataclass(frozen=True)
class Written:
    """An answer as written; `follows` is the key of the one it replaced."""

    key: str
    number: int
    statement: str
    looked_against: str
    at: datetime
    follows: str | None
    question: Hashable = None


@dataclass(frozen=True)
class Scored:
    """One saved claim or review. `on` is the venture's own date at that moment."""

    key: str
    number: int
    author: str
    value: int
    supported: int
    round: int
    at: datetime
    on: date
    follows: str | None
    author_name: str = ""
    reason: str = ""
    question: Hashable = None

    @property
    def entry(self) -> Entry:
        return Entry(self.key, self.author, self.at, self.round)


class Word(Protocol):
    """A row that a later row may replace."""

    @property
    def key(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def follows(self) -> str | None: ...


AnyWord = TypeVar("AnyWord", bound=Word)


@dataclass(frozen=True)
class Facts:
    """`scorers` maps the key of everybody who scores today to their name.

    `reviews` are what advisors think; they count for nothing but being read. `noted` is
    the last state noted by the moment the facts were loaded for. `instrument` is what
    the question's own signal says, `predictions` how many came true: both take long to
    work out and come from what was noted. `challenged_on` is the day of the oldest open challenge;
    `interviews` counts qualifying talks of the segment, with question 1 alone.
    """

    number: int
    links: tuple[Link, ...]
    answers: tuple[Written, ...]
    scores: tuple[Scored, ...]
    scorers: Mapping[str, str]
    of_consumers: bool = False
    reviews: tuple[Scored, ...] = ()
    noted: Noted | None = None
    instrument: Verdict | None = None
    predictions: int = 0
    challenged_on: date | None = None
    interviews: int = 0

    def seen_by(self, viewer: str, now: datetime) -> "Facts":
        """Without the claims this reader must not see yet; see milestones/rounds.py."""
        entries = [score.entry for score in self.scores]
        hidden = hidden_keys(entries, viewer, self.scorers, now)
        seen = tuple(score for score in self.scores if score.key not in hidden)
        return replace(self, scores=seen)

    def settled(self, now: datetime) -> "Facts":
        """Without the claims of a round that is still open: for what everybody reads."""
        current = self.open_round(now)
        keys = current.keys if current else frozenset()
        return replace(
            self, scores=tuple(score for score in self.scores if score.key not in keys)
        )

    def open_round(self, now: datetime) -> Round | None:
        return open_round([score.entry for score in self.scores], self.scorers, now)

    def answer(self, moment: datetime) -> Written | None:
        return next(iter(last_words(self.answers, moment)), None)

    def claims(
        self, moment: datetime, scorers: Collection[str] | None = None
    ) -> tuple[Claim, ...]:
        """The current claim of everybody who scores; of `scorers`, who did so then."""
        counted = self.scorers if scorers is None else scorers
        return tuple(
            Claim(
                self.scorers.get(score.author, score.author_name), score.value, score.on
            )
            for score in last_words(self.scores, moment)
            if score.author in counted
        )

    def support(self, moment: datetime, today: date) -> Support:
        answer = self.answer(moment)
        case = Case(
            number=self.number,
            answer=answer.statement if answer else "",
            has_searched=bool(answer and answer.looked_against.strip()),
            pieces=tuple(link.piece_at(moment) for link in self.links_at(moment)),
            today=today,
            of_consumers=self.of_consumers,
            signal=self.instrument,
            predictions=self.predictions,
            challenged_on=self.challenged_on,
        )
        return assess(case)

    def reviewed(self, moment: datetime) -> tuple[Claim, ...]:
        """The current opinion of everybody who reviewed it."""
        return tuple(
            Claim(score.author_name, score.value, score.on)
            for score in last_words(self.reviews, moment)
        )

    def standing(
        self,
        moment: datetime,
        today: date,
        support: Support,
        scorers: Collection[str] | None = None,
    ) -> Standing:
        return stand(
            self.claims(moment, scorers),
            supported=support.level,
            verdict=support.verdict,
            is_outweighed=support.is_outweighed,
            today=today,
        )

    def links_at(self, moment: datetime) -> tuple[Link, ...]:
        return tuple(link for link in self.links if link.stood(moment))

    def count(self, stance: Stance, moment: datetime) -> int:
        return sum(link.piece.stance == stance for link in self.links_at(moment))

    def newest(self, moment: datetime) -> date | None:
        """The latest day something linked by then was said."""
        return max((link.piece.on for link in self.links_at(moment)), default=None)


def last_words(rows: Iterable[AnyWord], moment: datetime) -> Sequence[AnyWord]:
    """Those written by then that nothing written by then replaced."""
    known = [row for row in rows if row.at <= moment]
    replaced = {row.follows for row in known}
    return [row for row in known if row.key not in replaced]


def _is_past(at: datetime | None, moment: datetime) -> bool:
    return at is not None and at <= moment
