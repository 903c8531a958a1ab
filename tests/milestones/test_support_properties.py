"""What holds of the ceiling whatever the evidence."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from milestones.support import Case, Lack, Piece, Stance, Verdict, ceiling, counts
from tests.milestones.test_support import (
    AGAINST,
    LEVEL_3,
    LEVEL_4,
    TODAY,
    days_before,
    pieces,
)

any_piece = st.builds(
    Piece,
    key=st.uuids().map(str),
    stance=st.sampled_from(Stance),
    grade=st.integers(0, 7),
    on=st.integers(0, 200).map(lambda days: TODAY - timedelta(days=days)),
    talk=st.none() | st.integers(0, 15).map("talk {}".format),
    person=st.none() | st.integers(0, 15).map("person {}".format),
    organisation=st.none() | st.integers(0, 8).map("org {}".format),
    series=st.just("series"),
    qualifies=st.sampled_from([True, True, True, False]),
    is_sales=st.sampled_from([False, False, True]),
    is_related=st.sampled_from([False, False, False, True]),
    is_prompted=st.sampled_from([False, False, True]),
    is_answered=st.booleans(),
)
any_case = st.builds(
    Case,
    number=st.integers(1, 11),
    answer=st.sampled_from(["", "written"]),
    has_searched=st.booleans(),
    pieces=st.one_of(
        st.lists(any_piece, max_size=12).map(tuple),
        # the upper half of the ladder, which chance alone seldom reaches
        st.lists(any_piece, max_size=6).map(lambda few: (*LEVEL_3, *few)),
        st.lists(any_piece, max_size=4).map(lambda few: (*LEVEL_4, *few)),
    ),
    today=st.just(TODAY),
    of_consumers=st.booleans(),
    signal=st.none() | st.sampled_from(Verdict),
    predictions=st.integers(0, 1),
    challenged_on=st.none() | st.integers(0, 20).map(days_before),
)


def with_more(known, *more):
    return replace(known, pieces=(*known.pieces, *more))


@settings(max_examples=1000, deadline=None)
@given(any_case, any_piece)
def test_supporting_evidence_never_lowers(known, extra):
    more = replace(extra, stance=Stance.SUPPORTS)

    assert ceiling(with_more(known, more)).level >= ceiling(known).level


@settings(max_examples=1000, deadline=None)
@given(any_case, st.lists(any_piece, min_size=1, max_size=20))
def test_compliments_change_nothing(known, extra):
    praise = [replace(p, grade=1) for p in extra]
    before, after = ceiling(known), ceiling(with_more(known, *praise))

    assert (after.level, after.needs) == (before.level, before.needs)


@settings(max_examples=100, deadline=None)
@given(any_case, any_piece)
def test_evidence_against_it_never_lifts_past_three(known, extra):
    strong = replace(extra, stance=AGAINST, grade=3, is_answered=False)
    strong = replace(strong, is_prompted=False)
    level = ceiling(with_more(known, strong)).level

    assert level <= 3 or not counts(strong, known.number)


@settings(max_examples=100, deadline=None)
@given(any_case, st.integers(1, 300))
def test_time_alone_never_lifts_to_four(known, days):
    later = replace(known, today=TODAY + timedelta(days=days))
    was, is_now = ceiling(known).level, ceiling(later).level

    assert is_now == was or (max(was, is_now) >= 4 and is_now < 5)


@settings(max_examples=1000, deadline=None)
@given(any_case)
def test_what_would_raise_it_raises_it(known):
    before = ceiling(known)
    if before.level == 5:
        assert before.needs == ()
        return

    assert ceiling(meet(known, before.needs)).level > before.level


def meet(known, wanted):
    """The same case after somebody did exactly what it asked for."""
    for need in wanted:
        known = MEANS[need.lack](known, need.count)
    return known


def tell(grade):
    """New voices in new talks, telling it at this grade."""

    def add(known, count):
        first = 1000 + len(known.pieces)
        made = pieces(count, start=first, grade=grade, days_ago=0)
        return with_more(known, *made)

    return add


def answer_all(known, _count):
    answered = (replace(p, is_answered=True) for p in known.pieces)
    return replace(known, pieces=tuple(answered))


MEANS = {
    Lack.ANSWER: lambda known, _count: replace(known, answer="written"),
    Lack.AGREEING_TALKS: tell(2),
    Lack.TALKS: tell(3),
    Lack.VOICES: tell(3),
    Lack.PATTERN: tell(3),
    Lack.DISPUTED: tell(3),
    Lack.SEARCH: lambda known, _count: replace(known, has_searched=True),
    Lack.VERIFIED: tell(4),
    Lack.SHARE: tell(3),
    Lack.UNANSWERED: answer_all,
    Lack.SIGNAL: lambda known, _count: replace(known, signal=Verdict.SUPPORTS),
    Lack.CHALLENGE: lambda known, _count: replace(known, challenged_on=None),
    Lack.PREDICTION: lambda known, count: replace(known, predictions=count),
    Lack.PAID: tell(6),
}
