"""Consent taken back hides at once; given again, all is as before."""

import pytest
from django.db.models import Q
from django.urls import reverse

from discovery.actions import edit_person
from discovery.models import Person
from interviews.models import Quote, QuoteLink
from milestones.actions import link_evidence
from milestones.models import Question
from milestones.reports.pieces import links_of
from tests.factories import (
    NOW,
    TODAY,
    make_interview,
    make_person,
    make_problem,
    make_quote,
    make_quote_link,
    make_segment,
)
from tests.helpers import text_of
from tests.world import make_questions

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(workspace, founder, second_of_november):
    segment = make_segment(workspace)
    person = make_person(workspace, "Dana Ruiz", consent=Person.Consent.QUOTE)
    talk = make_interview(workspace, people=[person], by=founder, segment=segment)
    named = make_quote(talk, person=person)
    make_quote(talk, "Three hours lost.")
    make_quote_link(named, problem=make_problem(segment))
    question = make_questions(workspace, segment)[0]
    link_evidence(
        question,
        by=founder,
        now=NOW,
        quote=named,
        stance="supports",
        grade=3,
        occurred_on=TODAY,
    )
    return talk, person


def counted(workspace):
    """Quotes, links, pieces of evidence."""
    of_all = {"question__in": Question.objects.filter(workspace=workspace)}
    return (
        Quote.objects.standing().count(),
        QuoteLink.objects.standing().count(),
        len(links_of(Q(**of_all))),
    )


def consent(person, value, by):
    edit_person(person, by=by, now=NOW, consent=value)


def test_it_comes_and_goes(said, workspace, founder):
    _talk, person = said
    assert counted(workspace) == (2, 1, 1)

    consent(person, Person.Consent.NONE, founder)
    assert counted(workspace) == (0, 0, 0)

    consent(person, Person.Consent.QUOTE, founder)
    assert counted(workspace) == (2, 1, 1)


def test_pages_and_exports_are_silent(said, workspace, founder, client):
    talk, person = said
    consent(person, Person.Consent.NONE, founder)
    client.force_login(founder)

    page = client.get(reverse("interviews:interview_detail", args=["acme", talk.pk]))
    table = client.get(
        reverse("interviews:interview_list", args=["acme"]), {"format": "csv"}
    )

    assert "the rota broke" not in text_of(page)
    assert "Three hours" not in text_of(page)
    assert "the rota broke" not in table.content.decode()
    assert "what was noted is hidden" in text_of(page)
