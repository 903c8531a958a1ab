import pytest

from discovery.outcome_lint import feature_signs


@pytest.mark.parametrize(
    ("outcome", "signs"),
    [
        ("Fewer calls on Friday", ()),
        ("Minimise the time it takes to find a stand-in", ()),
        ("A dashboard of all shifts", ("dashboard", "A")),
        ("The rota in one place", ("The",)),
        ("an overview", ("an",)),
        ("Send notifications to the team", ("notification",)),
        ("One Button for swaps", ("Button",)),
        ("Less happening at night", ()),
        ("Approve swaps at once", ()),
        ("Theatre staff know their shifts", ()),
        ("", ()),
    ],
)
def test_what_reads_like_a_feature(outcome, signs):
    assert feature_signs(outcome) == signs
