"""Rows these tests need more of than the common factories make."""

from datetime import timedelta

from django.urls import reverse

from discovery.models import Person
from milestones.actions import claim_score, link_evidence, open_questions, write_answer
from milestones.models import Question
from tests.factories import (
    NOW,
    make_interview,
    make_organisation,
    make_person,
    make_quote,
    make_segment,
)
from tests.helpers import soup

REASON = "Three clinics told us the same story in their own words."
ANSWER = "Clinics lose three hours a week to rota changes; we will know by July."


def open_market(workspace, by):
    """A segment with its eleven questions."""
    segment = make_segment(workspace, "First customers")
    segment.created_at = NOW - timedelta(days=90)
    segment.save(update_fields=["created_at"])
    open_questions(workspace, by=by, now=NOW - timedelta(days=90))
    return segment


def question(workspace, number=1, segment=None):
    rows = Question.objects.in_workspace(workspace).filter(number=number)
    return rows.get(segment=segment) if segment else rows.get()


def said(
    workspace,
    segment,
    *,
    text="the rota broke again",
    qualifies=True,
    consent=Person.Consent.NOTES,
    names_person=True,
    **fields,
):
    """A quote from a talk with a new person of a new organisation."""
    person = make_person(
        workspace,
        organisation=make_organisation(workspace),
        segment=segment,
        consent=consent,
    )
    talk = make_interview(
        workspace, people=[person], segment=segment, qualifies=qualifies, **fields
    )
    return make_quote(talk, text, person=person if names_person else None)


def link(row, quote, *, by, stance="supports", grade=3, now=NOW, **fields):
    if grade >= 4:
        fields.setdefault("seen_by", by)
    return link_evidence(
        row, by=by, quote=quote, stance=stance, grade=grade, now=now, **fields
    )


def talks(row, count, *, by, stance="supports", grade=3, now=NOW, **fields):
    """So many talks with a linked quote each."""
    return [
        link(
            row,
            said(row.workspace, row.segment, **fields),
            by=by,
            stance=stance,
            grade=grade,
            now=now,
        )
        for _ in range(count)
    ]


def answer(row, *, by, now=NOW, looked_against="Asked ten who left; nobody."):
    return write_answer(
        row, by=by, statement=ANSWER, looked_against=looked_against, now=now
    )


def score(row, value, *, by, now=NOW, follows=None, reason=REASON, **fields):
    return claim_score(
        row, by=by, value=value, reason=reason, now=now, follows=follows, **fields
    )


def url(name, workspace, *args, **query):
    return reverse(f"milestones:{name}", args=[workspace.slug, *args], query=query)


def given(quote, **fields):
    """What the form of a quote sends."""
    data = {"target": 1, "stance": "supports", "grade": 3} | fields
    return {f"q{quote.pk}-{key}": value for key, value in data.items()}


def row_text(response, number):
    """The words of one line of the board."""
    return " ".join(soup(response).find(id=f"question-{number}").get_text(" ").split())
