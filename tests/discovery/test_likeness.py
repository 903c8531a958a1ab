import pytest

from discovery.likeness import fold, fold_firm, is_near


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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("dana ruiz", "dana ruis"),
        ("dana ruiz", "dana riuz"),
        ("dana ruiz", "dana ruizz"),
        ("dana ruiz", "dan ruiz"),
        ("dana ruiz", "ruiz dana"),
        ("dana ruiz", "xana ruiz"),
    ],
)
def test_a_slip_of_the_finger_is_near(one, other):
    assert is_near(one, other)
    assert is_near(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("dana ruiz", "dora ruiz"),
        ("dana ruiz", "dana ruiz lopez"),
        ("lee", "leo"),
        ("dana ruiz", ""),
        ("dana ruiz", "dana raiuz"),
    ],
)
def test_another_name_is_not_near(one, other):
    assert not is_near(one, other)
    assert not is_near(other, one)
