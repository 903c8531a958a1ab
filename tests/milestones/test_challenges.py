"""Asked, answered, taken back, closed by a lower score; and spreads. Founders stay blind."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from core.models import ActivityEntry
from milestones.actions import (
    answer_challenge,
    note_spread,
    open_challenge,
    settle_challenges,
    withdraw_challenge,
)
from milestones.conflicts import OutdatedError
from milestones.models import Challenge
from milestones.reports.challenges import (
    challenge_as_known,
    challenge_rows,
    challenges_of,
    shown,
)
from milestones.reports.loading import load_question
from milestones.scope import scope_of
from tests.factories import NOW, TODAY
from tests.milestones.rows import open_market, question, score, talks

TEXT = "Which five clinics showed you what they do instead?"
REPLY = "Five of them sent their rota sheets; they are linked since Monday."
HOUR = timedelta(hours=1)


@pytest.fixture
def asked(workspace, owner, founder):
    """Question 1, with evidence; both founders score."""
    open_market(workspace, owner)
    row = question(workspace)
    talks(row, 1, by=owner, now=NOW - timedelta(days=60))
    return row


def claims(row, value, other, *, owner, founder, at=NOW - timedelta(days=30)):
    return score(row, value, by=owner, now=at), score(row, other, by=founder, now=at)


def facts_of(row, now=NOW):
    return load_question(scope_of(row.workspace), row.number, now)


def known_to(row, user, now=NOW):
    found = challenges_of(row.workspace, [row.pk], viewer=str(user.pk), now=now)
    return found[row.pk]


def refusal(action, *args, **fields):
    with pytest.raises(ValidationError) as caught:
        action(*args, **fields)
    error = caught.value
    if hasattr(error, "error_dict"):
        return {
            name: [one.code for one in them] for name, them in error.error_dict.items()
        }
    return error.code


def verbs(workspace):
    rows = ActivityEntry.objects.in_workspace(workspace).filter(
        verb__startswith="challenge."
    )
    return list(rows.order_by("at", "verb").values_list("verb", flat=True))


# --- asking ------------------------------------------------------------------------
def test_it_remembers_the_lowest_claim(asked, owner, founder, advisor):
    claims(asked, 4, 3, owner=owner, founder=founder)

    challenge = open_challenge(asked, by=advisor, text=f" {TEXT} ", now=NOW)

    assert (challenge.claimed, challenge.text, challenge.kind) == (3, TEXT, "evidence")
    assert verbs(asked.workspace) == ["challenge.opened"]


def test_what_is_refused(asked, owner, founder, advisor, member):
    refused = [refusal(open_challenge, asked, by=advisor, text=TEXT, now=NOW)]
    claims(asked, 4, 4, owner=owner, founder=founder)
    open_challenge(asked, by=advisor, text=TEXT, now=NOW)
    refused += [
        refusal(open_challenge, asked, by=advisor, text=TEXT, now=NOW),
        refusal(open_challenge, asked, by=member, text="Why?", now=NOW),
    ]

    assert refused == ["no_claim", "asked_before", {"text": ["too_short"]}]
    assert open_challenge(asked, by=member, text=TEXT, now=NOW).by == member


# --- ending ------------------------------------------------------------------------
def test_an_answer_closes_it(asked, owner, founder, advisor):
    claims(asked, 4, 4, owner=owner, founder=founder)
    challenge = open_challenge(asked, by=advisor, text=TEXT, now=NOW)

    short = refusal(answer_challenge, challenge, by=owner, answer="Soon.", now=NOW)
    answer_challenge(challenge, by=owner, answer=REPLY, now=NOW + HOUR)
    with pytest.raises(OutdatedError) as caught:
        answer_challenge(challenge, by=founder, answer=REPLY, now=NOW + HOUR)

    challenge.refresh_from_db()
    assert short == {"answer": ["too_short"]}
    assert (challenge.outcome, challenge.answer) == ("answered", REPLY)
    assert (challenge.closed_by, challenge.closed_at) == (owner, NOW + HOUR)
    assert caught.value.latest == challenge


def test_only_who_asked_takes_it_back(asked, owner, founder, advisor, member):
    claims(asked, 4, 4, owner=owner, founder=founder)
    challenge = open_challenge(asked, by=advisor, text=TEXT, now=NOW)

    codes = [refusal(withdraw_challenge, challenge, by=member, now=NOW)]
    withdraw_challenge(challenge, by=advisor, now=NOW)
    codes.append(refusal(withdraw_challenge, challenge, by=advisor, now=NOW))

    assert codes == ["not_yours", "closed"]
    assert verbs(asked.workspace) == ["challenge.opened", "challenge.withdrawn"]


@pytest.mark.parametrize(("lowest", "outcome"), [(4, ""), (3, "lowered")])
def test_a_lower_score_closes_it(asked, owner, founder, advisor, lowest, outcome):
    first, second = claims(asked, 4, 4, owner=owner, founder=founder)
    challenge = open_challenge(asked, by=advisor, text=TEXT, now=NOW - HOUR)
    score(asked, 4, by=owner, follows=first.pk)
    score(asked, lowest, by=founder, follows=second.pk)

    settle_challenges(asked, facts_of(asked), now=NOW)

    challenge.refresh_from_db()
    assert challenge.outcome == outcome


def test_nothing_is_settled_before_everybody_has_scored(asked, owner, founder, advisor):
    first, _ = claims(asked, 4, 4, owner=owner, founder=founder)
    open_challenge(asked, by=advisor, text=TEXT, now=NOW - HOUR)
    score(asked, 1, by=owner, follows=first.pk)

    settle_challenges(asked, facts_of(asked), now=NOW)
    early = list(Challenge.objects.values_list("kind", "outcome"))
    later = NOW + timedelta(days=7)
    settle_challenges(asked, facts_of(asked, later), now=later)

    assert early == [("evidence", "")]
    assert sorted(Challenge.objects.values_list("kind", "outcome")) == [
        ("evidence", "lowered"),
        ("spread", ""),
    ]


def test_settling_without_a_claim_does_nothing(asked):
    settle_challenges(asked, facts_of(asked), now=NOW)

    assert not Challenge.objects.exists()


# --- founders far apart ------------------------------------------------------------
def test_a_spread_opens_once_and_closes_when_they_come_closer(asked, owner, founder):
    first, second = claims(asked, 4, 2, owner=owner, founder=founder)
    one = note_spread(asked, facts_of(asked), now=NOW - HOUR)
    again = note_spread(asked, facts_of(asked), now=NOW - HOUR)
    score(asked, 3, by=owner, follows=first.pk)
    score(asked, 2, by=founder, follows=second.pk)

    gone = note_spread(asked, facts_of(asked), now=NOW)

    one.refresh_from_db()
    assert (again, gone, one.outcome, one.by) == (one, None, "agreed", None)
    assert verbs(asked.workspace) == ["challenge.spread", "challenge.agreed"]


def test_a_spread_talked_over_opens_again_only_after_a_new_claim(asked, owner, founder):
    first, second = claims(asked, 4, 2, owner=owner, founder=founder)
    spread = note_spread(asked, facts_of(asked), now=NOW - 2 * HOUR)
    answer_challenge(spread, by=owner, answer=REPLY, now=NOW - HOUR)

    quiet = note_spread(asked, facts_of(asked), now=NOW)
    score(asked, 4, by=owner, follows=first.pk)
    score(asked, 2, by=founder, follows=second.pk)
    reopened = note_spread(asked, facts_of(asked), now=NOW)

    assert quiet is None
    assert reopened not in (None, spread)


# --- read --------------------------------------------------------------------------
def test_what_a_reader_is_told(asked, owner, founder, advisor):
    claims(asked, 4, 3, owner=owner, founder=founder)
    open_challenge(asked, by=advisor, text=TEXT, now=NOW - timedelta(days=9))

    [one] = known_to(asked, advisor).open

    assert (one.days, one.caps_on, one.is_capping) == (9, TODAY + timedelta(5), False)
    assert (one.by_name, one.claimed, one.is_own, one.ending) == (
        "Ada Advisor",
        3,
        True,
        "",
    )
    later = known_to(asked, owner, NOW + timedelta(days=5))
    assert (later.is_capping, later.own, later.spread) == (True, None, None)


def test_a_spread_never_caps(asked, owner, founder):
    claims(asked, 4, 2, owner=owner, founder=founder)
    note_spread(asked, facts_of(asked), now=NOW - timedelta(days=20))

    asking = known_to(asked, owner)

    assert (asking.spread.caps_on, asking.is_capping) == (None, False)
    assert asking.spread.by_name == "Fieldproof"


def test_who_owes_a_score_sees_it_as_the_round_began(
    asked, owner, founder, advisor, member
):
    """Neither what was asked since, nor how it ended, nor a talk, nor a number."""
    first, _ = claims(asked, 5, 3, owner=owner, founder=founder)
    note_spread(asked, facts_of(asked), now=NOW - timedelta(days=20))
    old = open_challenge(asked, by=advisor, text=TEXT, now=NOW - timedelta(days=19))
    score(asked, 1, by=owner, follows=first.pk, now=NOW - HOUR)
    new = open_challenge(asked, by=member, text=f"And one? {TEXT}", now=NOW)
    answer_challenge(old, by=owner, answer=REPLY, now=NOW)

    blind, seeing = known_to(asked, founder), known_to(asked, owner)

    [one] = blind.open
    assert (one.key, one.claimed, one.answer, blind.closed) == (old.pk, None, "", ())
    assert {row.key for row in seeing.open} >= {new.pk}
    assert [row.key for row in seeing.closed] == [old.pk]
    viewer = {"viewer": str(founder.pk), "now": NOW}
    assert challenge_as_known(asked.workspace, new.pk, **viewer) is None
    for state, keys in [("answered", []), ("open", [old.pk]), ("", [old.pk])]:
        rows, _owed = challenge_rows(asked.workspace, state=state, **viewer)
        assert [row.pk for row in rows] == keys


def test_who_owes_a_score_neither_asks_nor_answers(asked, owner, founder, advisor):
    first, _ = claims(asked, 4, 4, owner=owner, founder=founder)
    old = open_challenge(asked, by=advisor, text=TEXT, now=NOW - 2 * HOUR)
    own = open_challenge(asked, by=founder, text=TEXT, now=NOW - 2 * HOUR)
    score(asked, 1, by=owner, follows=first.pk, now=NOW - HOUR)

    codes = [
        refusal(open_challenge, asked, by=founder, text=TEXT, now=NOW),
        refusal(answer_challenge, old, by=founder, answer=REPLY, now=NOW),
        refusal(withdraw_challenge, own, by=founder, now=NOW),
    ]

    assert codes == ["owes_score"] * 3


def test_the_list_has_open_ones_first_the_oldest_on_top(
    asked, owner, founder, advisor, member
):
    claims(asked, 4, 4, owner=owner, founder=founder)
    days = [timedelta(days=n) for n in range(9)]
    closed = [
        open_challenge(asked, by=advisor, text=TEXT, now=NOW - days[8]),
        open_challenge(asked, by=member, text=TEXT, now=NOW - days[7]),
    ]
    for n, one in enumerate(closed):
        withdraw_challenge(one, by=one.by, now=NOW - days[6 - n])
    newer = open_challenge(asked, by=advisor, text=TEXT, now=NOW - days[1])
    older = open_challenge(asked, by=member, text=TEXT, now=NOW - days[2])

    viewer = str(advisor.pk)
    rows, owed = challenge_rows(asked.workspace, viewer=viewer, now=NOW)
    none, _ = challenge_rows(asked.workspace, viewer=viewer, now=NOW, number=2)

    assert [row.pk for row in rows] == [older.pk, newer.pk, closed[1].pk, closed[0].pk]
    assert (owed, list(none)) == ({}, [])
    assert [one.is_open for one in shown(rows, asked.workspace, owed, viewer, NOW)] == [
        True,
        True,
        False,
        False,
    ]
