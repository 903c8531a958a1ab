"""The sales curve's chart: three strips, nothing fitted, gaps stay gaps."""

from itertools import pairwise

import pytest

from core.charts.yields import YieldPoint, YieldWords, yield_chart

PHASES = {"initiation": "Learning", "transition": "Transition"}
WORDS = YieldWords(
    value="Mean yield $400",
    cost="Cost $500",
    traction="Traction, 2 ×",
    left="",
    reps="Reps",
    spent="Spent so far",
    planned="",
    phases=PHASES,
)


def point(value, *, phase="initiation", **changes):
    known = {"cost": 500.0, "traction": 1000.0, "effective": 2.0, "ramping": 0.0}
    return YieldPoint(label="1", phase=phase, value=value, **known | changes)


def chart(points, **changes):
    words = changes.pop("words", WORDS)
    return yield_chart(
        points, key="k", title="T", description="D", words=words, unit="$", **changes
    )


def wide(points, **changes):
    return chart(points, **changes).pictures[0]


def xs(path):
    return [step.strip("ML").split()[0] for step in path.split(" M")[0].split(" L")]


def test_the_line_has_one_corner_for_each_quarter_and_no_more():
    picture = wide([point(120.0), point(260.0), point(410.0)])

    assert picture.value.count("L") == 2
    assert picture.value.count("M") == 1


def test_a_missing_quarter_is_a_gap():
    picture = wide([point(1.0), point(2.0), point(None), point(4.0), point(5.0)])

    assert picture.value.count("M") == 2


def test_where_there_are_too_few_reps_only_the_grey_line_is_drawn():
    picture = wide([point(100.0, is_thin=True), point(200.0), point(300.0)])

    assert picture.thin.count("L") == 2
    assert picture.value.count("L") == 1


def test_cost_and_traction_are_level_with_their_money():
    level = {"cost": 400.0, "traction": 800.0}
    picture = wide([point(300.0, **level), point(450.0, **level)])
    heights = {line.label.text: line.y for line in picture.grid}

    assert f" {heights['$400']} " in picture.cost
    assert picture.traction.endswith(heights["$800"])


def test_all_dots_are_one_path_with_each_place_once():
    picture = wide(
        [point(400.0, dots=(100.0, 100.0, 300.0)), point(400.0, dots=(1.0,))]
    )

    assert picture.dots.count("h0") == 3


def test_one_rep_far_above_does_not_flatten_the_rest():
    drawn = chart([point(400.0, dots=(50_000.0, 300.0))])

    assert drawn.beyond == 1
    assert drawn.pictures[0].grid[-1].label.text == "$1.5k"
    top = drawn.pictures[0].grid[-1].y
    assert f" {top}h0" in drawn.pictures[0].dots


def test_a_yield_below_zero_stays_on_the_sheet():
    picture = wide([point(-200.0), point(300.0)])

    assert picture.grid[0].label.text.startswith("\N{MINUS SIGN}$")


def test_each_stretch_of_a_phase_is_one_area_that_meets_the_next():
    picture = wide(
        [
            *[point(1.0) for _ in range(4)],
            *[point(1.0, phase="transition") for _ in range(4)],
        ]
    )
    first, second = picture.phases

    assert (first.kind, second.kind) == ("initiation", "transition")
    end = float(first.area.x) + float(first.area.width)
    assert end == pytest.approx(float(second.area.x), abs=0.2)
    assert [phase.label.text for phase in picture.phases] == ["Learning", "Transition"]


def test_a_name_that_does_not_fit_its_phase_is_left_out():
    points = [point(1.0) for _ in range(39)] + [point(1.0, phase="transition")]

    assert wide(points).phases[1].label is None


def test_ramping_reps_stand_on_effective_ones():
    picture = wide([point(1.0, effective=2.0, ramping=1.0), point(1.0)])
    effective, ramping, _other = picture.bars

    assert (effective.is_ramping, ramping.is_ramping) == (False, True)
    end = float(ramping.y) + float(ramping.height)
    assert end == pytest.approx(float(effective.y), abs=0.15)
    assert float(effective.height) == pytest.approx(2 * float(ramping.height), abs=0.2)
    assert picture.strips[0].highest.text == "3"


def test_no_money_no_third_strip():
    assert len(wide([point(1.0)]).strips) == 1
    picture = wide([point(1.0, spent=10.0, planned=20.0), point(1.0, spent=30.0)])
    assert [strip.name.text for strip in picture.strips] == ["Reps", "Spent so far"]
    assert picture.spent.count("L") == 1
    assert picture.planned.count("M") == 1


def test_changes_are_marked():
    marks = wide([point(1.0), point(1.0, is_marked=True)]).marks

    assert len(marks) == 1


def test_names_of_lines_do_not_lie_on_each_other():
    points = [point(990.0), point(995.0)]
    heights = sorted(float(label.y) for label in wide(points).labels)

    assert all(b - a >= 18 for a, b in pairwise(heights))
    narrow = chart(points).pictures[1]
    assert len({label.y for label in narrow.labels}) == len(narrow.labels)


@pytest.mark.parametrize("count", [1, 2, 9, 40, 80])
def test_everything_lies_on_the_sheet(count):
    points = [
        point(n * 30.0, dots=(n * 10.0,), spent=n * 1000.0, is_marked=n % 3 == 0)
        for n in range(count)
    ]
    for picture in chart(points).pictures:
        width, height = float(picture.width), float(picture.height)
        for bar in picture.bars:
            assert 0 <= float(bar.x) <= float(bar.x) + float(bar.width) <= width
        for x in xs(picture.value):
            assert 0 <= float(x) <= width
        for label in (*picture.quarters, *picture.labels):
            assert 0 <= float(label.y) <= height


def test_no_quarter_is_no_chart():
    with pytest.raises(ValueError, match="a quarter at least"):
        chart([])
