"""How far the evidence carries a question: graded pieces in, a ceiling from 0 to 5 out.

The app never scores for anybody. It says how high a claim may count, why, and what
would raise the ceiling by one.

A piece counts when it comes from a qualifying talk (a sales talk for question 8
alone), or from a number or document; never from a related party; never below E2, for
compliments and promises (E1) and our own opinion (E0) say nothing. An account we
prompted (E3) counts as agreement (E2).
Several people of one organisation are one voice; a person without an organisation,
and every consumer, is a voice of their own.

    1  the answer is written so that it can prove wrong
    2  3 qualifying talks that agree, each with a piece of E2 or better
    3  10 such talks whatever their stance, from 6 voices; 5 voices tell it unprompted
       (E3 or better) and the share of those who do is not plainly under one half;
       something against it is recorded, or was looked for and not found
    4  fresh E4 or better from 5 voices (10 where they are consumers); the question's
       own signal supports it, or, where it has none yet, the cautious bound of the
       share, k of n fresh voices, is one half or more; nothing against it of E3 or
       better is unanswered, and no challenge has been open for 14 days
    5  a prediction registered beforehand came true on new customers; where money is
       involved, somebody paid lately (E6 or better)

Share: k = voices supporting at E3 or better, n = these and every voice with a counted
piece that does not support, with the 95 % Wilson interval. Voices that only agreed (E2)
are neither: agreement shows reach, not strength. So no supporting piece ever lowers the
level; that people mostly agree only when prompted, the signals of question 1 say.

Questions 9 to 11 are not answered by talks. The ladder stays, but counts pieces of
evidence (numbers, documents) in place of talks, and the series or documents they come
from in place of organisations: ten months of one number are ten pieces, one source.
"""

from bisect import bisect_left
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from milestones.statistics.wilson import Interval, wilson

ANSWERED_BY_TALKS = range(1, 9)
SALES_QUESTION = 8
# where words and time are not enough at the top: somebody has to have paid
ABOUT_MONEY = frozenset({2, 6, 8, 9})


class Stance(StrEnum):
    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    NEUTRAL = "neutral"


class Verdict(StrEnum):
    """What the share of voices says by itself. Cannot say is the usual state."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    CANNOT_SAY = "cannot_say"


class Lack(StrEnum):
    """What the next level still needs."""

    ANSWER = "answer"
    AGREEING_TALKS = "agreeing_talks"
    TALKS = "talks"
    VOICES = "voices"
    PATTERN = "pattern"
    DISPUTED = "disputed"
    SEARCH = "search"
    VERIFIED = "verified"
    SHARE = "share"
    UNANSWERED = "unanswered"
    SIGNAL = "signal"
    CHALLENGE = "challenge"
    PREDICTION = "prediction"
    PAID = "paid"


@dataclass(frozen=True)
class Rules:
    """Thresholds; a venture may set its own."""

    agreeing_talks: int = 3
    talks: int = 10
    voices: int = 6
    pattern_voices: int = 5
    verified_organisations: int = 5
    verified_people: int = 10
    share: float = 0.5
    fresh_days: int = 120
    challenge_days: int = 14


RULES = Rules()


@dataclass(frozen=True)
class Piece:
    """One link between a source and the question. `grade` is 0 to 7 for E0 to E7.

    `talk` is the interview it was said in, None for a number or document; then
    `series` is the metric or document it belongs to. `on` is the day it was said,
    or last confirmed.
    """

    key: Hashable
    stance: Stance
    grade: int
    on: date
    talk: Hashable | None = None
    person: Hashable | None = None
    organisation: Hashable | None = None
    series: Hashable | None = None
    qualifies: bool = True
    is_sales: bool = False
    is_related: bool = False
    is_prompted: bool = False
    is_answered: bool = False

    @property
    def voice(self) -> Hashable | None:
        return self.organisation or self.person or self.series

    @property
    def strength(self) -> int:
        return 2 if self.is_prompted and self.grade == 3 else self.grade


@dataclass(frozen=True)
class Case:
    """Everything known about one question on the day `today`.

    `signal` is what the question's own instrument says, None before it has data.
    `predictions` counts those that came true on new customers. `challenged_on` is the
    day the oldest open challenge was asked.
    """

    number: int
    answer: str
    has_searched: bool
    pieces: tuple[Piece, ...]
    today: date
    of_consumers: bool = False
    signal: Verdict | None = None
    predictions: int = 0
    challenged_on: date | None = None

    @property
    def heard(self) -> tuple[Piece, ...]:
        """The pieces, with consumers speaking for themselves."""
        if not self.of_consumers:
            return self.pieces
        return tuple(replace(piece, organisation=None) for piece in self.pieces)


@dataclass(frozen=True)
class Tally:
    """The counts the ladder reads."""

    agreeing_talks: int
    talks: int
    voices: int
    told: int
    asked: int
    fresh_told: int
    fresh_asked: int
    only_agreed: int
    verified: int
    paid: int
    against: int
    unanswered: int
    unanswered_voices: int
    # left out, or weakened
    stale: int
    not_qualifying: int
    related: int
    compliments: int
    opinions: int
    prompted: int


@dataclass(frozen=True)
class Need:
    lack: Lack
    count: int


@dataclass(frozen=True)
class Ceiling:
    """`signal` is the share of fresh voices; `needs` is what the next level lacks."""

    level: int
    needs: tuple[Need, ...]
    tally: Tally
    signal: Interval
    verdict: Verdict


def counts(piece: Piece, number: int) -> bool:
    """Whether the piece may raise or cap anything at all for question `number`."""
    return (
        not piece.is_related and is_from_fair_talk(piece, number) and piece.grade >= 2
    )


def is_from_fair_talk(piece: Piece, number: int) -> bool:
    """Said in a talk that counts for this question, or not said in a talk."""
    if piece.talk is None or piece.qualifies:
        return True
    return piece.is_sales and number == SALES_QUESTION


def ceiling(case: Case, rules: Rules = RULES) -> Ceiling:
    tally = count(case, rules)
    level, needs = _climb(case, tally, rules)
    signal = wilson(tally.fresh_told, tally.fresh_asked)
    return Ceiling(level, needs, tally, signal, _verdict(signal, rules))


def _verdict(signal: Interval, rules: Rules) -> Verdict:
    if signal.low >= rules.share:
        return Verdict.SUPPORTS
    if signal.high < rules.share:
        return Verdict.CONTRADICTS
    return Verdict.CANNOT_SAY


def count(case: Case, rules: Rules = RULES) -> Tally:
    first_fresh_day = case.today - timedelta(days=rules.fresh_days)
    kept = [piece for piece in case.heard if counts(piece, case.number)]
    fresh = [piece for piece in kept if piece.on >= first_fresh_day]
    agreeing = [piece for piece in kept if piece.stance == Stance.SUPPORTS]
    against = [piece for piece in kept if piece.stance == Stance.CONTRADICTS]
    unanswered = [p for p in against if p.strength >= 3 and not p.is_answered]
    fair = [
        p for p in case.pieces if not p.is_related and is_from_fair_talk(p, case.number)
    ]
    return Tally(
        agreeing_talks=_talks(agreeing, case.number),
        talks=_talks(kept, case.number),
        voices=_voices(kept),
        told=_voices(_told(kept)),
        asked=_voices(_said_more(kept)),
        fresh_told=_voices(_told(fresh)),
        fresh_asked=_voices(_said_more(fresh)),
        only_agreed=_voices(fresh) - _voices(_said_more(fresh)),
        verified=_voices(p for p in _told(fresh) if p.grade >= 4),
        paid=_voices(p for p in _told(fresh) if p.grade >= 6),
        against=len(against),
        unanswered=len(unanswered),
        unanswered_voices=_voices(unanswered),
        stale=len(kept) - len(fresh),
        not_qualifying=sum(
            not (p.is_related or is_from_fair_talk(p, case.number)) for p in case.pieces
        ),
        related=sum(piece.is_related for piece in case.pieces),
        compliments=sum(piece.grade == 1 for piece in fair),
        opinions=sum(piece.grade == 0 for piece in fair),
        prompted=sum(piece.strength != piece.grade for piece in kept),
    )


def _talks(pieces: Iterable[Piece], number: int) -> int:
    """Different talks; for questions 9 to 11, different pieces beside them."""
    if number in ANSWERED_BY_TALKS:
        return len({piece.talk for piece in pieces} - {None})
    return len({piece.talk or piece.key for piece in pieces})


def _voices(pieces: Iterable[Piece]) -> int:
    return len({piece.voice for piece in pieces} - {None})


def _told(pieces: Iterable[Piece]) -> list[Piece]:
    """Those that support it by something that really happened."""
    return [p for p in pieces if p.stance == Stance.SUPPORTS and p.strength >= 3]


def _said_more(pieces: Iterable[Piece]) -> list[Piece]:
    """Those that do more than agree."""
    return [p for p in pieces if p.stance != Stance.SUPPORTS or p.strength >= 3]


def _climb(case: Case, tally: Tally, rules: Rules) -> tuple[int, tuple[Need, ...]]:
    steps = (
        _for_one(case),
        _for_two(tally, rules),
        _for_three(case, tally, rules),
        _for_four(case, tally, rules),
        _for_five(case, tally),
    )
    for level, lacking in enumerate(steps):
        needs = tuple(need for need in lacking if need.count > 0)
        if needs:
            return level, needs
    return len(steps), ()


def _for_one(case: Case) -> tuple[Need, ...]:
    return (Need(Lack.ANSWER, int(not case.answer.strip())),)


def _for_two(tally: Tally, rules: Rules) -> tuple[Need, ...]:
    return (Need(Lack.AGREEING_TALKS, rules.agreeing_talks - tally.agreeing_talks),)


def _for_three(case: Case, tally: Tally, rules: Rules) -> tuple[Need, ...]:
    return (
        Need(Lack.TALKS, rules.talks - tally.talks),
        Need(Lack.VOICES, rules.voices - tally.voices),
        Need(Lack.PATTERN, rules.pattern_voices - tally.told),
        Need(Lack.DISPUTED, _until_undisputed(tally, rules)),
        Need(Lack.SEARCH, int(not (tally.against or case.has_searched))),
    )


def _for_four(case: Case, tally: Tally, rules: Rules) -> tuple[Need, ...]:
    by_people = case.of_consumers and case.number in ANSWERED_BY_TALKS
    wanted = rules.verified_people if by_people else rules.verified_organisations
    return (
        Need(Lack.VERIFIED, wanted - tally.verified),
        _sureness(case, tally, rules),
        Need(Lack.UNANSWERED, tally.unanswered),
        Need(Lack.CHALLENGE, int(is_overdue(case, rules))),
    )


def _sureness(case: Case, tally: Tally, rules: Rules) -> Need:
    """The question's own instrument decides once it has data; before, the share does."""
    if case.signal is None:
        return Need(Lack.SHARE, _until_sure(tally, rules))
    return Need(Lack.SIGNAL, int(case.signal != Verdict.SUPPORTS))


def is_overdue(case: Case, rules: Rules = RULES) -> bool:
    """Whether somebody has waited too long for evidence they asked for."""
    if case.challenged_on is None:
        return False
    return case.today - case.challenged_on >= timedelta(days=rules.challenge_days)


def _for_five(case: Case, tally: Tally) -> tuple[Need, ...]:
    wants_money = case.number in ABOUT_MONEY
    return (
        Need(Lack.PREDICTION, int(not case.predictions)),
        Need(Lack.PAID, int(wants_money and not tally.paid)),
    )


def _until_undisputed(tally: Tally, rules: Rules) -> int:
    """How many more voices, all telling it, lift the hopeful bound to the share."""
    told, asked = tally.told, tally.asked

    def is_open(more: int) -> bool:
        return wilson(told + more, asked + more).high >= rules.share

    return bisect_left(range(2 * asked + 1), 1, key=is_open)


def _until_sure(tally: Tally, rules: Rules) -> int:
    """How many more fresh voices, all telling it, lift the cautious bound to it."""
    told, asked = tally.fresh_told, tally.fresh_asked

    def is_sure(more: int) -> bool:
        return wilson(told + more, asked + more).low >= rules.share

    return bisect_left(range(4 * asked + 20), 1, key=is_sure)
