from datetime import date, timedelta

import pytest

from milestones.standing import Claim, Status, stand
from milestones.support import Verdict

TODAY = date(2026, 11, 23)


def claim(author, value, *, days_ago=1):
    return Claim(author, value, TODAY - timedelta(days=days_ago))


def standing(*claims, supported=2, verdict=Verdict.CANNOT_SAY, is_outweighed=False):
    return stand(
        claims,
        supported=supported,
        verdict=verdict,
        is_outweighed=is_outweighed,
        today=TODAY,
    )


@pytest.mark.parametrize(
    ("values", "supported", "claimed", "effective", "gap", "spread"),
    [
        ((), 2, None, 0, 0, 0),  # supported, but nobody claims it
        ((3,), 2, 3, 2, 1, 0),
        ((1,), 2, 1, 1, 0, 0),  # the founder is more careful than the evidence
        ((5, 3), 1, 3, 1, 2, 2),  # the lowest claim is the venture's
        ((3, 5), 5, 3, 3, 0, 2),
        ((0,), 4, 0, 0, 0, 0),
    ],
)
def test_what_counts_is_the_lower(values, supported, claimed, effective, gap, spread):
    claims = [claim(f"founder {i}", value) for i, value in enumerate(values)]

    found = standing(*claims, supported=supported)

    assert (found.claimed, found.effective, found.gap, found.spread) == (
        claimed,
        effective,
        gap,
        spread,
    )


@pytest.mark.parametrize(
    ("claims", "facts", "status"),
    [
        ((), {}, Status.NOT_ANSWERED),
        ((), {"is_outweighed": True}, Status.NOT_ANSWERED),
        ((claim("ana", 2),), {}, Status.SUPPORTED),
        ((claim("ana", 3),), {}, Status.CLAIM_AHEAD),
        ((claim("ana", 2, days_ago=45),), {}, Status.SUPPORTED),
        ((claim("ana", 2, days_ago=46),), {}, Status.STALE),
        ((claim("ana", 4, days_ago=46),), {}, Status.STALE),
        ((claim("ana", 2),), {"verdict": Verdict.CONTRADICTS}, Status.CONTRADICTED),
        ((claim("ana", 2),), {"is_outweighed": True}, Status.CONTRADICTED),
        ((claim("ana", 2, days_ago=99),), {"is_outweighed": True}, Status.CONTRADICTED),
        # who claims nothing cannot be contradicted
        ((claim("ana", 0),), {"is_outweighed": True}, Status.SUPPORTED),
    ],
)
def test_status_words(claims, facts, status):
    assert standing(*claims, **facts).status == status


@pytest.mark.parametrize(
    ("claims", "is_stale", "for_gates"),
    [
        ((claim("ana", 2),), False, 2),
        ((claim("ana", 2, days_ago=46),), True, 1),
        ((claim("ana", 0, days_ago=46),), True, 0),
        # the claim that counts is the lowest; it is the one that must be fresh
        ((claim("ana", 4), claim("ben", 2, days_ago=46)), True, 1),
        ((claim("ana", 2), claim("ben", 2, days_ago=46)), False, 2),
        ((), False, 0),
    ],
)
def test_stale_claims_weigh_one_less_at_gates(claims, is_stale, for_gates):
    found = standing(*claims)

    assert (found.is_stale, found.for_gates) == (is_stale, for_gates)


def test_every_status_has_its_sentence():
    sentences = {
        standing().sentence,
        standing(claim("ana", 2)).sentence,
        standing(claim("ana", 4)).sentence,
        standing(claim("ana", 4, days_ago=60)).sentence,
        standing(claim("ana", 4), is_outweighed=True).sentence,
    }

    assert sentences == {
        "Nobody has scored it. Evidence supports 2.",
        "Claimed 2, and evidence supports 2.",
        "Claimed 4, but evidence supports only 2.",
        "Claimed 4, more than 45 days ago: score it again.",
        "Claimed 4, but the evidence speaks against it.",
    }


def test_claims_are_shown_highest_first():
    found = standing(claim("ben", 3), claim("ana", 5), claim("cleo", 3))

    assert [c.author for c in found.claims] == ["ana", "ben", "cleo"]
