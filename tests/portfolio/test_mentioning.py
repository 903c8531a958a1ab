"""Who is named with an @."""

import pytest

from portfolio.mentioning import mentioned

TEAM = [(1, "Ana Ruiz"), (2, "Ben"), (3, "Ana Maria Soto"), (4, "Zoë Ng"), (5, "")]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@Ben look", [2]),
        ("@ben, @BEN. (@Ben)", [2]),
        ("@Ana Ruiz and @Ana Maria Soto", [1, 3]),
        ("@Ana", []),
        ("@Ana  \n Ruiz!", [1]),
        ("@Zoë’s", [4]),
        ("@zoë ng_x @Zoë", [4]),
        ("@Benjamin, @Ben_2", []),
        ("mail ben@ben.example or x@Ben", []),
        ("@", []),
        ("@ Ben", []),
        ("", []),
    ],
)
def test_names(text, named):
    assert mentioned(text, TEAM) == named


def test_two_of_one_name_are_nobody():
    assert mentioned("@Ana Ruiz @Ana", [(1, "Ana Ruiz"), (2, "ana  ruiz")]) == []


def test_a_whole_name_is_stronger_than_the_first_part_of_another():
    assert mentioned("@Ana", [(1, "Ana"), (2, "Ana Ruiz")]) == [1]
