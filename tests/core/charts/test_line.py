import re
from dataclasses import asdict

import pytest

from core.charts.line import EarlierLine, LinePoint, Rule, line_chart

PLAN = [500, 1500, 3000, 4500, 6000, 7200, 8000, 8000]
CAME = [450, 1300, 1900, 2050, 2000, None, None, None]
WORDS = {
    "forecast_label": "Forecast",
    "edge_label": "Edge: −10%",
    "band_label": "8 of 10 weeks",
    "actual_label": "Actual 2,000",
}


def orders(came=CAME):
    return [
        LinePoint(
            f"W{40 + n}",
            forecast=plan,
            low=plan * 0.8,
            high=plan * 1.2,
            edge=plan * 0.9,
            actual=actual,
            is_outside=actual is not None and actual < plan * 0.8,
        )
        for n, (plan, actual) in enumerate(zip(PLAN, came, strict=True))
    ]


def chart(points=None, **given):
    fixed = {"key": "orders", "title": "Orders", "description": "See the table."}
    return line_chart(orders() if points is None else points, **fixed | given)


def both(**given):
    return chart(**given).pictures


@pytest.mark.parametrize(
    ("place", "shape", "size"),
    [(0, "wide", ("780", "335")), (1, "narrow", ("280", "240"))],
)
def test_there_are_two_pictures_of_the_same_numbers(place, shape, size):
    picture = both()[place]

    assert (picture.shape, (picture.width, picture.height)) == (shape, size)
    assert [dot.is_outside for dot in picture.dots] == [False, False, True, True, True]


def test_the_base_line_is_zero():
    for picture in both():
        assert picture.grid[0].label.text == "0"


def test_axis_words_are_short_only_where_room_is_short():
    wide, narrow = both()

    assert [line.label.text for line in wide.grid][-1] == "10,000"
    assert [line.label.text for line in narrow.grid] == ["0", "5k", "10k"]


def test_missing_is_a_gap_and_never_zero():
    came = [450, 1300, None, 2050, 2000, None, None, None]

    for picture in both(points=orders(came)):
        assert picture.actual.count("M") == 2
        assert len(picture.dots) == 4


def test_a_lonely_actual_has_a_dot_and_no_line():
    for picture in both(points=orders([None, None, 1900] + [None] * 5)):
        assert picture.actual == ""
        assert len(picture.dots) == 1


def test_rule_stands_at_its_period_and_is_named():
    for picture in both(rule=Rule(4, "Stop and evaluate")):
        named = [label for label in picture.labels if label.kind == "rule"]

        assert picture.rule.x == picture.dots[4].x
        assert [label.text for label in named] == ["Stop and evaluate"]
    assert [picture.rule for picture in both()] == [None, None]


@pytest.mark.parametrize(("at", "anchor"), [(0, "start"), (7, "end")])
def test_rule_is_named_towards_the_side_with_room(at, anchor):
    narrow = both(rule=Rule(at, "Stop and evaluate"))[1]

    assert narrow.labels[0].anchor == anchor


def test_wide_names_every_line_in_a_column():
    wide, _ = both(**WORDS, earlier=[EarlierLine("1 Aug", (400.0,) * 8)])
    column = {label.kind: float(label.y) for label in wide.labels}

    assert set(column) == {"band", "forecast", "edge", "earlier", "actual"}
    assert column["band"] < column["forecast"] < column["edge"] < column["earlier"]


def test_an_actual_that_reaches_the_end_is_named_in_the_column():
    wide, _ = both(points=orders([*CAME[:5], 2000, 2000, 2000]), **WORDS)
    sides = {label.kind: label.x for label in wide.labels}

    assert sides["actual"] == sides["forecast"]


def test_names_in_the_narrow_picture_never_touch():
    _, narrow = both(**WORDS, rule=Rule(4, "Stop and evaluate"))
    rows = sorted(float(label.y) for label in narrow.labels)

    assert {label.kind for label in narrow.labels} == {
        "rule",
        "actual",
        "forecast",
        "edge",
    }
    assert len(set(rows)) == len(rows)


def test_lines_without_a_name_stay_without_one():
    for picture in both(forecast_label="", actual_label=""):
        assert picture.labels == ()


def test_as_many_periods_are_named_as_fit_and_always_the_last():
    many = [LinePoint(f"W{n + 1}", forecast=100, actual=100) for n in range(52)]

    wide, narrow = both(points=many)

    assert wide.periods[-1].text == narrow.periods[-1].text == "W52"
    assert len(narrow.periods) < len(wide.periods) < 52


def test_crowded_dots_give_way_to_the_line_except_where_they_matter():
    many = [
        LinePoint(
            f"W{n}", forecast=100, actual=50 if n == 30 else 100, is_outside=n == 30
        )
        for n in range(52)
    ]

    wide, narrow = both(points=many)

    assert len(wide.dots) == 52
    assert [dot.is_outside for dot in narrow.dots] == [True, False]
    assert {dot.radius for dot in wide.dots} == {"3.5"}


def test_one_period_stands_in_the_middle_with_its_plan_as_dashes():
    point = LinePoint("W1", forecast=100, low=80, high=120, edge=90, actual=70)

    for picture in both(points=[point], **WORDS):
        middle = float(picture.dots[0].x)
        left, right = (float(x) for x in re.findall(r"[ML]([\d.]+)", picture.forecast))

        assert picture.band
        assert middle - left == right - middle > 0


def test_a_plan_below_zero_keeps_the_zero_line():
    wide, _ = both(
        points=[LinePoint("Jan", forecast=-400), LinePoint("Feb", forecast=900)]
    )

    assert [line.label.text for line in wide.grid][:3] == ["−500", "0", "500"]


def test_earlier_forecasts_stay_and_set_the_scale():
    picture = both(earlier=[EarlierLine("1 Aug", (20000.0, None, *[1.0] * 6))])[0]

    assert len(picture.earlier) == 1
    assert picture.grid[-1].label.text == "20,000"


def test_nothing_known_yet_still_draws_the_axes():
    for picture in both(points=[LinePoint("W1"), LinePoint("W2")], **WORDS):
        assert (picture.forecast, picture.actual, picture.dots) == ("", "", ())
        assert len(picture.grid) > 1


def test_a_chart_without_periods_is_refused():
    with pytest.raises(ValueError, match="a period at least"):
        chart(points=[])


def test_coordinates_are_plain_numbers_with_a_point():
    for picture in asdict(chart(**WORDS, rule=Rule(4, "Stop")))["pictures"]:
        for dot in picture["dots"]:
            assert re.fullmatch(r"-?\d+\.\d", dot["x"])
        assert re.fullmatch(r"[MLHVZ\d. -]*", picture["band"])


def test_a_range_without_a_forecast_is_drawn_without_its_name():
    points = [LinePoint(name, low=80, high=120) for name in ("W1", "W2")]

    for picture in both(points=points):
        assert picture.band
        assert [label.kind for label in picture.labels] == []
