from dataclasses import replace
from datetime import timedelta

import pytest

from milestones.support import Stance, Verdict
from milestones.support_words import amount, assess, why_not
from tests.milestones.test_support import (
    AGAINST,
    LEVEL_3,
    LEVEL_4,
    NEITHER,
    TODAY,
    case,
    days_before,
    number,
    piece,
    pieces,
)


@pytest.mark.parametrize(
    ("given_case", "level", "reasons", "raise_by"),
    [
        (
            case(answer=""),
            0,
            ("No answer is written yet.",),
            ("Write the answer: who, what, how much, by when.",),
        ),
        (
            case(pieces(1, grade=2)),
            1,
            ("The answer is written so that it can prove wrong.",),
            (
                "2 more qualifying interviews with something linked that agree "
                "(E2 or better).",
            ),
        ),
        (
            case(pieces(9)),
            2,
            (
                "The answer is written so that it can prove wrong.",
                "9 qualifying interviews agreed (E2 or better).",
            ),
            (
                "1 more qualifying interview with something linked (E3 or better).",
                "Record evidence against it, or that you looked and found none.",
            ),
        ),
        (
            case(LEVEL_4, has_searched=True),
            4,
            (
                "The answer is written so that it can prove wrong.",
                "10 qualifying interviews agreed (E2 or better).",
                "10 qualifying interviews from 10 organisations; 10 of them telling "
                "it unprompted (E3 or better).",
                "Evidence against it was looked for and not found.",
                "10 organisations verified it lately (E4 or better).",
                "10 of 10 organisations: even counted cautiously this is half or more.",
            ),
            (
                "A hypothesis about this question, registered beforehand, that came "
                "true on new customers.",
            ),
        ),
        (
            case(LEVEL_4, number=2, has_searched=True, signal=Verdict.SUPPORTS),
            4,
            (
                "The answer is written so that it can prove wrong.",
                "10 qualifying interviews agreed (E2 or better).",
                "10 qualifying interviews from 10 organisations; 10 of them telling "
                "it unprompted (E3 or better).",
                "Evidence against it was looked for and not found.",
                "10 organisations verified it lately (E4 or better).",
                "The question's own signal supports it.",
            ),
            (
                "A hypothesis about this question, registered beforehand, that came "
                "true on new customers.",
                "Somebody who paid, within 120 days (E6 or better).",
            ),
        ),
    ],
)
def test_assess_says_why_and_what_next(given_case, level, reasons, raise_by):
    found = assess(given_case)

    assert (found.level, found.reasons, found.raise_by) == (level, reasons, raise_by)


def test_assess_names_what_four_needs():
    found = assess(case(pieces(8), pieces(2, start=8, stance=AGAINST)))

    assert found.reasons[-1] == "Evidence against it is recorded."
    assert found.raise_by == (
        "5 more organisations verified by what they did (E4 or better), "
        "within 120 days.",
        "1 more organisation in a row telling it unprompted (E3 or better).",
        "Answer 2 pieces of evidence against it (E3 or better).",
    )
    assert found.lowered_by == (
        "2 pieces of evidence unanswered against it (E3): at most 3 counts.",
    )


def test_assess_names_a_pattern_too_thin():
    others = pieces(14, start=5, stance=NEITHER)
    found = assess(case(pieces(5), others, has_searched=True))

    assert found.raise_by == (
        "Too small a share: 1 more organisation telling it unprompted (E3 or better).",
    )


def test_assess_names_a_signal_and_a_challenge_in_the_way():
    found = assess(
        case(
            LEVEL_4,
            has_searched=True,
            signal=Verdict.CANNOT_SAY,
            challenged_on=days_before(20),
        )
    )

    assert found.raise_by == (
        "The question's own signal supports it: see the signals below.",
        "Answer the challenge that is open for 14 days or more, or lower the score.",
    )
    assert found.lowered_by == (
        "A challenge is open for 14 days or more: at most 3 counts.",
    )


def test_assess_speaks_of_people_where_customers_are_people():
    found = assess(case(LEVEL_3, has_searched=True, of_consumers=True))

    assert found.raise_by == (
        "10 more people verified by what they did (E4 or better), within 120 days.",
    )


@pytest.mark.parametrize("question", [9, 10, 11])
def test_assess_says_that_talks_do_not_answer_the_last_three(question):
    found = assess(case(pieces(3, make=number), number=question))

    assert found.reasons[-1] == (
        "Talks do not answer this one: numbers and documents are counted."
    )
    assert found.raise_by[:2] == (
        "7 more pieces of evidence (E3 or better).",
        "Evidence from 3 more sources.",
    )


def test_assess_lists_all_that_weakens():
    found = assess(
        case(
            pieces(1, grade=1),
            pieces(1, start=1, grade=0),
            pieces(1, start=2, qualifies=False),
            pieces(1, start=3, is_related=True),
            pieces(1, start=4, days_ago=200),
            pieces(2, start=5, is_prompted=True),
        )
    )

    assert found.lowered_by == ()
    assert found.left_out == (
        "1 piece of evidence from talks that do not qualify: counts 0.",
        "1 piece of evidence from related parties: counts 0.",
        "1 compliment or promise (E1): counts 0.",
        "1 opinion of our own (E0): counts 0.",
        "2 accounts we prompted: counts as agreement (E2).",
        "1 piece of evidence older than 120 days: counts nothing towards 4 and 5.",
    )


def test_a_cap_holds_only_where_the_ladder_reaches_it():
    """Below three it waits: something else is lacking first."""
    against = pieces(2, start=8, stance=AGAINST)
    low = assess(case(pieces(3), against, challenged_on=days_before(20)))
    high = assess(case(pieces(8), against, challenged_on=days_before(20)))
    challenged = "A challenge is open for 14 days or more"
    unanswered = "2 pieces of evidence unanswered against it (E3)"

    assert (low.level, low.lowered_by) == (2, ())
    assert low.left_out == (
        f"{challenged}: holds it at 3 once it gets there.",
        f"{unanswered}: holds it at 3 once it gets there.",
    )
    assert (high.level, high.left_out) == (3, ())
    assert high.lowered_by == (
        f"{challenged}: at most 3 counts.",
        f"{unanswered}: at most 3 counts.",
    )


def test_age_holds_down_only_what_needs_it_fresh():
    old = pieces(10, days_ago=200)
    known = assess(case(old, has_searched=True))
    proven = assess(case(LEVEL_4, pieces(1, start=40, days_ago=200), has_searched=True))
    aged = "older than 120 days: counts nothing towards 4 and 5."

    assert (known.level, proven.level) == (3, 4)
    assert known.lowered_by == (f"10 pieces of evidence {aged}",)
    assert (proven.lowered_by, proven.left_out) == (
        (),
        (f"1 piece of evidence {aged}",),
    )


@pytest.mark.parametrize(
    ("supporting", "against", "is_outweighed"),
    [(0, 0, False), (1, 1, False), (0, 2, True), (1, 3, True), (3, 1, False)],
)
def test_assess_weighs_voices_against_each_other(supporting, against, is_outweighed):
    told = pieces(supporting)
    denied = pieces(against, start=supporting, stance=Stance.CONTRADICTS)

    assert assess(case(told, denied)).is_outweighed is is_outweighed


def test_assess_carries_the_share_behind_the_verdict():
    found = assess(case(pieces(9), pieces(1, start=9, stance=AGAINST)))

    assert (found.told, found.asked, found.verdict) == (9, 10, Verdict.SUPPORTS)
    assert round(found.signal.low, 3) == 0.596


@pytest.mark.parametrize(
    ("given_case", "share"),
    [
        (case(), ""),
        (
            case(pieces(9), pieces(1, start=9, stance=AGAINST)),
            "Lately 9 of 10 organisations telling it unprompted (E3 or better). Even "
            "counted cautiously that is half or more.",
        ),
        (
            case(pieces(4, grade=3, stance=AGAINST), of_consumers=True),
            "Lately 0 of 4 people telling it unprompted (E3 or better). Even counted "
            "hopefully that is less than half.",
        ),
        (
            case(pieces(4, grade=2), of_consumers=True),
            "Lately 4 people only agreed (E2).",
        ),
        (
            case(pieces(9), pieces(2, start=9, grade=2)),
            "Lately 9 of 9 organisations telling it unprompted (E3 or better). Even "
            "counted cautiously that is half or more. Left out: 2 organisations that "
            "only agreed (E2).",
        ),
        (
            case(pieces(1, make=number), number=9),
            "Lately 1 of 1 source at E3 or better. Too few or too close to say "
            "whether that is half or more.",
        ),
    ],
)
def test_assess_says_the_share_with_its_number(given_case, share):
    assert assess(given_case).share == share


def test_assess_on_a_later_day_counts_less():
    later = TODAY + timedelta(days=200)
    known = case(LEVEL_4, has_searched=True)
    aged = replace(known, today=later)

    assert (assess(known).level, assess(aged).level) == (4, 3)


def test_amount_has_one_and_many():
    assert amount(1, ("source", "sources")) == "1 source"
    assert amount(0, ("source", "sources")) == "0 sources"


@pytest.mark.parametrize(
    ("fields", "question", "expected"),
    [
        ({}, 1, ""),
        ({"is_prompted": True}, 1, "Prompted: counts as E2."),
        ({"is_related": True}, 1, "Counts 0: a related party."),
        ({"qualifies": False}, 1, "Counts 0: the talk does not qualify."),
        ({"qualifies": False, "is_sales": True}, 8, ""),
        ({"grade": 1}, 1, "Counts 0: praise, or talk about the future."),
        ({"grade": 0}, 1, "Counts 0: our own opinion."),
    ],
)
def test_why_not_says_what_is_wrong_with_a_piece(fields, question, expected):
    assert why_not(piece("x", **fields), question) == expected
