import pytest

from milestones.statistics.saturation import Saturation, chance_heard, saturation


@pytest.mark.parametrize(
    ("share", "talks", "percent"),
    [
        (0.1, 10, 65),
        (0.1, 20, 88),
        (0.1, 30, 96),
        (0.3, 6, 88),
        (0.3, 12, 99),
        (0.0, 9, 0),
        (1.0, 1, 100),
        (0.5, 0, 0),
    ],
)
def test_chance_that_something_comes_up(share, talks, percent):
    assert round(chance_heard(share, talks) * 100) == percent


@pytest.mark.parametrize(("share", "talks"), [(-0.1, 3), (1.1, 3), (0.5, -1)])
def test_no_chance_of_the_impossible(share, talks):
    with pytest.raises(ValueError, match="no chance"):
        chance_heard(share, talks)


@pytest.mark.parametrize(
    ("talks", "new"),
    [
        ([], ()),
        (["ab", "bc", "c"], (2, 1, 0)),
        (["", "aa", "a"], (0, 1, 0)),
    ],
)
def test_new_tags_are_those_no_earlier_talk_had(talks, new):
    assert saturation(talks).new == new


@pytest.mark.parametrize(
    ("new", "is_saturated"),
    [
        ((6, 4, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0), True),
        ((6, 4, 2, 1, 1, 0, 0, 1, 0, 0, 0, 0), True),
        ((6, 4, 2, 1, 1, 0, 0, 1, 0, 1, 0, 0), False),
        # the sixth from the end is not among the last five
        ((6, 4, 2, 1, 1, 0, 9, 1, 0, 0, 0, 0), True),
        # eleven talks are too few, whatever they brought
        ((6, 4, 2, 1, 1, 0, 0, 0, 0, 0, 0), False),
        # nobody tagged anything
        ((0,) * 20, False),
        ((), False),
    ],
)
def test_saturated_after_twelve_talks_when_the_last_five_bring_nothing(
    new, is_saturated
):
    assert Saturation(new).is_saturated is is_saturated


def test_its_counts():
    found = Saturation((5, 3, 0, 1, 2, 0, 1))

    assert (found.talks, found.tags, found.last, found.new_lately) == (
        7,
        12,
        (0, 1, 2, 0, 1),
        4,
    )
