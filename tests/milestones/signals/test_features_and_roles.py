"""Questions 3 and 4."""

import pytest

from milestones.support import Verdict
from tests.factories import make_feature, make_need, make_problem
from tests.milestones.signals.cases import BEFORE, ask_needs, met, says, signal

KEY = "problem_coverage"


@pytest.mark.parametrize(
    ("problems", "features", "lacks"),
    [
        (0, 1, "Problems of this segment."),
        (1, 0, "Features, with the problems they claim to solve."),
    ],
)
def test_problems_without_features_are_not_compared(
    workspace, segment, problems, features, lacks
):
    for _ in range(problems):
        make_problem(segment)
    for _ in range(features):
        make_feature(workspace)

    found = signal(workspace, 3, KEY)

    assert (found.lacks, found.rows) == (lacks, ())


def test_a_claim_is_none_until_somebody_was_seen_to_be_helped(workspace, segment):
    problems = [make_problem(segment, name) for name in ("one", "two", "three")]
    board = make_feature(workspace, "Swap board", problems=problems)
    dropped = make_feature(workspace, "Old", problems=problems, stage="dropped")
    says(met(segment), feature=board, grade=3)
    says(met(segment), feature=dropped, grade=4)

    found = signal(workspace, 3, KEY)
    assert (found.verdict, found.is_instrument) == (Verdict.CANNOT_SAY, False)
    assert found.sentence == (
        "Features claim to solve 3 of 3 problems; of 0 it was seen in use. Coverage: 1.00 "
        "claimed, 0.00 verified, of 1; every problem weighs the same, since not all have "
        "needs with ratings."
    )
    assert found.lacks == "Quotes of grade E4 or better linked to features."

    says(met(segment), feature=board, grade=4)
    found = signal(workspace, 3, KEY)
    assert (found.verdict, found.is_instrument) == (Verdict.SUPPORTS, True)
    assert ("one", "–", "Swap board", "Swap board") in found.rows
    assert signal(workspace, 3, KEY, now=BEFORE).rows == ()


@pytest.mark.parametrize(
    ("answered", "of", "verdict"),
    [
        (1, 3, Verdict.CONTRADICTS),
        (2, 3, Verdict.CANNOT_SAY),
        (0, 2, Verdict.CANNOT_SAY),  # of two a share says nothing
    ],
)
def test_few_problems_claimed_contradict(workspace, segment, answered, of, verdict):
    problems = [make_problem(segment) for _ in range(of)]
    make_feature(workspace, problems=problems[:answered])

    assert signal(workspace, 3, KEY).verdict == verdict


def test_problems_weigh_what_their_needs_weigh(workspace, segment):
    problems = [make_problem(segment, name) for name in ("small", "large")]
    needs = [make_need(segment) for _ in range(3)]
    for need, problem in zip(needs, [*problems, problems[1]], strict=True):
        need.problems.add(problem)
    ask_needs(segment, needs, [[(1, 1), (5, 1), (1, 1)]] * 3 + [[(5, 1)] * 3])
    make_feature(workspace, "Swap board", problems=problems[1:])

    found = signal(workspace, 3, KEY)

    # 0.25 and 1: the most important need speaks for its problem
    assert found.sentence.endswith(
        "Weighed by importance: 0.80 claimed, 0.00 verified, of 1."
    )
    assert [row[1] for row in sorted(found.rows)] == ["10.0", "2.5"]


def test_an_orphan_feature_solves_nothing(workspace, segment):
    key = "orphan_features"
    assert signal(workspace, 3, key).lacks == "Features."

    make_feature(workspace, "Swap board", problems=[make_problem(segment)])
    assert signal(workspace, 3, key).verdict == Verdict.SUPPORTS

    dropped = make_problem(segment, status="dropped")
    make_feature(workspace, "Leaderboard", problems=[dropped])
    found = signal(workspace, 3, key)
    assert (found.verdict, found.rows) == (Verdict.CANNOT_SAY, (("Leaderboard",),))
    assert found.sentence == ("1 of 2 features solve no problem we have written down.")


def test_roles_are_counted_by_organisation(workspace, segment):
    key = "roles_met"
    met(segment)
    assert signal(workspace, 4, key).lacks == "What each person is in the purchase."
    assert signal(workspace, 4, key).is_instrument is False

    first = met(segment, roles=["user", "influencer"])
    met(segment, roles=["economic_buyer"], organisation=first.organisation)
    met(segment, roles=["saboteur"], alone=True)
    found = signal(workspace, 4, key)

    assert found.sentence == (
        "A median of 1.5 roles in 2 organisations; in 1 of them three or more. The 95 % "
        "interval is 9–91 %."
    )
    assert found.rows[0] == ("user", "1 of 2", "9–91 %")
    assert found.rows[-1] == ("saboteur", "0 of 2", "0–66 %")
    assert (found.verdict, found.is_instrument) == (Verdict.CANNOT_SAY, True)
    met_buyers = signal(workspace, 4, "economic_buyer_met")
    assert met_buyers.sentence.startswith("In 1 of 2 organisations we met who signs.")


def test_somebody_never_met_is_known_and_not_met(workspace, segment):
    person = met(segment)
    met(
        segment,
        roles=["economic_buyer"],
        organisation=person.organisation,
        talk={"qualifies": False},
    )

    assert signal(workspace, 4, "economic_buyer_met").sentence.startswith("In 0 of 1")
    assert signal(workspace, 2, "budget_owner_named").sentence.startswith("In 1 of 1")


def test_consumers_have_no_roles_to_meet(workspace, consumers):
    met(consumers, alone=True)

    found = signal(workspace, 4, "roles_met")

    assert (found.verdict, found.rows, found.lacks) == (Verdict.CANNOT_SAY, (), "")
