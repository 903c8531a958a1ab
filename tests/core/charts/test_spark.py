import pytest

from core.charts.spark import SparkPoint, score_trail, spark


def test_every_metric_has_the_scale_of_its_own_forecast():
    orders = [SparkPoint(6000, 4800, 7200, 3000), SparkPoint(8000, 6400, 9600, 8000)]
    churn = [SparkPoint(0.06, 0.048, 0.072, 0.03), SparkPoint(0.08, 0.064, 0.096, 0.08)]

    first, second = spark(orders, label="a"), spark(churn, label="a")

    assert first == second
    assert first.actual == "M5.0 27.5 L155.0 20.0"
    assert first.forecast == "M5.0 20.0 L155.0 20.0"
    assert first.band == "M5.0 17.0 L155.0 17.0 L155.0 23.0 L5.0 23.0 Z"


def test_missing_is_a_gap_and_never_zero():
    points = [SparkPoint(10, actual=a) for a in (10, 10, None, 10, 10)]

    assert spark(points, label="a").actual.count("M") == 2


@pytest.mark.parametrize("forecast", [None, 0])
def test_without_a_forecast_there_is_no_ratio_and_one_period_is_a_dash(forecast):
    points = [SparkPoint(10, 8, 12, 9), SparkPoint(forecast, 8, 12, 9)]

    picture = spark(points, label="a")

    assert picture.actual == ""
    assert picture.forecast == "M0.0 20.0 L10.0 20.0"
    assert picture.band == "M0.0 17.0 L10.0 17.0 L10.0 23.0 L0.0 23.0 Z"
    assert len(picture.dots) == 1


def test_dots_mark_what_is_outside_and_the_last_known():
    points = [
        SparkPoint(10, actual=10),
        SparkPoint(10, actual=2, is_outside=True),
        SparkPoint(10, actual=9),
        SparkPoint(10, actual=None),
    ]

    dots = spark(points, label="a").dots

    assert [(dot.x, dot.is_outside) for dot in dots] == [
        ("55.0", True),
        ("105.0", False),
    ]


def test_ratios_are_cut_at_twice_the_forecast_and_at_nothing():
    points = [SparkPoint(10, actual=1000), SparkPoint(10, actual=-5)]

    assert spark(points, label="a").actual == "M5.0 5.0 L155.0 35.0"


def test_no_points_make_an_empty_picture():
    picture = spark([], label="No numbers yet")

    assert (picture.label, picture.actual, picture.dots) == ("No numbers yet", "", ())


def test_score_trail_steps_and_leaves_out_what_nobody_scored():
    trail = score_trail([None, 2, 3], [0, 1, 1], label="a")

    assert trail.claimed == "M80.0 23.0 H155.0 V17.0"
    assert trail.supported == "M5.0 35.0 H80.0 V29.0 H155.0 V29.0"
    assert trail.ground == "35.0"


def test_score_trail_of_unequal_length_is_refused():
    with pytest.raises(ValueError, match="different length"):
        score_trail([1], [1, 2], label="a")
