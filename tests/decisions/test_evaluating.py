"""What an evaluation needs before a decision can be recorded."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from decisions.evaluating import (
    CHANGING,
    KINDS,
    SHORTEST_REASONS,
    Draft,
    Paper,
    done_steps,
    missing,
    step,
)
from decisions.following import Task
from decisions.models import Decision
from decisions.words import news
from decisions.working_days import working_days_after

TODAY = date(2026, 11, 2)
TASK = Task("Tell the staff.", "7", TODAY + timedelta(days=1))
DRAFT = Draft(
    kind="stop",
    reasons="x" * SHORTEST_REASONS,
    review_on=TODAY + timedelta(days=1),
    follow_ups=(TASK,),
)
GOING_ON = replace(
    DRAFT,
    kind="persevere",
    prediction="4,000 a day",
    predict_by=TODAY + timedelta(days=30),
)
PAPER = Paper(
    belief="8,000 a day",
    happened="2,000 a day",
    is_actual_right=True,
    questions=1,
    talks=1,
    customers_say="They order once.",
    explanations={"demand": ("few come back", "the first week was full")},
    depends="The second centre",
    runway="Until May",
    rescored=2,
    draft=DRAFT,
)


def steps_missing(**changes):
    return [one.step for one in missing(replace(PAPER, **changes), TODAY)]


def test_a_complete_paper_lacks_nothing():
    assert missing(PAPER, TODAY) == ()
    assert done_steps(()) == {1, 2, 3, 4, 5}


def test_an_empty_paper_lacks_every_step():
    lacking = missing(Paper(), TODAY)

    assert [one.step for one in lacking] == [1, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 5]
    assert done_steps(lacking) == frozenset()


@pytest.mark.parametrize(
    ("changes", "steps"),
    [
        ({"belief": "  "}, [1]),
        ({"happened": ""}, [2]),
        ({"happened": "\u200b"}, [2]),
        ({"depends": "\u2060", "runway": "\u200b"}, [4, 4]),
        ({"explanations": {"demand": ("Few buy.", "\u200b")}}, [3]),
        ({"is_actual_right": None}, [2]),
        ({"is_actual_right": False}, []),
        ({"questions": 0}, [3]),
        ({"talks": 0}, [3]),
        ({"talks": 0, "customers_say": "They say a lot."}, [3]),
        ({"talks": 0, "no_talk_reason": "The alert is an hour old."}, []),
        ({"talks": 1, "customers_say": ""}, [3]),
        ({"talks": 1, "customers_say": "", "no_talk_reason": "Not yet."}, []),
        ({"explanations": {}}, [3]),
        ({"explanations": {"price": ("too dear", "")}}, [3]),
        ({"explanations": {"price": ("", "cheap enough")}}, [3]),
        ({"explanations": {"price": (" ", "x"), "timing": ("a", "b")}}, []),
        ({"depends": ""}, [4]),
        ({"draft": Draft()}, [5, 5, 5, 5]),
        ({"draft": GOING_ON}, []),
        ({"draft": GOING_ON, "is_second_time": True}, [5]),
        ({"draft": GOING_ON, "is_second_time": True, "is_cosigned": True}, []),
        ({"is_second_time": True}, []),
    ],
)
def test_each_missing_thing_is_named_with_its_step(changes, steps):
    assert steps_missing(**changes) == steps


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, set()),
        ({"kind": ""}, {"kind"}),
        ({"kind": "dismiss"}, {"kind"}),
        ({"reasons": "x" * (SHORTEST_REASONS - 1)}, {"reasons"}),
        ({"reasons": "x" + " " * SHORTEST_REASONS}, {"reasons"}),
        ({"review_on": None}, {"review_on"}),
        ({"review_on": TODAY}, {"review_on"}),
        ({"kind": "persevere"}, {"prediction", "predict_by"}),
        ({"kind": "persevere", "prediction": "4,000"}, {"predict_by"}),
        ({"kind": "pivot", "change": "\u200b"}, {"change"}),
        ({"follow_ups": (replace(TASK, what="\u200b"),)}, {"follow_ups"}),
        (
            {"kind": "persevere", "prediction": "4,000", "predict_by": TODAY},
            {"predict_by"},
        ),
        (
            {
                "kind": "persevere",
                "prediction": "4,000",
                "predict_by": TODAY + timedelta(days=9),
            },
            set(),
        ),
        ({"kind": "adjust_forecast"}, {"new_share"}),
        ({"kind": "adjust_forecast", "new_share": 76}, set()),
        ({"kind": "adjust_forecast", "new_share": 75}, {"change"}),
        ({"kind": "adjust_forecast", "new_share": 75, "change": "A price."}, set()),
        ({"kind": "pivot"}, {"change"}),
        ({"kind": "fix_execution"}, {"change"}),
        ({"kind": "pivot", "change": "The channel."}, set()),
        ({"follow_ups": ()}, {"follow_ups"}),
        ({"follow_ups": (Task(),)}, {"follow_ups"}),
        ({"follow_ups": (TASK, Task())}, set()),
        ({"follow_ups": (TASK, replace(TASK, owner=""))}, {"follow_ups"}),
        ({"follow_ups": (replace(TASK, what=" "),)}, {"follow_ups"}),
        ({"follow_ups": (replace(TASK, due_on=None),)}, {"follow_ups"}),
        ({"follow_ups": (replace(TASK, due_on=TODAY),)}, {"follow_ups"}),
    ],
)
def test_each_kind_of_decision_asks_for_its_own(changes, fields):
    assert set(replace(DRAFT, **changes).problems(TODAY)) == fields


def test_the_kinds_are_the_models():
    assert set(KINDS) == set(Decision.Kind.values)
    assert set(CHANGING) < set(KINDS)


def test_a_draft_survives_being_kept():
    draft = replace(DRAFT, kind="persevere", prediction="4,000", predict_by=TODAY)

    assert Draft.of(draft.as_kept()) == draft
    assert Draft.of({}) == Draft()


@pytest.mark.parametrize("number", [0, 6, -1])
def test_there_are_five_steps(number):
    with pytest.raises(KeyError):
        step(number)


@pytest.mark.parametrize(
    ("day", "count", "after"),
    [
        (date(2026, 11, 2), 10, date(2026, 11, 16)),  # Monday
        (date(2026, 11, 6), 1, date(2026, 11, 9)),  # Friday
        (date(2026, 11, 7), 1, date(2026, 11, 9)),  # Saturday
        (date(2026, 11, 8), 10, date(2026, 11, 20)),  # Sunday
        (date(2026, 11, 2), 0, date(2026, 11, 2)),
    ],
)
def test_working_days(day, count, after):
    assert working_days_after(day, count) == after


@pytest.mark.parametrize(
    ("reason", "first"),
    [
        (
            "Week 3: 2.5 against 8.25 forecast (30%). Over all 3.",
            "Week 3: 2.5 against 8.25 forecast (30%).",
        ),
        ("One sentence only.", "One sentence only."),
    ],
)
def test_the_news_is_the_first_sentence(reason, first):
    assert news(reason) == first
