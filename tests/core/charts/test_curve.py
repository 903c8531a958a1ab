import pytest

from core.charts.curve import Curve, Mark, curve_chart

FALLING = Curve("Too cheap", ((10, 1.0), (20, 0.5), (30, 0.0)), is_strong=False)
RISING = Curve("Expensive", ((10, 0.0), (20, 0.5), (40, 1.0)))


def chart(*curves, **more):
    return curve_chart(
        curves or (FALLING, RISING),
        key="prices",
        title="Prices",
        description="",
        **more,
    )


def test_both_pictures_show_the_same_curves_on_scales_of_their_own():
    wide, narrow = chart(unit="€").pictures

    assert (wide.shape, narrow.shape) == ("wide", "narrow")
    assert [tick.text for tick in narrow.ticks] == ["€0", "€10", "€20", "€30", "€40"]
    assert [line.label.text for line in wide.grid] == [
        *("0%", "25%", "50%", "75%", "100%")
    ]
    assert [path.is_strong for path in wide.paths] == [False, True]
    assert not any(path.is_second for path in wide.paths)
    # from the top at 10 to the ground at 30
    assert narrow.paths[0].d == "M97.1 32.0 L150.0 123.0 L202.9 214.0"


def test_every_curve_is_named_beside_it_and_no_name_touches_another():
    for picture in chart().pictures:
        assert [label.text for label in picture.labels] == ["Too cheap", "Expensive"]
        assert [label.kind for label in picture.labels] == ["edge", "curve"]


def test_a_name_without_a_place_is_left_to_the_table():
    nameless = Curve("A name much too long for the narrow picture", RISING.points)

    wide, narrow = chart(nameless).pictures

    assert [label.text for label in wide.labels] == [nameless.name]
    assert narrow.labels == ()


def test_a_range_is_shaded_and_a_place_marked():
    [wide, _] = chart(shade=(20, 40), mark=Mark(20, "Optimal 20")).pictures
    left = float(wide.shade.x)

    assert wide.mark.x == wide.shade.x == wide.labels[0].x
    assert (wide.labels[0].text, wide.labels[0].kind) == ("Optimal 20", "rule")
    assert left + float(wide.shade.width) == pytest.approx(
        float(wide.ticks[-1].x), abs=0.2
    )


def test_the_name_of_a_mark_near_the_edge_stands_left_of_it():
    [wide, narrow] = chart(mark=Mark(40, "Optimal price point 40")).pictures

    assert (wide.labels[0].anchor, narrow.labels[0].anchor) == ("end", "end")


def test_a_chart_without_a_point_is_refused():
    with pytest.raises(ValueError, match="a point at least"):
        chart(Curve("Nothing", ()))


def test_a_flat_curve_has_no_height_to_be_named_at():
    [wide, _] = chart(Curve("Nobody", ((10, 0.0), (20, 0.0)))).pictures

    assert wide.labels == ()
