"""How many reps, and of which kind, a phase of selling allows: table and laws."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.gates import About, Result, evaluate, rate
from decisions.hiring import ALLOWED, KINDS, Hiring, Room
from decisions.smaller_steps import smaller_step
from decisions.terms import Purpose
from tests.decisions.test_gates import CASH, all_known, terms

LEARNING = Room("initiation", Decimal(4), Decimal(2))
TRANSITION = Room("transition", Decimal(6), Decimal(4))
EXECUTION = Room("execution", None, Decimal(9))
PRE = Room("pre", Decimal(0), Decimal(0))


# --- pure ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("reps", "kind", "room", "within", "is_kind"),
    [
        (2, "renaissance", LEARNING, True, True),
        (3, "renaissance", LEARNING, False, True),
        (1, "enlightened", LEARNING, True, False),
        (1, "coin_operated", LEARNING, True, False),
        (2, "enlightened", TRANSITION, True, True),
        (2, "renaissance", TRANSITION, True, True),
        (3, "enlightened", TRANSITION, False, True),
        (1, "coin_operated", TRANSITION, True, False),
        (50, "coin_operated", EXECUTION, True, True),
        (1, "renaissance", PRE, False, False),
    ],
)
def test_how_many_and_of_which_kind(reps, kind, room, within, is_kind):
    told = Hiring(reps, kind, room)

    assert (told.is_within, told.is_kind) == (within, is_kind)
    assert told.is_allowed == (within and is_kind)


def test_what_is_asked_says_what_there_is():
    told = Hiring(3, "coin_operated", Room("initiation", Decimal(4), Decimal(2), 1))

    assert told.count_sentence == (
        "At most 4 reps by full time while learning "
        "(2 now, 1 by other commitments, 3 hired: 6)"
    )
    assert told.kind_sentence == (
        "Of reps, Renaissance ones while learning (would be: coin-operated)"
    )
    before = Hiring(2, "renaissance", PRE)
    assert before.count_sentence == "No rep is hired before sale (would be: 2)"
    assert before.kind_sentence == ""


@given(
    st.sampled_from(sorted(ALLOWED)),
    st.sampled_from(sorted(KINDS)),
    st.integers(1, 20),
    st.integers(0, 20),
)
def test_one_rep_more_never_makes_a_hire_allowed(phase, kind, reps, cap):
    room = Room(phase, Decimal(cap), Decimal(1))
    if Hiring(reps + 1, kind, room).is_allowed:
        assert Hiring(reps, kind, room).is_allowed


def test_room_is_kept_and_read_as_it_was():
    for room in (LEARNING, EXECUTION, PRE):
        assert Room.of_kept(room.as_kept()) == room


def hiring_terms(told, purpose=Purpose.SCALING, **changes):
    return terms(hiring=told, purpose=purpose, **changes)


def test_a_hire_the_phase_does_not_allow_is_held_whatever_is_known():
    told = Hiring(3, "renaissance", LEARNING)

    gate = evaluate(hiring_terms(told), CASH, all_known())

    [open_one] = gate.unmet
    assert (gate.gate_class, gate.result) == ("C", Result.HELD)
    assert gate.rating.why == "It hires beyond what the phase of selling allows."
    assert open_one.about is About.HIRING


def test_a_hire_the_phase_allows_is_b_and_passes():
    told = Hiring(2, "renaissance", LEARNING)

    gate = evaluate(hiring_terms(told, Purpose.FIRST), CASH, all_known())

    assert (gate.gate_class, gate.result) == ("B", Result.PASSED)
    assert gate.rating.why == "It hires sales reps."


def test_before_sale_a_hire_is_b_with_a_warning():
    told = Hiring(2, "renaissance", PRE)

    gate = evaluate(hiring_terms(told, Purpose.FIRST), CASH, all_known())

    assert (gate.gate_class, gate.result) == ("B", Result.WARNED)


def test_dear_reps_are_rated_by_what_they_cost_all_the_same():
    told = Hiring(1, "renaissance", LEARNING)

    assert rate(hiring_terms(told, Purpose.FIRST, amount=200_000), CASH) == rate(
        terms(200_000, hiring=told, purpose=Purpose.FIRST), CASH
    )
    assert rate(hiring_terms(told, Purpose.FIRST, amount=200_000), CASH).gate_class == (
        "C"
    )


def test_less_money_for_as_many_reps_is_no_smaller_step():
    told = Hiring(3, "renaissance", LEARNING)

    assert smaller_step(hiring_terms(told, amount=300_000), CASH) is None
    allowed = Hiring(1, "renaissance", LEARNING)
    step = smaller_step(hiring_terms(allowed, Purpose.FIRST, amount=300_000), CASH)
    assert step is not None
