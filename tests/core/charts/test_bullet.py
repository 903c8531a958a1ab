import pytest

from core.charts.bullet import score_bar


@pytest.mark.parametrize(
    ("claimed", "supported", "counts", "solid", "dashed"),
    [
        (3, 3, 3, ("0.0", "102.0"), None),
        (3, 1, 1, ("0.0", "34.0"), ("34.0", "102.0")),
        (3, 4, 3, ("0.0", "136.0"), None),
        (2, 0, 0, None, ("0.0", "68.0")),
        (0, 0, 0, None, None),
        (None, 0, None, None, None),
        (None, 2, None, ("0.0", "68.0"), None),
        (5, 5, 5, ("0.0", "170.0"), None),
    ],
)
def test_bar_is_solid_as_far_as_evidence_goes(
    claimed, supported, counts, solid, dashed
):
    bar = score_bar(claimed=claimed, supported=supported)

    assert bar.counts == counts
    assert (bar.solid and (bar.solid.x, bar.solid.end)) == solid
    assert (bar.dashed and (bar.dashed.x, bar.dashed.end)) == dashed
    assert [cell.x for cell in bar.cells] == ["0.0", "34.0", "68.0", "102.0", "136.0"]


@pytest.mark.parametrize(
    ("founders", "places"),
    [
        ((), ()),
        ((4,), ("136.0",)),
        ((4, 2), ("136.0", "68.0")),
        ((3, 3), ("97.5", "106.5")),
        ((3, 5, 3, 3), ("93.0", "170.0", "102.0", "111.0")),
    ],
)
def test_every_founder_is_seen_even_when_they_agree(founders, places):
    assert score_bar(claimed=2, supported=1, founders=founders).founders == places


def test_advisor_stands_apart_as_a_diamond():
    bar = score_bar(claimed=2, supported=1, reviewed=[1])

    assert bar.diamonds == ("M34.0 8.0 L41.0 15.0 L34.0 22.0 L27.0 15.0 Z",)
    assert score_bar(claimed=2, supported=1).diamonds == ()
    assert len(score_bar(claimed=2, supported=1, reviewed=[1, 1]).diamonds) == 2


@pytest.mark.parametrize(
    ("given", "label"),
    [
        (
            {"claimed": 3, "supported": 1, "founders": (4, 2)},
            "Claimed 3 of 5. Evidence supports 1. Founders scored 4 and 2.",
        ),
        (
            {"claimed": 3, "supported": 1, "founders": (3, 4, 5), "reviewed": [2]},
            "Claimed 3 of 5. Evidence supports 1. Founders scored 3, 4 and 5. "
            "An advisor reviewed it at 2.",
        ),
        (
            {"claimed": 3, "supported": 3, "founders": (3,)},
            "Claimed 3 of 5. Evidence supports 3. One founder scored 3.",
        ),
        ({"claimed": None, "supported": 0}, "Not scored. Evidence supports 0."),
    ],
)
def test_label_says_in_words_what_the_bar_shows(given, label):
    assert score_bar(**given).label == label


@pytest.mark.parametrize(
    "wrong",
    [
        {"claimed": 6, "supported": 0},
        {"claimed": 1, "supported": -1},
        {"claimed": 1, "supported": 1, "founders": (9,)},
        {"claimed": 1, "supported": 1, "reviewed": [7]},
    ],
)
def test_scores_outside_the_scale_are_refused(wrong):
    with pytest.raises(ValueError, match="outside 0 to 5"):
        score_bar(**wrong)
