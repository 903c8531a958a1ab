from datetime import date

import pytest

from core.days import UnclearError, read_date
from core.importing.plans import Field, guess, plain, values_of
from core.importing.values import read_list, read_yes


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2026-11-02", "", date(2026, 11, 2)),
        ("2026-11-02T08:30:00", "", date(2026, 11, 2)),
        ("2026/11/2", "", date(2026, 11, 2)),
        ("02.11.2026", "", date(2026, 11, 2)),
        ("2. 11. 2026", "", date(2026, 11, 2)),
        ("13/11/2026", "", date(2026, 11, 13)),
        ("11/13/2026", "", date(2026, 11, 13)),
        ("3/4/2026", "dmy", date(2026, 4, 3)),
        ("3/4/2026", "mdy", date(2026, 3, 4)),
        ("4/4/2026", "", date(2026, 4, 4)),
        ("2 Nov 2026", "", date(2026, 11, 2)),
        ("November 2nd, 2026", "", date(2026, 11, 2)),
        ("2. März 2026", "", date(2026, 3, 2)),
        (" ", "", None),
    ],
)
def test_dates(text, order, day):
    assert read_date(text, order) == day


@pytest.mark.parametrize(
    ("text", "order", "words"),
    [
        ("3/4/2026", "", "could be 2026-04-03 or 2026-03-04"),
        ("31.02.2026", "", "There is no such day"),
        ("11/13/2026", "dmy", "There is no such day"),
        ("1e400", "", "is no date that is understood"),
        ("2 Foo 2026", "", "is no month"),
        ("0001-01-01", "", "The year must lie between"),
    ],
)
def test_unclear_dates(text, order, words):
    with pytest.raises(UnclearError, match=words):
        read_date(text, order)


@pytest.mark.parametrize(
    ("text", "answer"), [("Yes", True), ("ja", True), ("", False), ("Nein", False)]
)
def test_yes_and_no(text, answer):
    assert read_yes(text) is answer


def test_what_is_neither_is_said():
    with pytest.raises(UnclearError, match="neither yes nor no"):
        read_yes("perhaps")


def test_lists_take_each_word_once():
    words = {"user": "user", "decision maker": "decision_maker"}

    assert read_list("user; Decision_Maker / USER,", words) == [
        "user",
        "decision_maker",
    ]
    with pytest.raises(UnclearError, match="“boss” is none of: user, decision maker"):
        read_list("boss", words)


FIELDS = [Field("name", "Name", ("contact",)), Field("email", "E-mail", ("mail",))]


@pytest.mark.parametrize(
    ("header", "mapping"),
    [
        (["Contact", "E-Mail"], {"0": "name", "1": "email"}),
        (["EMAIL", "name *"], {"0": "email", "1": "name"}),
        (["Name", "Contact"], {"0": "name"}),
        (["", "x"], {}),
    ],
)
def test_columns_are_guessed_once_each(header, mapping):
    assert guess(header, FIELDS) == mapping


def test_headings_are_compared_without_marks():
    assert plain(" E-Mail_Address: ") == "email address"


def test_values_leave_out_columns_that_a_row_lacks():
    assert values_of(["Dana"], {"0": "name", "3": "email"}) == {"name": "Dana"}
