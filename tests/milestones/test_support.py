from dataclasses import replace
from datetime import date, timedelta

import pytest

from milestones import models
from milestones.support import Case, Lack, Piece, Stance, Verdict, ceiling

TODAY = date(2026, 11, 23)
AGAINST, NEITHER = Stance.CONTRADICTS, Stance.NEUTRAL


def days_before(days):
    return TODAY - timedelta(days=days)


def piece(name, *, grade=3, days_ago=10, org=None, talk=None, **fields):
    """A piece from a talk of its own with an organisation of its own."""
    return Piece(
        key=f"key {name}",
        stance=fields.pop("stance", Stance.SUPPORTS),
        grade=grade,
        on=TODAY - timedelta(days=days_ago),
        talk=talk or f"talk {name}",
        person=f"person {name}",
        organisation=org or f"org {name}",
        **fields,
    )


def number(name, *, grade=4, series=None, **fields):
    """A piece that was not said in a talk."""
    return replace(
        piece(name, grade=grade, **fields),
        talk=None,
        person=None,
        organisation=None,
        series=series or f"series {name}",
    )


def pieces(count, *, start=0, make=piece, **fields):
    return tuple(make(i, **fields) for i in range(start, start + count))


def case(*groups, **fields):
    flat = tuple(p for group in groups for p in group)
    known = {"number": 1, "answer": "Who, what, how much, by when.", "today": TODAY}
    return Case(**(known | {"has_searched": False, "pieces": flat} | fields))


def needs(found):
    return {need.lack: need.count for need in found.needs}


LEVEL_3 = pieces(10)
LEVEL_4 = pieces(10, grade=4)


@pytest.mark.parametrize(
    ("given_case", "level"),
    [
        (case(answer=""), 0),
        (case(answer="  \n"), 0),
        (case(LEVEL_4, answer="", has_searched=True), 0),
        (case(), 1),
        # two: three talks that agree
        (case(pieces(2, grade=2)), 1),
        (case(pieces(3, grade=2)), 2),
        (case(pieces(3, grade=2, talk="one talk")), 1),
        (case(pieces(3, grade=2, stance=AGAINST)), 1),
        (case(pieces(3, grade=2, stance=Stance.NEUTRAL)), 1),
        # three: ten talks, six voices, a pattern, and a look at the other side
        (case(LEVEL_3, has_searched=True), 3),
        (case(LEVEL_3), 2),
        (case(LEVEL_3, pieces(1, start=20, grade=2, stance=AGAINST)), 3),
        (case(pieces(9), has_searched=True), 2),
        (case(pieces(10, grade=2), has_searched=True), 2),
        (case(pieces(4), pieces(6, start=4, grade=2), has_searched=True), 2),
        (case(pieces(5), pieces(5, start=5, grade=2), has_searched=True), 3),
        (case(pieces(5), pieces(5, start=5, stance=AGAINST)), 3),
        # a pattern that too few of many tell is none
        (case(pieces(5), pieces(14, start=5, stance=NEITHER), has_searched=True), 2),
        (case(pieces(5), pieces(13, start=5, stance=NEITHER), has_searched=True), 3),
        # those who only agreed do not make it smaller
        (case(pieces(5), pieces(30, start=5, grade=2), has_searched=True), 3),
        # four: verified, lately, by five, and nearly all of those asked
        (case(LEVEL_4, has_searched=True), 4),
        (case(pieces(4, grade=4), pieces(6, start=4), has_searched=True), 3),
        (case(pieces(5, grade=4), pieces(5, start=5), has_searched=True), 4),
        (case(LEVEL_4, pieces(2, start=10, stance=NEITHER), has_searched=True), 4),
        (case(LEVEL_4, pieces(3, start=10, stance=NEITHER), has_searched=True), 3),
        (case(LEVEL_4, pieces(30, start=10, grade=2), has_searched=True), 4),
        # the question's own signal decides once it can be read
        (case(LEVEL_4, has_searched=True, signal=Verdict.SUPPORTS), 4),
        (case(LEVEL_4, has_searched=True, signal=Verdict.CANNOT_SAY), 3),
        (case(LEVEL_4, has_searched=True, signal=Verdict.CONTRADICTS), 3),
        (
            case(
                LEVEL_4,
                pieces(3, start=10, stance=NEITHER),
                has_searched=True,
                signal=Verdict.SUPPORTS,
            ),
            4,
        ),
        # somebody has waited for evidence for two weeks
        (case(LEVEL_4, has_searched=True, challenged_on=days_before(13)), 4),
        (case(LEVEL_4, has_searched=True, challenged_on=days_before(14)), 3),
        (case(LEVEL_3, has_searched=True, challenged_on=days_before(14)), 3),
        # old evidence carries three, not four
        (case(pieces(10, grade=4, days_ago=120), has_searched=True), 4),
        (case(pieces(10, grade=4, days_ago=121), has_searched=True), 3),
        # what speaks against it, strongly and unanswered, caps at three
        (case(LEVEL_4, pieces(1, start=20, stance=AGAINST)), 3),
        (case(LEVEL_4, pieces(1, start=20, stance=AGAINST, days_ago=400)), 3),
        (case(LEVEL_4, pieces(1, start=20, stance=AGAINST, is_answered=True)), 4),
        (case(LEVEL_4, pieces(1, start=20, stance=AGAINST, grade=2)), 4),
        (case(LEVEL_4, pieces(1, start=20, stance=AGAINST, is_prompted=True)), 4),
        # five: foretold, and paid for where money is what it is about
        (case(pieces(60, grade=7), has_searched=True), 4),
        (case(LEVEL_4, has_searched=True, predictions=1), 5),
        (case(LEVEL_4, number=2, has_searched=True, predictions=1), 4),
        (
            case(
                LEVEL_4,
                pieces(1, start=20, grade=6),
                number=2,
                has_searched=True,
                predictions=1,
            ),
            5,
        ),
    ],
)
def test_ceiling_follows_the_ladder(given_case, level):
    assert ceiling(given_case).level == level


@pytest.mark.parametrize(
    "fields",
    [
        {"grade": 0},
        {"grade": 1},
        {"grade": 7, "qualifies": False},
        {"grade": 7, "qualifies": False, "is_sales": True},
        {"grade": 7, "is_related": True},
    ],
)
def test_what_does_not_count_raises_nothing(fields):
    assert ceiling(case(pieces(30, **fields), has_searched=True)).level == 1


def test_sales_talks_count_for_question_eight_alone():
    sold = pieces(10, grade=4, qualifies=False, is_sales=True)
    levels = {
        n: ceiling(case(sold, number=n, has_searched=True)).level for n in range(1, 12)
    }

    assert levels == {n: 4 if n == 8 else 1 for n in range(1, 12)}


def test_an_account_we_prompted_counts_as_agreement():
    prompted = case(pieces(10, is_prompted=True), has_searched=True)

    found = ceiling(prompted)

    assert found.level == 2
    assert needs(found) == {Lack.PATTERN: 5}
    assert found.tally.prompted == 10


def test_behaviour_is_not_weakened_by_prompting():
    assert piece("x", grade=4, is_prompted=True).strength == 4


def test_five_people_of_one_organisation_are_one_voice():
    one_firm = pieces(5, grade=4, org="Acme")

    found = ceiling(case(LEVEL_3, one_firm, has_searched=True))

    assert found.tally.voices == 11
    assert needs(found) == {Lack.VERIFIED: 4}


def test_consumers_speak_for_themselves():
    household = pieces(10, grade=4, org="one employer")
    as_firm = ceiling(case(household, has_searched=True))
    as_people = ceiling(case(household, has_searched=True, of_consumers=True))

    assert (as_firm.level, as_people.level) == (2, 4)
    assert (as_firm.tally.voices, as_people.tally.voices) == (1, 10)


def test_consumers_need_ten_who_did_it():
    nine = case(pieces(9, grade=4), pieces(1, start=9), has_searched=True)

    found = ceiling(replace(nine, of_consumers=True))

    assert ceiling(nine).level == 4
    assert (found.level, needs(found)) == (3, {Lack.VERIFIED: 1})


def test_a_talk_with_nobody_known_is_a_talk_but_no_voice():
    unknown = tuple(
        replace(p, person=None, organisation=None) for p in pieces(3, grade=2)
    )

    found = ceiling(case(unknown))

    assert (found.level, found.tally.talks, found.tally.voices) == (2, 3, 0)


@pytest.mark.parametrize("question", [9, 10, 11])
def test_the_last_three_count_numbers_and_documents(question):
    figures = pieces(10, make=number)
    found = ceiling(case(figures, number=question, has_searched=True))

    assert (found.level, found.tally.talks, found.tally.voices) == (4, 10, 10)


def test_ten_months_of_one_number_are_one_source():
    months = pieces(10, make=number, series="orders a day")

    found = ceiling(case(months, number=9, has_searched=True))

    assert found.level == 2
    assert needs(found) == {Lack.VOICES: 5, Lack.PATTERN: 4}


def test_the_last_three_need_five_sources_even_with_consumers():
    figures = pieces(5, make=number) + pieces(5, start=5, make=number, grade=3)
    consumers = case(figures, number=9, has_searched=True, of_consumers=True)

    assert ceiling(consumers).level == 4


def test_numbers_are_no_talks_for_the_first_eight():
    found = ceiling(case(pieces(10, make=number), has_searched=True))

    assert (found.level, found.tally.talks) == (1, 0)


@pytest.mark.parametrize(
    ("given_case", "expected"),
    [
        (case(answer=""), {Lack.ANSWER: 1}),
        (case(pieces(1, grade=2)), {Lack.AGREEING_TALKS: 2}),
        (
            case(pieces(3, grade=2)),
            {
                Lack.TALKS: 7,
                Lack.VOICES: 3,
                Lack.PATTERN: 5,
                Lack.SEARCH: 1,
            },
        ),
        (case(LEVEL_3, has_searched=True), {Lack.VERIFIED: 5}),
        (
            case(pieces(8), pieces(2, start=8, stance=AGAINST)),
            {Lack.VERIFIED: 5, Lack.SHARE: 1, Lack.UNANSWERED: 2},
        ),
        (case(LEVEL_4, has_searched=True), {Lack.PREDICTION: 1}),
    ],
)
def test_needs_name_the_next_step_only(given_case, expected):
    assert needs(ceiling(given_case)) == expected


@pytest.mark.parametrize(
    ("told", "others", "verdict"),
    [
        (0, 0, Verdict.CANNOT_SAY),
        (4, 1, Verdict.CANNOT_SAY),
        (9, 1, Verdict.SUPPORTS),
        (8, 2, Verdict.CANNOT_SAY),
        (0, 4, Verdict.CONTRADICTS),
        (0, 3, Verdict.CANNOT_SAY),
    ],
)
def test_verdict_is_that_of_the_interval(told, others, verdict):
    asked = case(pieces(told), pieces(others, start=told, stance=NEITHER))

    assert ceiling(asked).verdict == verdict


def test_tally_says_what_was_left_out():
    found = ceiling(
        case(
            pieces(1, grade=1),
            pieces(2, start=1, grade=0),
            pieces(3, start=3, qualifies=False),
            pieces(4, start=6, is_related=True),
            pieces(5, start=10, days_ago=200),
        )
    ).tally

    left_out = (
        found.compliments,
        found.opinions,
        found.not_qualifying,
        found.related,
        found.stale,
    )
    assert left_out == (1, 2, 3, 4, 5)


def test_stances_are_those_of_the_database():
    assert [s.value for s in Stance] == [s.value for s in models.Stance]
