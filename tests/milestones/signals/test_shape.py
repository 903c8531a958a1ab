import pytest

from core.charts.column import column_chart
from core.charts.curve import Curve, curve_chart
from core.charts.strip import strip_chart
from milestones.signals.shape import (
    HEADER,
    Signal,
    file_rows,
    instrument_of,
    verdicts_of,
)
from milestones.support import Verdict

CURVES = curve_chart([Curve("Cheap", ((1, 0.5),))], key="k", title="t", description="d")


def signal(key="a", verdict="cannot_say", **fields):
    return Signal(key, key.upper(), "Said.", Verdict(verdict), **fields)


@pytest.mark.parametrize(
    ("figure", "kind"),
    [
        (CURVES, "curve"),
        (strip_chart([], caption=""), "strip"),
        (column_chart([1], label=""), "column"),
        (None, ""),
    ],
)
def test_a_figure_names_the_part_that_draws_it(figure, kind):
    assert signal(figure=figure).figure_kind == kind


@pytest.mark.parametrize(
    ("rows", "figure", "is_open"),
    [(7, None, True), (8, None, False), (1, CURVES, False), (0, None, True)],
)
def test_a_short_table_without_a_figure_is_open(rows, figure, is_open):
    found = signal(header=("a",), rows=(("1",),) * rows, figure=figure)

    assert found.is_open is is_open


def test_the_file_has_one_line_for_each_value():
    full = signal(
        "a", "supports", header=("Role", "Met"), rows=(("user", "1"), ("buyer", "2"))
    )
    empty = signal("b", lacks="Talks.")

    rows = file_rows([full, empty])

    assert [len(row) for row in rows] == [len(HEADER)] * 5
    assert rows == [
        ("A", "supports", "Said.", "", 1, "Role", "user"),
        ("A", "supports", "Said.", "", 1, "Met", "1"),
        ("A", "supports", "Said.", "", 2, "Role", "buyer"),
        ("A", "supports", "Said.", "", 2, "Met", "2"),
        ("B", "cannot_say", "Said.", "Talks.", None, "", ""),
    ]


def test_a_score_keeps_the_verdicts():
    signals = [signal("a", "supports"), signal("b")]

    assert verdicts_of(signals) == {"a": "supports", "b": "cannot_say"}


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([], None),
        (["supports"], Verdict.SUPPORTS),
        (["supports", "cannot_say"], Verdict.CANNOT_SAY),
        (["cannot_say", "contradicts", "supports"], Verdict.CONTRADICTS),
    ],
)
def test_the_most_doubtful_instrument_decides(verdicts, expected):
    signals = [signal(verdict=one, is_instrument=True) for one in verdicts]

    assert instrument_of([*signals, signal(verdict="contradicts")]) == expected
