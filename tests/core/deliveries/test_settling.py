"""What becomes of a delivery: every verdict, at every count."""

from datetime import UTC, datetime, timedelta

import pytest

from core.deliveries.settling import STEPS, Settlement, Tried, broken, jittered, settled
from core.models import Delivery
from core.transport import Verdict

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
FRESH = Tried("key", attempts=1, deferrals=0, is_ambiguous=False)
AMBIGUOUS = Tried("key", attempts=2, deferrals=0, is_ambiguous=True)


def minutes(*numbers):
    return [timedelta(minutes=number) for number in numbers]


@pytest.mark.parametrize(
    ("verdict", "tried", "settlement"),
    [
        ("accepted", FRESH, Settlement("sent", "why")),
        ("accepted", AMBIGUOUS, Settlement("sent", "why", is_ambiguous=True)),
        ("bounced", FRESH, Settlement("bounced", "why")),
        ("rejected", FRESH, Settlement("failed", "why")),
        (
            "lost",
            FRESH,
            Settlement(
                "retry",
                "why",
                not_before=NOW + timedelta(minutes=10),
                is_ambiguous=True,
            ),
        ),
        ("lost", AMBIGUOUS, Settlement("unknown", "why", is_ambiguous=True)),
    ],
)
def test_settled(verdict, tried, settlement):
    assert settled(tried, verdict, "why", NOW) == settlement


@pytest.mark.parametrize(
    ("verdict", "pause"),
    [
        ("deferred", None),
        ("unavailable", timedelta(minutes=1)),
        ("misconfigured", timedelta(minutes=15)),
    ],
)
def test_settled_later_and_the_others_meanwhile(verdict, pause):
    settlement = settled(FRESH, verdict, "why", NOW)

    assert settlement == Settlement(
        "retry",
        "why",
        not_before=NOW + jittered(timedelta(minutes=1), "key", 1),
        deferrals=1,
        pause=pause,
    )


def test_deferrals_wait_longer_each_time_and_end_after_seven():
    waits, states = [], []
    for deferrals in range(8):
        tried = Tried("key", deferrals + 1, deferrals, is_ambiguous=False)
        settlement = settled(tried, "deferred", "450", NOW)
        states.append(settlement.state)
        if settlement.not_before:
            waits.append(settlement.not_before - NOW)

    assert states == ["retry"] * 7 + ["failed"]
    for wait, shortest in zip(
        waits, minutes(1, 5, 15, 60, 240, 720, 1440), strict=True
    ):
        assert shortest <= wait <= shortest * 1.2


def test_deferral_keeps_what_may_have_arrived():
    settlement = settled(AMBIGUOUS, "deferred", "450", NOW)

    assert settlement.is_ambiguous


def test_jitter_spreads_rows_that_failed_together():
    waits = {jittered(STEPS[0], f"key {n}", 1) for n in range(100)}

    assert len(waits) > 90
    assert all(STEPS[0] <= wait <= STEPS[0] * 1.2 for wait in waits)


@pytest.mark.parametrize(
    ("attempts", "deferrals", "state", "shortest"),
    [
        (1, 0, "retry", timedelta(minutes=1)),
        (2, 0, "retry", timedelta(minutes=5)),
        (4, 0, "retry", timedelta(minutes=60)),
        (5, 0, "failed", None),
        (7, 3, "retry", timedelta(minutes=60)),
        (8, 3, "failed", None),
    ],
)
def test_broken(attempts, deferrals, state, shortest):
    settlement = broken(Tried("key", attempts, deferrals, False), "why", NOW)  # noqa: FBT003  a row of the table

    assert (settlement.state, settlement.deferrals) == (state, deferrals)
    if shortest:
        assert shortest <= settlement.not_before - NOW <= shortest * 1.2
    else:
        assert settlement.not_before is None


def test_every_verdict_is_settled_to_a_state_of_the_ledger():
    for verdict in set(Verdict) - {Verdict.WITHDRAWN}:
        settlement = settled(FRESH, verdict, "", NOW)
        assert settlement.state in Delivery.State.values
        assert settlement.is_final == (settlement.state != "retry")


def test_unknown_verdict_is_an_error():
    with pytest.raises(ValueError, match="no such verdict"):
        settled(FRESH, Verdict.WITHDRAWN, "", NOW)
