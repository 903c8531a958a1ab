"""Questions 5 and 7."""

from datetime import timedelta

import pytest

from milestones.support import Verdict
from tests.factories import NOW, make_need
from tests.milestones.rows import link, question, said
from tests.milestones.signals.cases import ask_feelings, ask_needs, signal

HIGH, LOW = (5, 1), (1, 1)


@pytest.fixture
def needs(segment):
    return [make_need(segment, name) for name in ("fast", "sure", "cheap")]


def test_without_ratings_it_lacks_a_survey(workspace, segment):
    assert (
        signal(workspace, 5, "opportunity").lacks == "A survey of needs with answers."
    )
    assert (
        signal(workspace, 5, "rank_stability").lacks == "30 more people, to reach 30."
    )


def test_below_thirty_people_only_the_order_is_shown(workspace, segment, needs):
    ask_needs(segment, needs, [[LOW, HIGH, LOW], [HIGH, HIGH, LOW]])

    found = signal(workspace, 5, "opportunity")

    assert found.sentence == (
        "2 people rated; first comes “sure”. Of fewer than 30 people only the order is "
        "shown."
    )
    assert found.rows == (
        ("sure", "1", "2 of 2", "0 of 2", "–", "–"),
        ("fast", "2", "1 of 2", "0 of 2", "–", "–"),
        ("cheap", "3", "0 of 2", "0 of 2", "–", "–"),
    )
    assert found.lacks == "28 more people, to reach 30."


def test_thirty_people_give_scores_and_an_order_to_rely_on(workspace, segment, needs):
    rows = [[HIGH, HIGH if n % 2 else LOW, LOW] for n in range(30)]
    ask_needs(segment, needs, rows)

    ranked = signal(workspace, 5, "opportunity")
    stable = signal(workspace, 5, "rank_stability")

    assert [row[4:] for row in ranked.rows] == [
        ("20.0", "extreme"),
        ("10.0", "worth a look"),
        ("0.0", "served, or unimportant"),
    ]
    assert (ranked.verdict, ranked.lacks) == (Verdict.CANNOT_SAY, "")
    assert (stable.verdict, stable.is_instrument) == (Verdict.SUPPORTS, True)
    assert stable.sentence == (
        "Between the first and the second half of 30 people τ is 1.00; from 0.6 on the "
        "order is stable."
    )


@pytest.mark.parametrize(
    ("people", "late", "verdict"),
    [
        (30, [LOW, HIGH, HIGH], Verdict.CONTRADICTS),
        (29, [LOW, HIGH, HIGH], Verdict.CANNOT_SAY),
        (30, [HIGH, LOW, HIGH], Verdict.CANNOT_SAY),
    ],
)
def test_halves_that_disagree(workspace, segment, needs, people, late, verdict):
    early = [HIGH, LOW, LOW]
    half = people // 2
    ask_needs(segment, needs, [early] * half + [late] * (people - half))

    assert signal(workspace, 5, "rank_stability").verdict == verdict


def test_needs_that_all_rate_alike_have_no_order(workspace, segment, needs):
    ask_needs(segment, needs, [[HIGH, HIGH, HIGH]] * 30)

    found = signal(workspace, 5, "rank_stability")

    assert found.lacks == "Needs that people rate differently."


@pytest.mark.parametrize(
    ("very", "of", "verdict", "is_instrument"),
    [
        (12, 30, Verdict.CANNOT_SAY, True),
        (18, 30, Verdict.SUPPORTS, True),
        (5, 30, Verdict.CONTRADICTS, True),
        (29, 29, Verdict.CANNOT_SAY, False),
    ],
)
def test_the_must_have_share_speaks_from_thirty_users_on(
    workspace, segment, very, of, verdict, is_instrument
):
    ask_feelings(segment, *["very"] * very, *["somewhat"] * (of - very))

    found = signal(workspace, 7, "must_have")

    assert (found.verdict, found.is_instrument) == (verdict, is_instrument)


def test_answers_of_people_who_hardly_use_it_are_left_out(workspace, segment):
    survey = ask_feelings(segment, "very", uses=1)
    found = signal(workspace, 7, "must_have")
    assert found.rows == ()
    assert found.sentence.endswith("1 of 1 answers do not count: too few uses.")

    ask_feelings(segment, "very", "not", "gone", created_at=NOW + timedelta(minutes=-1))
    survey.created_at = NOW - timedelta(days=1)
    survey.save(update_fields=["created_at"])
    found = signal(workspace, 7, "must_have")
    assert found.sentence == (
        "1 of 2 people who use it would be very disappointed without it. The 95 % interval "
        "is 9–91 %. Wanted are 40 % on its lower bound, of 30 people at least. 1 of 3 "
        "answers do not count: too few uses. 1 earlier survey is not mixed in."
    )
    assert [n for _feeling, n in found.rows] == ["1 of 2", "0 of 2", "1 of 2"]
    assert found.lacks == "28 more answers that count, to reach 30."


def test_nobody_asked_is_no_failure(workspace, segment):
    found = signal(workspace, 7, "must_have")

    assert (found.verdict, found.figure) == (Verdict.CANNOT_SAY, None)
    assert found.lacks == "Answers of people who used it twice within 14 days."


def test_five_who_paid_again_support(workspace, segment, founder):
    row = question(workspace, 7)
    assert signal(workspace, 7, "paid_again").lacks != ""
    for _ in range(4):
        link(row, said(workspace, segment), by=founder, grade=7)
    link(row, said(workspace, segment), by=founder, grade=6)
    found = signal(workspace, 7, "paid_again")
    assert (found.verdict, found.lacks) == (Verdict.CANNOT_SAY, "")
    assert found.sentence == (
        "5 organisations paid; 4 of them paid again. Wanted are five who did."
    )

    link(row, said(workspace, segment), by=founder, grade=7)
    assert signal(workspace, 7, "paid_again").verdict == Verdict.SUPPORTS
