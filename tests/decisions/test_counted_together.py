"""One large commitment, cut into many small ones, is still one."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from decisions.actions import (
    add_commitment,
    check_gate,
    close_commitment,
    edit_commitment,
    propose_smaller_step,
    sign_commitment,
)
from decisions.counted_together import Piece, Pool, folded
from decisions.errors import HeldError
from decisions.gates import GateClass, Missing, rate
from decisions.models import Commitment
from decisions.reports.gates import commitment_rows, gate_of
from decisions.smaller_steps import smaller_step
from decisions.terms import Beside, Terms
from tests.decisions.commitments import MILLION, TODAY, make_commitment, with_cash
from tests.factories import NOW
from tests.helpers import soup, text_of

CASH = 1_000_000
OVER = "We got out of it, and nothing was paid."
DAY = date(2026, 11, 2)


def piece(key, title="Second hall", vendor="", amount=40_000, **changes):
    facts = {"value": amount, "starts_on": DAY, "ends_on": DAY + timedelta(days=300)}
    facts |= {"notice_days": 30, "reversible": 100}
    return Piece(key, vendor, title, Terms(amount, **facts | changes))


# --- alike -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bechtel", "BECHTEL"),
        ("Bechtel", "Bechtel, Inc."),
        ("Hall, part 1", "Hall part 2"),
        ("Hall (1 of 4)", "Hall (2 of 4)"),
        ("Hall II", "Hall – III"),
        ("Hall 1a", "Hall 1 a"),
        ("hall-1", "Hall 2"),
        ("Café Müller GmbH", "Cafe Muller"),
        ("Hall", "Hall: smaller step"),
        ("1st lot", "2nd lot"),
    ],
)
def test_names_that_are_one(one, other):
    if one == "Hall 1a":
        assert folded(one) == "hall 1a"
    elif one == "1st lot":
        assert folded(one) == one
    else:
        assert folded(one) == folded(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bechtel", "Bechstein"),
        ("Hire: sales", "Hire: support"),
        ("PO-2026-17", "PO-2026-18"),
        ("Part 1", "Part 2"),
    ],
)
def test_names_that_are_two(one, other):
    assert folded(one) != folded(other)


def test_the_sum_is_of_vendor_or_title_and_nothing_counts_twice():
    pool = Pool(
        [
            piece(1, "Hall", "Acme"),
            piece(2, "Hall", "Acme Ltd", amount=1),
            piece(3, "Hall", "Other", amount=10),
            piece(4, "Vans", "ACME", amount=100),
            piece(5, "Vans", "Third", amount=1000),
            piece(6, "Desks", ""),
        ]
    )

    assert pool.beside(pool.pieces[1]).exposure == 111
    assert set(pool.alike(pool.pieces[1])) == {2, 3, 4}
    assert pool.beside(pool.pieces[6]) == Beside()
    # one that is not counted itself, such as an idea
    assert pool.beside(piece(7, "Desks", "Acme")).exposure == 40_000 * 2 + 101


words = st.sampled_from(["", "Acme", "Acme Inc", "Hall", "Vans 1", "Vans 2", "Desks"])


@given(st.lists(st.tuples(words, words, st.integers(1, 9**6)), min_size=1, max_size=9))
def test_the_sum_is_that_of_all_that_are_alike(rows):
    pool = Pool(piece(n, *row[:2], amount=row[2]) for n, row in enumerate(rows))

    for one in pool.pieces.values():
        expected = Beside()
        for key in pool.alike(one):
            expected += Beside.of(pool.pieces[key].terms)
        assert pool.beside(one) == expected


@given(st.integers(2, 40), st.integers(1, 2 * CASH))
def test_no_cut_softens_the_class(parts, amount):
    """Cut as one likes: no part is asked less than the whole was."""
    whole = piece(0, amount=amount)
    cut = [amount // parts] * (parts - 1)
    cut = [one for one in (*cut, amount - sum(cut)) if one]
    pool = Pool(piece(n, f"Second hall {n}", amount=a) for n, a in enumerate(cut))

    asked = rate(whole.terms, CASH).gate_class
    for part in pool.pieces.values():
        assert rate(part.terms, CASH, beside=pool.beside(part)).gate_class >= asked


def test_the_reason_says_with_how_many():
    one = rate(piece(1).terms, CASH, beside=Beside(1, 0, 61_000))
    two = rate(piece(1).terms, CASH, beside=Beside(2, 0, 61_000))

    assert one.gate_class is GateClass.C
    assert one.why.startswith("Counted together with 1 other: it is more than 10 %")
    assert two.why.startswith("Counted together with 2 others: ")


def test_what_beside_it_is_not_known_cannot_soften_it():
    found = rate(piece(1).terms, CASH, beside=Beside(2, 1, 5))

    assert (found.gate_class, found.missing) == (GateClass.D, (Missing.BESIDE,))
    assert smaller_step(piece(1).terms, CASH, beside=Beside(1, 1)) is None


def test_the_smaller_step_leaves_room_for_what_counts_with_it():
    whole = piece(1, amount=300_000).terms

    assert smaller_step(whole, CASH).amount == 100_000
    assert smaller_step(whole, CASH, beside=Beside(1, 0, 60_000)).amount == 40_000
    assert smaller_step(whole, CASH, beside=Beside(1, 0, 100_000)) is None


# --- in a venture ----------------------------------------------------------------
@pytest.fixture
def venture(workspace):
    return with_cash(workspace)


def cut(venture, parts=3, share=4, **fields):
    """Each of them class B; together over 10 % of the cash in hand."""
    return [
        make_commitment(
            venture, f"Hall, part {n}", amount_minor=share * MILLION // 100, **fields
        )
        for n in range(1, parts + 1)
    ]


def gate(row, now=NOW):
    found = commitment_rows(row.workspace).get(pk=row.pk)
    return gate_of(found, now=now).gate


def classes(rows, now=NOW):
    return "".join(gate(row, now).gate_class for row in rows)


def approved(row, by, now=NOW):
    check_gate(row, by=by, now=now)
    return Commitment.objects.get(pk=row.pk)


def signed(row, by, now=NOW):
    row = approved(row, by, now)
    return sign_commitment(row, by=by, now=now, rev=row.rev)


@pytest.mark.django_db
def test_three_parts_are_held_as_their_whole_would_be(venture, owner):
    first, second = cut(venture, 2)
    assert classes([first, second]) == "BB"
    (third,) = cut(venture, 1)

    assert classes([first, second, third]) == "CCC"
    check = check_gate(first, by=owner, now=NOW)
    assert set(check.together) == {str(second.pk), str(third.pk)}
    assert check.result == "held"


@pytest.mark.django_db
def test_signed_one_by_one_the_third_is_held(venture, owner):
    first, second = cut(venture, 2)
    for row in (first, second):
        signed(row, owner)
    (third,) = cut(venture, 1)

    with pytest.raises(HeldError):
        sign_commitment(third, by=owner, now=NOW, rev=1)


@pytest.mark.django_db
def test_approved_before_the_others_were_written_it_is_not_signed(venture, owner):
    (first,) = cut(venture, 1)
    first = approved(first, owner)
    cut(venture, 2)

    with pytest.raises(HeldError):
        sign_commitment(first, by=owner, now=NOW, rev=first.rev)


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "expected"), [(29, "C"), (30, "B"), (40, "B")])
def test_a_signature_counts_for_thirty_days(venture, owner, days, expected):
    for row in cut(venture, 2):
        signed(row, owner)
    (third,) = cut(venture, 1)

    assert classes([third], NOW + timedelta(days=days)) == expected


@pytest.mark.django_db
def test_getting_out_of_what_was_signed_does_not_make_room(venture, owner):
    for row in cut(venture, 2):
        done = signed(row, owner)
        close_commitment(
            done, by=owner, now=NOW, closing=OVER, outcome="cancelled", rev=done.rev
        )
    (third,) = cut(venture, 1)

    assert classes([third]) == "C"


@pytest.mark.django_db
def test_ideas_ask_for_nothing_until_they_are_proposed(venture, owner):
    ideas = cut(venture, 2, status="idea")
    (third,) = cut(venture, 1)
    assert classes([third]) == "B"

    for row in ideas:
        check_gate(row, by=owner, now=NOW)
    assert classes([*ideas, third]) == "CCC"


@pytest.mark.django_db
def test_what_was_cancelled_unsigned_counts_nothing(venture, owner):
    first, second, third = cut(venture)
    close_commitment(first, by=owner, now=NOW, closing=OVER)

    assert classes([second, third]) == "BB"


@pytest.mark.django_db
def test_the_whole_that_is_staged_does_not_count_beside_its_step(venture, owner):
    whole = make_commitment(venture, "Hall", amount_minor=MILLION // 2)
    step = propose_smaller_step(whole, by=owner, now=NOW)
    assert classes([step]) == "B"

    again = make_commitment(venture, "Hall", amount_minor=MILLION // 2)
    assert gate_of(commitment_rows(venture).get(pk=again.pk), now=NOW).step is None


@pytest.mark.django_db
def test_another_vendor_under_the_same_title_and_the_reverse(venture):
    amount = 6 * MILLION // 100
    one = make_commitment(venture, "Hall", counterparty="Acme", amount_minor=amount)
    two = make_commitment(venture, "Hall", counterparty="Other", amount_minor=amount)
    three = make_commitment(venture, "Vans", counterparty="Third", amount_minor=amount)

    assert classes([one, two, three]) == "CCB"


@pytest.mark.django_db
def test_an_edit_to_the_same_vendor_counts_from_then_on(venture, owner):
    amount = 6 * MILLION // 100
    one = make_commitment(venture, "Hall", counterparty="Acme", amount_minor=amount)
    two = make_commitment(venture, "Vans", counterparty="Other", amount_minor=amount)
    edit_commitment(two, by=owner, now=NOW, counterparty="ACME, Inc.")

    assert classes([one, two]) == "CC"


@pytest.mark.django_db
def test_another_venture_counts_nothing(venture, stranger):
    other = with_cash(stranger.memberships.get().workspace)
    make_commitment(other, "Second hall", amount_minor=9 * MILLION // 100)
    mine = make_commitment(venture, amount_minor=9 * MILLION // 100)

    assert classes([mine]) == "B"


@pytest.mark.django_db
def test_another_currency_without_its_value_is_said_with_the_page(
    client, venture, owner
):
    other = make_commitment(venture, currency="EUR", amount_minor=5)
    mine = make_commitment(venture)
    client.force_login(owner)
    url = reverse("decisions:commitment_detail", args=[venture.slug, mine.pk])

    answer = client.get(url)

    assert "class d" in text_of(answer).lower()
    edit = reverse("decisions:commitment_edit", args=[venture.slug, other.pk])
    assert soup(answer).select_one(f'#gate a[href="{edit}"]')


@pytest.mark.django_db
def test_the_gate_names_what_counts_with_it_and_no_more_than_eight(
    client, venture, owner
):
    rows = cut(venture, 11, share=1)
    client.force_login(owner)
    url = reverse("decisions:commitment_detail", args=[venture.slug, rows[0].pk])

    (said,) = soup(client.get(url)).select("#together")

    assert len(said.select("a")) == 8
    assert "and 2 more" in " ".join(said.get_text(" ").split())


@pytest.mark.django_db
@pytest.mark.usefixtures("second_of_november")
def test_the_list_shows_the_class_of_the_sum(client, venture, owner):
    rows = cut(venture)
    add_commitment(
        venture,
        by=owner,
        now=NOW,
        title="Desks",
        currency=venture.currency,
        amount_minor=MILLION // 100,
        starts_on=TODAY,
        ends_on=TODAY,
        notice_days=1,
        reversible_share=100,
    )
    client.force_login(owner)
    said = text_of(
        client.get(reverse("decisions:commitment_list", args=[venture.slug]))
    )

    assert said.count("class C") == len(rows)
    assert said.count("class A") == 1
