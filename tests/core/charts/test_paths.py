from core.charts.paths import band_path, line_path, step_path


def test_line_stops_at_a_gap_and_begins_again():
    spots = [(0, 1), (10, 2), None, (30, 4), (40, 5)]

    assert line_path(spots) == "M0.0 1.0 L10.0 2.0 M30.0 4.0 L40.0 5.0"


def test_a_spot_alone_draws_nothing_unless_a_dash_is_wanted():
    spots = [None, (10, 2), None]

    assert line_path(spots) == ""
    assert line_path(spots, lone=5) == "M5.0 2.0 L15.0 2.0"


def test_steps_hold_a_value_until_the_next():
    assert step_path([(0, 5), (10, 3), None, (30, 1)]) == "M0.0 5.0 H10.0 V3.0"


def test_band_closes_along_its_lower_side():
    spans = [(0, 1, 9), (10, 2, 8), None, (30, 3, 7)]

    assert band_path(spans) == "M0.0 1.0 L10.0 2.0 L10.0 8.0 L0.0 9.0 Z"


def test_band_of_one_period_has_the_wanted_width():
    assert (
        band_path([(30, 3, 7)], lone=2) == "M28.0 3.0 L32.0 3.0 L32.0 7.0 L28.0 7.0 Z"
    )


def test_nothing_known_draws_nothing():
    assert line_path([None, None]) == ""
    assert band_path([]) == ""
