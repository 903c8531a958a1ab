"""What was known when: links, answers and scores between their moments."""

from datetime import UTC, date, datetime, timedelta

import pytest

from milestones.facts import Facts, Link, Scored, Written, last_words
from milestones.standing import Claim, Status
from milestones.support import Piece, Stance

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)
SCORERS = {"ana": "Ana Ode", "ben": "Ben Ito"}


def link(name, *, since=10, until=None, answered=None, **fields):
    """A link made, ended and answered so many days ago."""
    known = {"stance": Stance.SUPPORTS, "grade": 3, "on": TODAY - 20 * DAY}
    return Link(
        number=1,
        piece=Piece(
            key=name, talk=name, person=name, organisation=name, **known | fields
        ),
        linked_at=NOW - since * DAY,
        ends_at=None if until is None else NOW - until * DAY,
        answered_at=None if answered is None else NOW - answered * DAY,
    )


def written(key, *, days_ago, follows=None, looked=""):
    return Written(key, 1, f"Answer {key}", looked, NOW - days_ago * DAY, follows)


def scored(key, author, value, *, days_ago, follows=None, number=1):
    at = NOW - days_ago * DAY
    return Scored(key, 1, author, value, 0, number, at, at.date(), follows)


def facts(*, links=(), answers=(), scores=(), scorers=SCORERS):
    return Facts(1, tuple(links), tuple(answers), tuple(scores), scorers)


@pytest.mark.parametrize(
    ("days_ago", "keys"),
    [
        (11, set()),
        (10, {"kept", "ended"}),
        (6, {"kept", "ended"}),
        (5, {"kept"}),  # the moment it is withdrawn it no longer stands
        (0, {"kept"}),
    ],
)
def test_links_stand_between_their_moments(days_ago, keys):
    known = facts(links=[link("kept"), link("ended", until=5)])

    standing = known.links_at(NOW - days_ago * DAY)

    assert {found.piece.key for found in standing} == keys


def test_counts_are_those_of_the_moment():
    against = link("against", since=2, stance=Stance.CONTRADICTS, on=TODAY - 3 * DAY)
    known = facts(links=[link("for"), against])

    found = [
        (known.count(Stance.CONTRADICTS, moment), known.newest(moment))
        for moment in (NOW - 11 * DAY, NOW - 5 * DAY, NOW)
    ]

    assert found == [(0, None), (0, TODAY - 20 * DAY), (1, TODAY - 3 * DAY)]


def test_a_contradiction_caps_until_it_was_answered():
    known = facts(links=[link("x", stance=Stance.CONTRADICTS, answered=3)])

    before = known.support(NOW - 4 * DAY, TODAY)
    after = known.support(NOW, TODAY)

    assert (before.unanswered, after.unanswered) == (1, 0)


@pytest.mark.parametrize(
    ("days_ago", "key"), [(10, None), (9, "first"), (4, "second"), (0, "second")]
)
def test_answer_is_the_latest_word_of_the_moment(days_ago, key):
    first = written("first", days_ago=9)
    second = written("second", days_ago=4, follows="first")

    found = facts(answers=[first, second]).answer(NOW - days_ago * DAY)

    assert (found.key if found else None) == key


@pytest.mark.parametrize(("looked", "level"), [("", 2), ("  ", 2), ("Asked ten.", 3)])
def test_support_needs_a_look_at_the_other_side(looked, level):
    known = facts(
        links=[link(str(n)) for n in range(10)],
        answers=[written("a", days_ago=1, looked=looked)],
    )

    assert known.support(NOW, TODAY).level == level


def test_claims_are_the_latest_of_those_who_still_score():
    known = facts(
        scores=[
            scored("a1", "ana", 2, days_ago=9),
            scored("a2", "ana", 4, days_ago=2, follows="a1"),
            scored("gone", "somebody who left", 0, days_ago=5),
        ]
    )

    then, now = known.claims(NOW - 5 * DAY), known.claims(NOW)

    assert then == (Claim("Ana Ode", 2, date(2026, 11, 14)),)
    assert now == (Claim("Ana Ode", 4, date(2026, 11, 21)),)


def test_two_words_at_one_moment_are_told_apart_by_what_they_follow():
    rows = [scored("b", "ana", 1, days_ago=1, follows="a")]
    rows.append(scored("a", "ana", 3, days_ago=1))

    assert [row.key for row in last_words(rows, NOW)] == ["b"]


def test_seen_by_leaves_out_the_open_round():
    known = facts(
        scores=[
            scored("b1", "ben", 1, days_ago=20),
            scored("a1", "ana", 1, days_ago=19),
            scored("b2", "ben", 5, days_ago=1, follows="b1", number=2),
        ]
    )

    by_ana, by_ben = known.seen_by("ana", NOW), known.seen_by("ben", NOW)

    assert [claim.value for claim in by_ana.claims(NOW)] == [1, 1]
    assert sorted(claim.value for claim in by_ben.claims(NOW)) == [1, 5]
    assert known.open_round(NOW).number == 2


def test_standing_joins_claim_and_support():
    known = facts(
        answers=[written("a", days_ago=1)],
        scores=[scored("a1", "ana", 3, days_ago=1)],
    )
    support = known.support(NOW, TODAY)

    standing = known.standing(NOW, TODAY, support)

    assert (standing.claimed, standing.supported, standing.status) == (
        3,
        1,
        Status.CLAIM_AHEAD,
    )
