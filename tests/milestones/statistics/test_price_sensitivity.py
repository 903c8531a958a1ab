from fractions import Fraction

import pytest

from milestones.statistics.price_sensitivity import Crossing, Prices, Step, sensitivity

# too cheap, cheap, expensive, too expensive
TWELVE = [
    (10, 20, 35, 50),
    (8, 15, 22, 30),
    (12, 25, 40, 60),
    (30, 40, 60, 80),
    (5, 9, 14, 20),
    (10, 18, 30, 45),
    (25, 35, 50, 70),
    (9, 16, 24, 28),
    (14, 22, 38, 55),
    (11, 20, 26, 32),
    (28, 38, 55, 75),
    (6, 10, 16, 22),
]


def at(low, high=None):
    return Crossing(Fraction(low), Fraction(low if high is None else high))


def found_in(answers):
    return sensitivity(Prices(*answer) for answer in answers)


def test_twelve_answers_give_the_prices_of_the_reference():
    found = found_in(TWELVE)

    assert found.optimal == at(26)
    assert found.indifference == at(24, 25)
    assert found.indifference.middle == Fraction("24.5")
    assert found.indifference.is_flat
    assert found.narrow == (at(22), at(28))
    assert found.original == (at(16), at(35))
    assert (found.counted, found.dropped, found.is_directional) == (12, 0, True)


@pytest.mark.parametrize(
    "unordered",
    [(20, 10, 35, 50), (10, 10, 35, 50), (10, 35, 20, 50), (10, 20, 50, 50)],
)
def test_an_answer_out_of_order_is_dropped_and_counted(unordered):
    found = found_in([*TWELVE, unordered])

    assert (found.counted, found.dropped) == (12, 1)
    assert found.optimal == at(26)


@pytest.mark.parametrize("answers", [[], [(9, 8, 7, 6)]])
def test_without_an_ordered_answer_there_is_no_price(answers):
    assert found_in(answers) is None


def test_one_answer_gives_stretches_and_no_false_precision():
    found = found_in([(10, 20, 30, 40)])

    # nobody calls 20 or 30 too cheap, and nobody too expensive
    assert found.optimal == at(20, 30)
    assert not at(20).is_flat
    assert found.steps == (
        Step(10, 1, 1, 0, 0),
        Step(20, 0, 1, 0, 0),
        Step(30, 0, 0, 1, 0),
        Step(40, 0, 0, 1, 1),
    )


def test_curves_that_pass_between_two_named_prices_meet_on_the_line_between():
    found = found_in([(1, 2, 3, 4), (1, 2, 3, 4), (3, 4, 5, 6)])

    # at 2 all three call it cheap and none expensive, at 3 one and two
    assert found.indifference == at(Fraction(2) + Fraction(3, 4))


@pytest.mark.parametrize(("n", "is_directional"), [(29, True), (30, False)])
def test_below_thirty_answers_it_is_a_direction_only(n, is_directional):
    assert found_in([(10, 20, 30, 40)] * n).is_directional is is_directional
