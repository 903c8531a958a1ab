import pytest

from discovery.likeness import fold, fold_firm


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Dana Ruiz", "dana  RUIZ", True),
        ("Émile Łuk", "Emile Luk", True),
        ("Jürgen Groß", "jurgen gross", True),
        ("O'Brien", "OBrien", True),
        ("Dana-Maria", "Dana Maria", True),
        ("D. Ruiz", "D Ruiz", True),
        ("Dana", "Dina", False),
        ("李雷", "李雷", True),
    ],
)
def test_names_are_the_same_but_for_how_they_are_written(one, other, is_same):
    assert (fold(one) == fold(other)) == is_same


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Acme, Inc.", "acme"),
        ("ACME GmbH", "acme"),
        ("Co", "co"),
        ("Acme Clinic", "acme clinic"),
        ("", ""),
    ],
)
def test_the_legal_form_of_a_firm_is_left_out(typed, folded):
    assert fold_firm(typed) == folded
