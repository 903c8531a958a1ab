import pytest

from milestones.statistics.must_have import Felt, must_have
from milestones.statistics.verdict import Verdict


def felt(very, of, uses=2):
    rest = [Felt("somewhat", uses)] * (of - very)
    return [Felt("very", uses)] * very + rest


@pytest.mark.parametrize(
    ("very", "of", "verdict"),
    [
        (12, 30, Verdict.CANNOT_SAY),  # exactly 40 %
        (17, 30, Verdict.CANNOT_SAY),
        (18, 30, Verdict.SUPPORTS),
        (22, 40, Verdict.CANNOT_SAY),
        (23, 40, Verdict.SUPPORTS),
        (26, 50, Verdict.CANNOT_SAY),
        (27, 50, Verdict.SUPPORTS),
        (49, 100, Verdict.CANNOT_SAY),
        (50, 100, Verdict.SUPPORTS),
        (6, 30, Verdict.CONTRADICTS),
        (7, 30, Verdict.CANNOT_SAY),
        (29, 29, Verdict.CANNOT_SAY),  # too few
        (0, 29, Verdict.CANNOT_SAY),
        (0, 0, Verdict.CANNOT_SAY),
    ],
)
def test_forty_percent_counts_on_the_cautious_bound(very, of, verdict):
    found = must_have(felt(very, of))

    assert (found.very, found.counting, found.verdict) == (very, of, verdict)


@pytest.mark.parametrize(
    "other",
    [
        Felt("very", 1),  # too rarely
        Felt("very", None),  # nobody knows how often
        Felt("gone", 9),
    ],
)
def test_only_those_who_use_it_count(other):
    found = must_have([*felt(20, 30), Felt("not", 3), other])

    assert (found.asked, found.counting, found.dropped) == (32, 31, 1)
    assert (found.very, found.somewhat, found.not_at_all) == (20, 10, 1)
