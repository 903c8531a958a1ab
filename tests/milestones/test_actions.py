"""Writes: what they keep, what they refuse, what they log."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from core.models import ActivityEntry
from milestones.actions import (
    answer_evidence,
    open_questions,
    open_questions_for_segment,
    question_in,
    withdraw_evidence,
    write_answer,
)
from milestones.conflicts import OutdatedError
from milestones.models import Answer, EvidenceLink, Question, Score
from milestones.scope import scope_of
from tests.factories import (
    NOW,
    TODAY,
    make_actual,
    make_metric,
    make_segment,
    make_workspace,
    weeks,
)
from tests.milestones.rows import (
    ANSWER,
    REASON,
    answer,
    link,
    open_market,
    question,
    said,
    score,
    talks,
)


def verbs(workspace):
    rows = ActivityEntry.objects.in_workspace(workspace)
    return sorted(rows.values_list("verb", flat=True))


# --- opening ----------------------------------------------------------------------


def test_open_questions_makes_eight_for_each_segment_and_three_for_the_model(
    workspace, founder
):
    first, second = make_segment(workspace, "A"), make_segment(workspace, "B")

    open_questions(workspace, by=founder, now=NOW)

    numbers = list(
        Question.objects.in_workspace(workspace)
        .order_by("number")
        .values_list("number", "segment")
    )
    per_segment = [(n, s.pk) for n in range(1, 9) for s in (first, second)]
    assert sorted(numbers[:16], key=str) == sorted(per_segment, key=str)
    assert numbers[16:] == [(9, None), (10, None), (11, None)]
    entry = ActivityEntry.objects.in_workspace(workspace).get(verb="questions.opened")
    assert entry.data == {"count": 19}


def test_open_questions_again_changes_nothing(workspace, founder):
    open_market(workspace, founder)

    open_questions(workspace, by=founder, now=NOW)

    assert Question.objects.in_workspace(workspace).count() == 11
    assert verbs(workspace) == ["questions.opened"]


def test_open_questions_before_the_market_does_nothing(workspace, founder):
    open_questions(workspace, by=founder, now=NOW)

    assert not Question.objects.in_workspace(workspace).exists()


def test_open_questions_for_segment_adds_its_eight(workspace, founder):
    open_market(workspace, founder)
    later = make_segment(workspace, "Later")

    open_questions_for_segment(later, by=founder, now=NOW)

    assert list(later.questions.values_list("number", flat=True)) == list(range(1, 9))
    assert Question.objects.in_workspace(workspace).count() == 19


def test_question_in_opens_a_new_segments_questions(workspace, founder):
    open_market(workspace, founder)
    later = make_segment(workspace, "Later")

    found = question_in(scope_of(workspace, later.pk), 4, by=founder, now=NOW)

    assert (found.segment, found.number) == (later, 4)
    assert later.questions.count() == 8


def test_question_in_needs_a_segment(workspace, founder):
    with pytest.raises(ValidationError) as refused:
        question_in(scope_of(workspace), 1, by=founder, now=NOW)

    assert refused.value.code == "no_segment"


# --- answers ----------------------------------------------------------------------


def test_write_answer_keeps_every_version(workspace, founder):
    open_market(workspace, founder)
    row = question(workspace)
    first = answer(row, by=founder)

    second = write_answer(
        row, by=founder, statement=f"{ANSWER} Or June.", follows=first.pk, now=NOW
    )

    assert second.supersedes == first
    assert Answer.objects.filter(question=row).count() == 2
    assert verbs(workspace)[:2] == ["answer.written", "answer.written"]


def test_write_answer_on_top_of_an_older_one_is_a_conflict(workspace, founder):
    open_market(workspace, founder)
    row = question(workspace)
    first = answer(row, by=founder)

    with pytest.raises(OutdatedError) as conflict:
        write_answer(row, by=founder, statement=ANSWER, follows=None, now=NOW)

    assert conflict.value.latest == first


def test_write_answer_refuses_a_word(workspace, founder):
    open_market(workspace, founder)

    with pytest.raises(ValidationError):
        write_answer(question(workspace), by=founder, statement="yes      ", now=NOW)


# --- evidence ---------------------------------------------------------------------


def test_link_evidence_takes_the_day_of_the_talk(workspace, founder):
    segment = open_market(workspace, founder)
    held_at = NOW - timedelta(days=9)

    linked = link(
        question(workspace), said(workspace, segment, held_at=held_at), by=founder
    )

    assert linked.occurred_on == held_at.date()
    entry = ActivityEntry.objects.get(verb="evidence.linked")
    assert entry.data == {"question": 1, "stance": "supports", "grade": 3}


def test_link_evidence_takes_a_number_without_other_proof(workspace, founder):
    open_market(workspace, founder)
    [(start, end)] = weeks(TODAY - timedelta(days=7), 1)
    actual = make_actual(make_metric(workspace), start, end, 2000)

    linked = link(question(workspace, 9), None, by=founder, grade=4, actual=actual)

    assert linked.occurred_on == end


@pytest.mark.parametrize(
    ("given", "expected"), [(None, TODAY), (date(2026, 9, 1), date(2026, 9, 1))]
)
def test_link_evidence_takes_a_document(workspace, founder, given, expected):
    open_market(workspace, founder)

    linked = link(
        question(workspace, 9),
        None,
        by=founder,
        document="Invoice 12",
        occurred_on=given,
    )

    assert linked.occurred_on == expected


def refused_code(call):
    with pytest.raises(ValidationError) as refused:
        call()
    error = refused.value
    if hasattr(error, "error_dict"):
        return next(iter(error.error_dict.values()))[0].code
    return error.code


def test_link_evidence_refuses_what_it_must(workspace, founder):
    segment = open_market(workspace, founder)
    row = question(workspace)
    quote = said(workspace, segment)
    withdrawn = said(workspace, segment)
    withdrawn.withdrawn_at = NOW
    withdrawn.save(update_fields=["withdrawn_at"])
    other = make_workspace()
    foreign = said(other, make_segment(other))

    codes = [
        refused_code(lambda: link(row, None, by=founder)),
        refused_code(lambda: link(row, quote, by=founder, document="Invoice")),
        refused_code(lambda: link(row, foreign, by=founder)),
        refused_code(lambda: link(row, withdrawn, by=founder)),
        refused_code(lambda: link(row, quote, by=founder, grade=4, seen_by=None)),
    ]

    assert codes == ["one_source", "one_source", "foreign", "withdrawn", "no_proof"]
    assert not EvidenceLink.objects.exists()


def test_link_evidence_once_for_a_question(workspace, founder):
    segment = open_market(workspace, founder)
    quote = said(workspace, segment)
    first = link(question(workspace, 1), quote, by=founder)
    link(question(workspace, 2), quote, by=founder, grade=1)

    again = refused_code(lambda: link(question(workspace, 1), quote, by=founder))
    withdraw_evidence(first, by=founder, reason="Wrong grade", now=NOW)
    relinked = link(question(workspace, 1), quote, by=founder, grade=2)

    assert again == "linked_before"
    assert relinked.pk != first.pk


@pytest.mark.parametrize("proof", ["proof_url", "seen_by"])
def test_link_evidence_from_e4_with_either_proof(workspace, founder, proof):
    segment = open_market(workspace, founder)
    given = {
        "proof_url": "https://example.com/invoice" if proof == "proof_url" else "",
        "seen_by": founder if proof == "seen_by" else None,
    }

    linked = link(
        question(workspace), said(workspace, segment), by=founder, grade=6, **given
    )

    assert linked.grade == 6


def test_withdraw_evidence_keeps_the_row_and_the_reason(workspace, founder):
    segment = open_market(workspace, founder)
    linked = link(question(workspace), said(workspace, segment), by=founder)

    withdraw_evidence(linked, by=founder, reason="Misheard", now=NOW)

    kept = EvidenceLink.objects.get()
    assert (kept.withdrawn_at, kept.withdrawn_reason) == (NOW, "Misheard")
    assert verbs(workspace) == [
        "evidence.linked",
        "evidence.withdrawn",
        "questions.opened",
    ]
    again = refused_code(
        lambda: withdraw_evidence(kept, by=founder, reason="Again", now=NOW)
    )
    assert again == "withdrawn"


def test_answer_evidence_keeps_the_first_moment(workspace, founder):
    segment = open_market(workspace, founder)
    linked = link(
        question(workspace), said(workspace, segment), by=founder, stance="contradicts"
    )
    later = NOW + timedelta(days=1)

    answer_evidence(linked, by=founder, answer="They left for the price.", now=NOW)
    answer_evidence(linked, by=founder, answer="For price and distance.", now=later)

    kept = EvidenceLink.objects.get()
    assert (kept.answered_at, kept.answer) == (NOW, "For price and distance.")


def test_answer_evidence_refuses_what_is_withdrawn(workspace, founder):
    segment = open_market(workspace, founder)
    linked = link(question(workspace), said(workspace, segment), by=founder)
    withdraw_evidence(linked, by=founder, reason="Misheard", now=NOW)

    code = refused_code(
        lambda: answer_evidence(linked, by=founder, answer="No", now=NOW)
    )

    assert code == "withdrawn"


# --- scores -----------------------------------------------------------------------


def test_claim_score_keeps_what_was_known(workspace, founder):
    open_market(workspace, founder)
    row = question(workspace)
    links = talks(row, 3, by=founder)
    answer(row, by=founder)

    claimed = score(row, 4, by=founder)

    assert (claimed.value, claimed.supported, claimed.round) == (4, 2, 1)
    assert set(claimed.evidence.all()) == set(links)
    entry = ActivityEntry.objects.get(verb="score.claimed")
    assert entry.data == {"question": 1, "value": 4, "supported": 2, "round": 1}


@pytest.mark.parametrize(
    ("value", "reason", "linked", "code"),
    [
        (1, "too short", True, "too_short"),
        (1, " " * 60, True, "too_short"),
        (1, "\u200b" * 60, True, "too_short"),
        (2, REASON, False, "no_evidence"),
        (2, REASON, True, None),
        (1, REASON, False, None),
        (0, REASON, False, None),
    ],
)
def test_claim_score_needs_reason_and_evidence(
    workspace, founder, value, reason, linked, code
):
    open_market(workspace, founder)
    row = question(workspace)
    if linked:
        talks(row, 1, by=founder)

    if code is None:
        assert score(row, value, by=founder, reason=reason).value == value
    else:
        found = refused_code(lambda: score(row, value, by=founder, reason=reason))
        assert found == code
        assert not Score.objects.exists()


def test_claim_score_withdrawn_evidence_is_none(workspace, founder):
    open_market(workspace, founder)
    row = question(workspace)
    [linked] = talks(row, 1, by=founder)
    withdraw_evidence(linked, by=founder, reason="Misheard", now=NOW)

    assert refused_code(lambda: score(row, 2, by=founder)) == "no_evidence"


def test_claim_score_follows_the_latest_of_its_author(workspace, owner, founder):
    open_market(workspace, founder)
    row = question(workspace)
    first = score(row, 1, by=founder)
    score(row, 0, by=owner)

    second = score(row, 0, by=founder, follows=first.pk)

    assert second.supersedes == first
    with pytest.raises(OutdatedError) as conflict:
        score(row, 1, by=founder, follows=first.pk)
    assert conflict.value.latest == second


def test_claim_score_refuses_an_unknown_predecessor(workspace, founder):
    open_market(workspace, founder)

    with pytest.raises(OutdatedError) as conflict:
        score(question(workspace), 1, by=founder, follows=uuid4())

    assert conflict.value.latest is None


def test_claim_score_opens_and_closes_rounds(workspace, owner, founder):
    open_market(workspace, founder)
    row = question(workspace)
    day = timedelta(days=1)

    a1 = score(row, 1, by=founder)
    b1 = score(row, 1, by=owner, now=NOW + day)
    a2 = score(row, 0, by=founder, now=NOW + 2 * day, follows=a1.pk)
    slip = score(row, 1, by=owner, now=NOW + 3 * day, follows=b1.pk, is_correction=True)
    late = score(row, 1, by=owner, now=NOW + 9 * day, follows=slip.pk)

    assert [s.round for s in (a1, b1, a2, slip, late)] == [1, 1, 2, 1, 3]
