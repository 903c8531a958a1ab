"""What a quote is about, beside the eleven questions."""

import pytest
from django.core.exceptions import ValidationError

from core.models import Role
from interviews.actions import link_quote, withdraw_link, withdraw_quote
from interviews.models import QuoteLink
from tests.factories import (
    NOW,
    make_interview,
    make_member,
    make_problem,
    make_quote,
    make_segment,
    make_workspace,
)

FACTS = {"stance": "supports", "grade": 3, "now": NOW}


@pytest.fixture
def workspace(db):
    return make_workspace("acme")


@pytest.fixture
def founder(workspace):
    return make_member(workspace, Role.FOUNDER).user


@pytest.fixture
def quote(workspace, founder):
    segment = make_segment(workspace)
    return make_quote(make_interview(workspace, by=founder, segment=segment))


def code_of(refused):
    error = refused.value
    if hasattr(error, "error_dict"):
        return next(iter(error.error_dict.values()))[0].code
    return error.code


def test_link_quote_to_a_problem_and_a_rung(quote, founder):
    problem = make_problem(quote.interview.segment)

    link_quote(quote, by=founder, problem=problem, **FACTS)
    link_quote(quote, by=founder, rung=1, **FACTS)

    links = QuoteLink.objects.standing().order_by("rung")
    assert {(link.problem, link.rung) for link in links} == {(problem, None), (None, 1)}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "one_target"),
        ({"rung": 1, "need": None}, "one_target"),
        ({"number": 1}, "one_target"),
        ({"rung": 6}, "rung"),
        ({"rung": 4, "grade": 4}, "no_proof"),
    ],
)
def test_link_quote_refuses(quote, founder, fields, code):
    with pytest.raises(ValidationError) as refused:
        link_quote(quote, by=founder, **FACTS | fields)

    assert code_of(refused) == code
    assert not QuoteLink.objects.exists()


def test_link_quote_refuses_a_row_of_another_venture(quote, founder):
    foreign = make_problem(make_segment(make_workspace("other")))

    with pytest.raises(ValidationError) as refused:
        link_quote(quote, by=founder, problem=foreign, **FACTS)

    assert code_of(refused) == "foreign"


def test_link_quote_refuses_a_second_link_until_the_first_is_withdrawn(quote, founder):
    first = link_quote(quote, by=founder, rung=2, **FACTS)
    with pytest.raises(ValidationError) as refused:
        link_quote(quote, by=founder, rung=2, **FACTS)
    assert code_of(refused) == "linked_before"

    withdraw_link(first, by=founder, reason="Misheard", now=NOW)
    link_quote(quote, by=founder, rung=2, **FACTS)

    assert QuoteLink.objects.standing().count() == 1


def test_link_quote_refuses_a_withdrawn_quote(quote, founder):
    withdraw_quote(quote, by=founder, now=NOW, reason="Misheard")

    with pytest.raises(ValidationError) as refused:
        link_quote(quote, by=founder, rung=1, **FACTS)

    assert code_of(refused) == "withdrawn"


@pytest.mark.parametrize("grade", [3, 6])
def test_our_own_words_prove_e2_at_most(quote, founder, grade):
    quote.is_paraphrase = True
    quote.save(update_fields=["is_paraphrase"])

    with pytest.raises(ValidationError) as refused:
        link_quote(quote, by=founder, rung=1, **FACTS | {"grade": grade})

    assert code_of(refused) == "paraphrase"
