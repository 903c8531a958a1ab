from core.charts.column import column_chart


def test_columns_stand_on_one_ground_and_nothing_is_a_thin_line():
    chart = column_chart([4, 2, 0], label="New tags: 4, 2, 0", marked=1)

    assert [(c.x, c.y, c.height, c.is_marked) for c in chart.columns] == [
        ("0.0", "0.0", "48.0", False),
        ("14.0", "24.0", "24.0", False),
        ("28.0", "47.0", "1.0", True),
    ]
    assert chart.width == "42.0"


def test_few_columns_are_not_blown_up():
    assert column_chart([0], label="", places=24).width == "336.0"
    assert column_chart([], label="").columns == ()
