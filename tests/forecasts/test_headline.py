from dataclasses import replace

import pytest

from forecasts.drift import Direction
from forecasts.headline import Headline, headline
from forecasts.table import table_of
from tests.forecasts.test_history import history, planned, reported, week

MINUS = "\N{MINUS SIGN}"
AFTER = week(4).start
EDGE = f"the agreed edge ({MINUS}10%)"


def table(values, *, expected=100, **fields):
    """A week for each value; None: forecast and missing."""
    points = [planned(n, expected) for n in range(len(values))]
    known = [reported(n, value) for n, value in enumerate(values) if value is not None]
    return table_of(replace(history(points, known), **fields), week(len(values)).start)


@pytest.mark.parametrize(
    ("verdict", "values", "state", "end"),
    [
        ("on_track", [100], "on_track", f"Within {EDGE}."),
        ("on_track", [50, 50, 100], "on_track", f"Within {EDGE}."),
        (
            "on_track",
            [100, 50],
            "on_track",
            f"Outside {EDGE} for one week; not enough yet to contradict the plan.",
        ),
        (
            "on_track",
            [100, 50, 50],
            "watch",
            f"Outside {EDGE} 2 weeks running; not enough yet to contradict the plan.",
        ),
        (
            "on_track",
            [50, 50, 50],
            "watch",
            f"Outside {EDGE} 3 weeks running; not enough yet to contradict the plan.",
        ),
        ("watch", [50, 50], "watch", f"Outside {EDGE} 2 weeks running."),
        (
            "watch",
            [50, 95],
            "watch",
            f"Within {EDGE}; the record as a whole still falls short of the plan.",
        ),
        (
            "watch",
            [50, 120],
            "watch",
            "Better than the forecast by more than the tolerance; the record as a "
            "whole still falls short of the plan.",
        ),
        ("stop", [50, 50], "stop", f"Outside {EDGE} 2 weeks running."),
        (
            "stop",
            [50, 95],
            "stop",
            f"Within {EDGE}; the stop stays until a decision is recorded.",
        ),
        ("unjudged", [50], "unjudged", f"Outside {EDGE} for one week."),
        ("unjudged", [50, 50], "unjudged", f"Outside {EDGE} 2 weeks running."),
        (
            "better",
            [200],
            "better",
            "Better than the forecast by more than the tolerance.",
        ),
        (
            "better",
            [200, 50, 50],
            "better",
            f"Outside {EDGE} 2 weeks running; the record as a whole is better than the "
            "plan.",
        ),
        # what is missing goes before every verdict but a stop
        ("on_track", [50, 50, None], "overdue", "1 number is overdue."),
        ("stop", [50, None, None], "stop", "2 numbers are overdue."),
    ],
)
def test_chip_and_sentence_agree(verdict, values, state, end):
    said = headline(table(values), verdict)

    assert said.state == state
    assert said.sentence.endswith(f" {end}")


@pytest.mark.parametrize("verdict", ["unjudged", "on_track", "watch", "stop", "better"])
@pytest.mark.parametrize("values", [[50, 50], [50, 95], [95, 50], [95, 95], [200, 200]])
def test_no_verdict_is_said_beside_its_opposite(verdict, values):
    said = headline(table(values), verdict)

    is_calm = said.state in ("on_track", "better")
    plain_miss = "outside" in said.sentence.lower() and ";" not in said.sentence
    plain_good = "Outside" not in said.sentence and ";" not in said.sentence
    assert not (is_calm and plain_miss)
    assert not (said.state in ("watch", "stop") and plain_good)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([None], "No number yet. 1 number is overdue."),
        (
            [100, None, None],
            f"W40: 100 orders actual, 100 forecast (0%). Within {EDGE}. 2 numbers are "
            "overdue.",
        ),
        (
            [50, None, 40, 30],
            f"W43: 30 orders actual, 100 forecast ({MINUS}70%). Outside {EDGE} 3 weeks "
            "running. 1 number is overdue.",
        ),
    ],
)
def test_the_whole_sentence(values, sentence):
    assert headline(table(values), "unjudged").sentence == sentence


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (history([]), Headline("not_due", "No forecast and no number yet.")),
        (
            history([planned(n, 100) for n in (4, 5)]),
            Headline("not_due", "Forecast from W44; no number yet."),
        ),
        (
            history([], [reported(0, 5)]),
            Headline("unjudged", "W40: 5 orders; no forecast for it."),
        ),
        (
            history([planned(0, 0)], [reported(0, 5)]),
            Headline("unjudged", "W40: 5 orders actual, 0 forecast."),
        ),
    ],
)
def test_what_cannot_be_judged(record, said):
    assert headline(table_of(record, AFTER), "unjudged") == said


def test_where_less_is_better_the_edge_lies_above():
    said = headline(table([150, 150], direction=Direction.LOWER), "on_track")

    assert said == Headline(
        "watch",
        "W41: 150 orders actual, 100 forecast (+50%). Outside the agreed edge (+10%) "
        "2 weeks running; not enough yet to contradict the plan.",
    )
