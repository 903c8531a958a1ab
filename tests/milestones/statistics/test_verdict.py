import pytest

from milestones.statistics.verdict import Verdict, verdict_of
from milestones.statistics.wilson import wilson


@pytest.mark.parametrize(
    ("hits", "asked", "below", "expected"),
    [
        (7, 12, None, Verdict.CANNOT_SAY),
        (10, 12, None, Verdict.SUPPORTS),
        (1, 12, None, Verdict.CONTRADICTS),
        (2, 12, 0.3, Verdict.CANNOT_SAY),
        (0, 9, 0.3, Verdict.CONTRADICTS),
        (0, 0, None, Verdict.CANNOT_SAY),
    ],
)
def test_a_share_speaks_when_its_whole_interval_is_on_one_side(
    hits, asked, below, expected
):
    assert verdict_of(wilson(hits, asked), at_least=0.5, below=below) == expected
