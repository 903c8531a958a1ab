"""Classes by their share of cash, what each asks, and the smaller step: table and laws."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.gates import (
    ASKED,
    About,
    GateClass,
    Known,
    Missing,
    Result,
    evaluate,
    holds,
    rate,
    weakest,
)
from decisions.smaller_steps import smaller_step
from decisions.terms import Purpose, Terms, Tranche
from milestones.course import Counted

CASH = 1_000_000
DAY = date(2026, 11, 2)
WAY_OUT = {"notice_days": 30, "reversible": 100}
RULE = {"number": "Orders per day", "threshold": "4,000", "stop_on": date(2027, 6, 30)}


def terms(amount=10_000, **changes):
    """Cancellable with nothing lost, over within the year."""
    facts = {"value": amount, "starts_on": DAY, "ends_on": DAY + timedelta(days=300)}
    return Terms(amount, **facts | WAY_OUT | changes)


def tranche(amount, **changes):
    return Tranche(amount, DAY, **RULE | changes)


def counting(value, **others):
    counted = dict.fromkeys(range(1, 12), Counted(value))
    return counted | {int(k[1:]): Counted(v) for k, v in others.items()}


def all_known(value=4, **changes):
    facts = {"has_shipped": True, "periods": 4, "stops_held": 1, "is_cosigned": True}
    return Known(counting(value), **facts | changes)


# --- the class -------------------------------------------------------------------
@pytest.mark.parametrize(
    ("amount", "changes", "expected"),
    [
        # under 2 % and out within 30 days
        (19_999, {}, "A"),
        (20_000, {}, "B"),
        (10_000, {"notice_days": 31}, "B"),
        (10_000, {"notice_days": None}, "B"),
        (10_000, {"notice_days": 0}, "A"),
        (10_000, {"purpose": Purpose.FIRST}, "B"),
        # to 10 %
        (100_000, {"reversible": 0, "notice_days": None}, "B"),
        (100_001, {}, "C"),
        (100_001, {"purpose": Purpose.FIRST}, "C"),
        (1, {"purpose": Purpose.SCALING}, "C"),
        # over 25 %
        (250_000, {"reversible": 0}, "C"),
        (250_001, {"reversible": 0}, "D"),
        (900_000, {"reversible": 100}, "C"),
        (500_000, {"reversible": 50}, "C"),
        (500_002, {"reversible": 50}, "D"),
        (250_001, {"ends_on": date(2027, 11, 2)}, "C"),
        (250_001, {"ends_on": date(2027, 11, 3)}, "D"),
        (250_000, {"ends_on": date(2029, 11, 2)}, "C"),
        # more than there is
        (1_000_000, {}, "C"),
        (1_000_001, {}, "D"),
        # getting out may cost more than staying in
        (10_000, {"cancel_cost": 100_001}, "C"),
        (10_000, {"cancel_cost": 250_001}, "D"),
        # from 29 February a year is over on the 28th
        (
            300_000,
            {"starts_on": date(2028, 2, 29), "ends_on": date(2029, 2, 28)},
            "C",
        ),
        (
            300_000,
            {"starts_on": date(2028, 2, 29), "ends_on": date(2029, 3, 1)},
            "D",
        ),
    ],
)
def test_the_strictest_class_that_fits(amount, changes, expected):
    found = rate(terms(amount, **changes), CASH)

    assert (found.gate_class, found.missing) == (expected, ())
    assert found.why.endswith(".")


def test_what_is_not_known_cannot_soften_it():
    assert rate(terms(1), None).gate_class is GateClass.D
    assert rate(terms(1), None).missing == (Missing.CASH,)
    assert rate(terms(1, value=None), CASH).missing == (Missing.VALUE,)
    both = rate(terms(1, value=None), None)
    assert both.missing == (Missing.CASH, Missing.VALUE)
    assert rate(terms(1), 0).why == "It is more than all the cash in hand."


def test_another_currency_counts_by_its_stated_value():
    yen = terms(15_000_000, value=100_001, cancel_cost=3)

    assert rate(yen, CASH).gate_class is GateClass.C
    assert yen.worth(1) == 1
    dear = terms(100, value=50_000, cancel_cost=600)
    assert rate(dear, CASH).why.startswith("More than 25 %")


# --- conditions ------------------------------------------------------------------
@pytest.mark.parametrize(
    ("amount", "changes", "count", "result"),
    [
        (10_000, {}, 0, Result.PASSED),
        (50_000, {}, 3, Result.WARNED),
        (50_000, {"purpose": Purpose.SCALING}, 13, Result.HELD),
        (2_000_000, {}, 16, Result.HELD),
    ],
)
def test_what_each_class_asks_of_a_venture_that_knows_nothing(
    amount, changes, count, result
):
    gate = evaluate(terms(amount, **changes), CASH, Known({}))

    assert (len(gate.conditions), gate.result) == (count, result)
    # no alert is open, where nothing is followed
    met = [one.about for one in gate.conditions if one.is_met]
    assert met == ([About.STOPS] if count > 3 else [])


@pytest.mark.parametrize("gate_class", "BCD")
def test_scores_asked_are_those_of_the_table(gate_class):
    table = {
        "B": {1: 3, 6: 2, 11: 2},
        "C": {**dict.fromkeys(range(1, 9), 4), 9: 3, 10: 3, 11: 3},
        "D": dict.fromkeys(range(1, 12), 4),
    }

    assert ASKED[GateClass(gate_class)] == table[gate_class]


SCALING = terms(50_000, purpose=Purpose.SCALING)
IN_TRANCHES = terms(2_000_000, tranches=(tranche(500_000), tranche(1_500_000)))


@pytest.mark.parametrize(
    ("of", "known", "sentence"),
    [
        (
            SCALING,
            Known(counting(4, q10=2), has_shipped=True, periods=2),
            "Question 10 at least 3 (is 2)",
        ),
        (
            SCALING,
            all_known(open_stops=("Orders per day", "Basket")),
            "No open stop (Orders per day and 1 more)",
        ),
        (
            SCALING,
            all_known(waiting=("Orders per day",)),
            "No open stop (numbers not judged yet: Orders per day)",
        ),
        (
            SCALING,
            all_known(periods=1),
            "2 periods of actuals since first shipping (is 1)",
        ),
        (
            SCALING,
            all_known(has_shipped=False),
            "2 periods of actuals since first shipping (no day of first shipping is "
            "given)",
        ),
        (
            IN_TRANCHES,
            all_known(periods=3),
            "4 periods of actuals since first shipping (is 3)",
        ),
        (
            IN_TRANCHES,
            all_known(stops_held=0),
            "One scheduled stop held and evaluated (held: none)",
        ),
        (
            IN_TRANCHES,
            all_known(is_cosigned=False),
            "An advisor has co-signed (nobody has: to sign an override is another thing)",
        ),
        (
            replace(IN_TRANCHES, tranches=()),
            all_known(),
            "In tranches, each with a stop rule of its own (it is paid as a whole)",
        ),
        (
            replace(IN_TRANCHES, tranches=(tranche(2_000_000),)),
            all_known(),
            "In tranches, each with a stop rule of its own (it is paid as a whole)",
        ),
        (
            replace(IN_TRANCHES, tranches=(tranche(500_000), tranche(1_499_999))),
            all_known(),
            "In tranches, each with a stop rule of its own (they do not add up to the "
            "amount)",
        ),
        (
            replace(
                IN_TRANCHES,
                tranches=(tranche(500_000), tranche(1_500_000, threshold=" ")),
            ),
            all_known(),
            "In tranches, each with a stop rule of its own (1 of 2 have one)",
        ),
    ],
)
def test_one_thing_missing_holds_it_and_is_named(of, known, sentence):
    gate = evaluate(of, CASH, known)

    assert [one.sentence for one in gate.unmet] == [sentence]
    assert gate.is_held


def test_a_stale_score_is_said():
    known = Known({1: Counted(2, is_stale=True)})

    gate = evaluate(terms(50_000), CASH, known)

    words = "Question 1 at least 3 (is 2, one less since its score is old)"
    assert gate.conditions[0].sentence == words


@pytest.mark.parametrize(("of", "count"), [(SCALING, 13), (IN_TRANCHES, 16)])
def test_with_everything_known_it_passes(of, count):
    gate = evaluate(of, CASH, all_known())

    assert (gate.result, gate.met, gate.unmet) == (Result.PASSED, count, ())


@pytest.mark.parametrize("lacking", ["number", "threshold", "stop_on"])
def test_a_stop_rule_is_a_number_a_threshold_and_a_date(lacking):
    assert tranche(1).has_rule
    assert not tranche(1, **{lacking: None if lacking == "stop_on" else ""}).has_rule


# --- the smaller step ------------------------------------------------------------
def test_the_first_tranche_with_its_rule_comes_before_any_other_part():
    whole = terms(2_000_000, tranches=(tranche(60_000), tranche(1_940_000)))

    step = smaller_step(whole, CASH)

    assert (step.amount, step.tranche) == (60_000, whole.tranches[0])


@pytest.mark.parametrize(
    "first",
    [
        tranche(100_001),
        tranche(60_000, number=""),
        tranche(60_000, threshold="\u200b"),
        tranche(2_000_000),
    ],
)
def test_else_the_largest_part_by_its_share(first):
    step = smaller_step(terms(2_000_000, tranches=(first,)), CASH)

    assert (step.amount, step.tranche) == (100_000, None)


@pytest.mark.parametrize(
    ("of", "cash"),
    [
        (terms(50_000), CASH),
        (terms(2_000_000), None),
        (terms(2_000_000, value=None), CASH),
        (terms(2_000_000), 0),
        # a smaller part of what is small already is nothing
        (terms(50_000, purpose=Purpose.SCALING), CASH),
    ],
)
def test_where_there_is_no_smaller_step(of, cash):
    assert smaller_step(of, cash) is None


def test_weakest_names_what_counts_too_little():
    assert weakest((1, 6, 9), {1: Counted(3), 6: Counted(2)}, 3) == (6, 9)


# --- laws ------------------------------------------------------------------------
money = st.integers(1, 10**13)
plans = st.builds(
    terms,
    money,
    cancel_cost=st.integers(0, 10**13),
    notice_days=st.none() | st.integers(0, 400),
    reversible=st.integers(0, 100),
    purpose=st.sampled_from(Purpose),
    ends_on=st.dates(DAY, date(2040, 1, 1)),
)
scores = st.dictionaries(
    st.integers(1, 11), st.builds(Counted, st.integers(0, 5)), max_size=11
)
knowing = st.builds(
    Known,
    scores,
    open_stops=st.sampled_from([(), ("Orders",)]),
    has_shipped=st.booleans(),
    periods=st.integers(0, 6),
    stops_held=st.integers(0, 2),
    is_cosigned=st.booleans(),
)
ORDER = "ABCD"


@given(plans, money, st.integers(0, 10**13))
def test_a_bigger_amount_never_lowers_the_class(plan, more, cash):
    bigger = replace(plan, amount=plan.amount + more, value=plan.amount + more)

    before, after = rate(plan, cash).gate_class, rate(bigger, cash).gate_class
    assert ORDER.index(after) >= ORDER.index(before)


@given(plans, money, st.integers(0, 10**13))
def test_more_cash_never_raises_the_class(plan, more, cash):
    before, after = rate(plan, cash).gate_class, rate(plan, cash + more).gate_class

    assert ORDER.index(after) <= ORDER.index(before)


@given(plans, knowing, st.integers(1, 11), st.integers(0, 10**13))
def test_raising_a_score_never_closes_a_gate(plan, known, number, cash):
    old = known.counted.get(number, Counted(0)).value
    raised = dict(known.counted) | {number: Counted(min(5, old + 1))}

    before = evaluate(plan, cash, known)
    after = evaluate(plan, cash, replace(known, counted=raised))

    assert after.met >= before.met
    assert after.is_held <= before.is_held


@given(plans, st.integers(0, 10**13), st.integers(1, 10**13))
def test_a_smaller_step_is_smaller_and_never_held(plan, cash, value):
    whole = replace(plan, value=value)

    step = smaller_step(whole, cash)

    if step is not None:
        assert 0 < step.amount < whole.amount
        assert not holds(rate(step.terms, cash).gate_class)
