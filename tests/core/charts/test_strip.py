from core.charts.strip import Share, Strip, strip_chart


def test_a_share_is_a_dot_in_its_interval():
    share = Share("The rota breaks", "7 of 12", 0.5, 0.25, 1.0)

    chart = strip_chart([share], caption="Line: 95 % interval", threshold=0.5)

    assert chart.strips == (
        Strip("The rota breaks", "7 of 12", "53.0", "194.0", "100.0"),
    )
    assert (chart.mark, chart.middle) == ("100.0", "8.0")


def test_without_a_threshold_no_mark_is_drawn():
    assert strip_chart([], caption="").mark == ""
