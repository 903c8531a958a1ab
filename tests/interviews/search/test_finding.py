from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from discovery.models import Problem
from interviews.models import Interview
from interviews.search import find, index, matching_interviews, reindex
from interviews.search.finding import FIRST_ROWS, ROWS, find_kind
from tests.factories import (
    NOW,
    make_interview,
    make_organisation,
    make_person,
    make_quote,
    make_segment,
    make_workspace,
)

pytestmark = pytest.mark.django_db


def talk(workspace, notes, **fields):
    interview = make_interview(workspace, notes=notes, **fields)
    index(Interview, [interview.pk])
    return interview


def talks_found(workspace, typed):
    findings = find_kind(workspace, typed, kind="interview", page="1")
    return {hit.row for group in findings.groups for hit in group.hits}


NOTES = "The rota broke again. José spent 1.234 € in the Straße; 東京タワー. Don't ask."


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("rota", True),
        ("ROTA", True),
        ("rot", True),
        ("rot broke", False),
        ("rot* broke", True),
        ("broke rota", True),
        ('"rota broke"', True),
        ('"broke rota"', False),
        ('"rota bro"', False),
        ('"rota bro"*', True),
        ('"rota bro', True),
        ("jose", True),
        ("josé", True),
        ("strasse", True),
        ("straß", True),
        ("1.234", True),
        ("1,234", True),
        ("1234", False),
        ("東京", True),
        ("京東", False),
        ("タワ", True),
        ("don't", True),
        ("don’t ask", True),
        ("rota NOT broke", False),
        ("rota zebra", False),
        ("zebra", False),
        ("r", False),
        ("", False),
        ("* : - ( ) ^ { } \\", False),
        ("'rota' & | ! <->", True),
        ("rota\x00broke", True),
        ('NEAR("rota")', False),
        ("words:rota", False),
        ('"', False),
        ('"""rota""', True),
    ],
)
def test_the_same_words_find_the_same_on_every_database(workspace, typed, is_found):
    interview = talk(workspace, NOTES)

    assert talks_found(workspace, typed) == ({interview} if is_found else set())


@pytest.mark.parametrize("special", [*"\"'\\:*-^(){}+&|!<>~", "\ue000", "\ud7ff"])
def test_no_character_breaks_a_question(workspace, special):
    interview = talk(workspace, f"rota{special}broke {special}")

    assert talks_found(workspace, f"{special}broke{special} rota") == {interview}


def test_words_of_a_long_talk_are_found_together(workspace):
    notes = "alpha " * 600 + "middle of it all " + "beta " * 2600 + "omega"
    interview = talk(workspace, notes)

    for typed in ("alpha omega", '"middle of it"', "alp*  beta", '"beta omega"'):
        assert talks_found(workspace, typed) == {interview}
    for typed in ("alpha zebra", '"alpha omega"'):
        assert talks_found(workspace, typed) == set()


def test_a_long_talk_is_found_once_and_shown_where_it_matches(workspace):
    talk(workspace, "alpha " * 3000 + "then the needle " + "beta " * 3000)

    (group,) = find(workspace, "needle").groups

    assert group.total == 1
    assert "alpha then the needle beta" in str(group.hits[0].snippet)


@pytest.mark.parametrize("size", [255, 256, 257, 1999, 2000, 2001, 4001])
def test_a_phrase_is_found_wherever_a_text_is_cut(workspace, size):
    interview = talk(workspace, "same " * size + "almost last words")

    assert talks_found(workspace, '"same same almost last"') == {interview}


def test_a_phrase_does_not_go_from_field_to_field(workspace):
    talk(workspace, "The rota broke", next_step="again on Monday")

    assert talks_found(workspace, '"broke again"') == set()


def test_no_other_venture_is_found(workspace):
    talk(make_workspace("Other"), NOTES)

    assert find(workspace, "rota").total == 0


def test_even_ventures_with_the_same_key_are_apart(workspace):
    twin = workspace.pk.hex[:6] + "0" * 26
    other = make_workspace("Twin", id=twin)
    talk(other, NOTES)

    assert find(workspace, "rota").total == 0


def test_every_kind_is_found_and_counted(workspace):
    segment = make_segment(workspace)
    organisation = make_organisation(workspace, "Rota Clinic")
    person = make_person(workspace, "Dana", organisation=organisation)
    interview = make_interview(workspace, people=[person], notes="rota")
    make_quote(interview, "the rota broke", person=person)
    Problem.objects.create(
        workspace=workspace, segment=segment, statement="Rota breaks", created_at=NOW
    )
    reindex(workspace)

    findings = find(workspace, "rota")

    assert {kind: n for kind, n in findings.totals.items() if n} == {
        "quote": 1,
        "interview": 1,
        "person": 1,
        "organisation": 1,
        "problem": 1,
    }
    assert [group.kind for group in findings.groups] == list(findings.totals)[:5]


def many(workspace, number):
    rows = [
        make_interview(workspace, notes="rota", held_at=NOW - timedelta(days=n % 20))
        for n in range(number)
    ]
    reindex(workspace)
    return sorted(rows, key=lambda row: (-row.held_at.timestamp(), row.pk))


def test_the_newest_stand_first_and_equals_by_their_id(workspace):
    rows = many(workspace, 30)

    first = find_kind(workspace, "rota", kind="interview", page="1")
    last = find_kind(workspace, "rota", kind="interview", page="2")

    assert [hit.row for hit in first.groups[0].hits] == rows[:ROWS]
    assert [hit.row for hit in last.groups[0].hits] == rows[ROWS:]
    assert [hit.row for hit in find(workspace, "rota").groups[0].hits] == (
        rows[:FIRST_ROWS]
    )


def test_a_page_that_is_not_there_is_the_last(workspace):
    many(workspace, 26)

    for page in ("99", "2"):
        found = find_kind(workspace, "rota", kind="interview", page=page)
        assert (found.page.number, len(found.groups[0].hits)) == (2, 1)


def test_lists_can_be_narrowed_to_talks_that_match(workspace):
    interview = talk(workspace, "rota")
    talk(workspace, "other")

    rows = Interview.objects.filter(pk__in=matching_interviews(workspace, "rota"))

    assert list(rows) == [interview]


def test_the_number_of_queries_does_not_grow(workspace):
    counts = []
    for number in (3, 30):
        many(workspace, number)
        with CaptureQueriesContext(connection) as queries:
            find(workspace, "rota")
        counts.append(len(queries))

    assert counts[0] == counts[1]
