"""Questions 6 and 8."""

import pytest

from milestones.support import Verdict
from tests.factories import make_organisation
from tests.milestones.rows import link, question, said
from tests.milestones.signals.cases import BEFORE, LATER, met, says, signal

KEY = "early_customer_ladder"


def climb(person, rungs):
    for rung in range(1, rungs + 1):
        quote = says(person, rung=rung, grade=4).quote
        quote.text = f"Rung {rung}"
        quote.save(update_fields=["text"])


def test_without_a_talk_nobody_stands_on_the_ladder(workspace, segment):
    for key in (KEY, "sourced_cold"):
        assert signal(workspace, 6, key).lacks == "Talks that qualify."


def test_a_rung_is_reached_when_every_one_below_is(workspace, segment):
    climb(met(segment), 5)
    climb(met(segment), 2)
    skipping = met(segment)
    says(skipping, rung=5, grade=4)
    says(skipping, rung=4, grade=3)  # seen by nobody: too weak for rung 4

    found = signal(workspace, 6, KEY)

    assert found.sentence == "1 meets all five, of 3 organisations we talked to."
    assert [row[1:4] for row in found.rows] == [
        ("2 of 3", "2", "1"),
        ("2 of 3", "2", "0"),
        ("1 of 3", "1", "1"),
        ("1 of 3", "1", "0"),
        ("2 of 3", "1", "0"),
    ]
    assert (found.verdict, found.lacks) == (Verdict.CANNOT_SAY, "")
    assert signal(workspace, 6, KEY, now=BEFORE).rows == ()


def test_colleagues_climb_together_and_friends_do_not_count(workspace, segment):
    first = met(segment)
    climb(first, 3)
    second = met(segment, organisation=first.organisation)
    for rung in (4, 5):
        says(second, rung=rung, grade=4)
    climb(met(segment, is_related_party=True), 5)
    kin = make_organisation(workspace, is_related_party=True)
    climb(met(segment, organisation=kin), 5)
    climb(met(segment, talk={"qualifies": False}), 5)

    assert signal(workspace, 6, KEY).rows[-1][1:3] == ("1 of 3", "1")


@pytest.mark.parametrize(
    ("full", "others", "verdict"),
    [
        (0, 9, Verdict.CANNOT_SAY),
        (0, 10, Verdict.CONTRADICTS),
        (1, 10, Verdict.CANNOT_SAY),
        (3, 10, Verdict.SUPPORTS),
    ],
)
def test_three_who_meet_all_five_support(workspace, segment, full, others, verdict):
    for _ in range(full):
        climb(met(segment), 5)
    for _ in range(others):
        met(segment)

    found = signal(workspace, 6, KEY)

    assert found.verdict == verdict
    assert found.sentence.startswith("Nobody meets all five") is (not full)


def test_commitments_of_three_one_with_money(workspace, segment, founder):
    row = question(workspace, 6)
    key = "commitments"
    assert signal(workspace, 6, key).is_instrument is False

    for grade in (5, 5, 5, 4):
        link(row, said(workspace, segment), by=founder, grade=grade)
    link(row, said(workspace, segment), by=founder, grade=6, stance="contradicts")
    found = signal(workspace, 6, key)
    assert (found.verdict, found.is_instrument) == (Verdict.CANNOT_SAY, True)
    assert [n for _grade, n in found.rows] == ["3", "0", "0"]

    paid = link(row, said(workspace, segment), by=founder, grade=6)
    found = signal(workspace, 6, key)
    assert found.verdict == Verdict.SUPPORTS
    assert found.sentence.startswith(
        "4 organisations committed time, reputation or money; 1 of them money."
    )
    assert signal(workspace, 6, key, now=BEFORE).rows[0][1] == "0"
    paid.withdrawn_at = LATER
    paid.save(update_fields=["withdrawn_at"])
    assert signal(workspace, 6, key, now=LATER).verdict == Verdict.CANNOT_SAY


def test_of_consumers_each_person_counts(workspace, consumers, founder):
    for _ in range(2):
        link(question(workspace, 6), said(workspace, consumers), by=founder, grade=5)

    found = signal(workspace, 6, "commitments")

    assert found.sentence.startswith("2 people committed")


def test_half_met_cold_on_the_cautious_bound(workspace, segment):
    for _ in range(4):
        met(segment, source="cold")
    assert signal(workspace, 6, "sourced_cold").verdict == Verdict.SUPPORTS

    for _ in range(30):
        met(segment, source="friend")
    found = signal(workspace, 6, "sourced_cold")
    assert found.verdict == Verdict.CANNOT_SAY
    assert found.rows[0] == ("cold", "4 of 34")
    assert found.rows[-1] == ("friend", "30 of 34")


def test_talks_that_a_road_map_is_drawn_from_are_counted(workspace, segment, founder):
    selling = {"kind": "sales", "qualifies": False}
    person = met(segment, talk=selling)
    met(segment, organisation=person.organisation, talk=selling)
    met(segment, talk={"kind": "win_loss"})
    link(question(workspace, 8), said(workspace, segment), by=founder, grade=6)

    found = signal(workspace, 8, "sales_talks")

    assert found.sentence == (
        "2 sales talks and 1 about a win or a loss were held; 1 organisation put down "
        "money."
    )
    assert found.rows == (("sales", "2", "1", "2"), ("win or loss", "1", "1", "1"))
    assert found.verdict == Verdict.CANNOT_SAY
