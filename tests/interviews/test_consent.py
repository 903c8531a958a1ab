"""Consent taken back hides at once; given again, all is as before."""

import pytest
from django.db.models import Q
from django.urls import reverse

from core.actions.tokens import issue_token
from discovery.actions import edit_person
from discovery.models import Person
from interviews.models import Quote, QuoteLink
from milestones.actions import link_evidence
from milestones.models import EvidenceLink, Question
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
    make_stored_file,
)
from tests.helpers import text_of
from tests.interviews.survey_cases import make_response, make_survey
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


def words_on(client, name, *ids):
    """A page of the venture by its route; "" where there is none, or it leads on."""
    response = client.get(reverse(name, args=["acme", *ids]))
    return response.content.decode() if response.status_code == 200 else ""


def test_pages_that_edit_link_or_withdraw_are_silent_too(
    said, workspace, founder, client
):
    talk, person = said
    quote = talk.quotes.get(person=person)
    pages = [
        ("interviews:interview_edit", talk.pk),
        ("interviews:quote_edit", quote.pk),
        ("interviews:quote_withdraw", quote.pk),
        ("milestones:evidence_add", quote.pk),
        ("milestones:evidence_withdraw", quote.evidence.get().pk),
        ("milestones:evidence_answer", quote.evidence.get().pk),
        ("milestones:quote_link_withdraw", quote.links.get().pk),
    ]
    client.force_login(founder)
    before = {page: "the rota broke" in words_on(client, *page) for page in pages}
    consent(person, Person.Consent.NONE, founder)

    assert all(before.values()), before
    assert not any("the rota broke" in words_on(client, *page) for page in pages)
    url = reverse("interviews:quote_add", args=["acme", talk.pk])
    assert client.get(url, {"paragraph": "1"}).status_code == 404


def test_somebody_elses_save_does_not_show_them(said, workspace, founder, client):
    """The page of a conflict holds what stands now; what was typed is given back."""
    talk, person = said
    client.force_login(founder)
    consent(person, Person.Consent.NONE, founder)

    for headers in ({}, {"HX-Request": "true"}):
        for more in ({}, {"both": talk.rev, "kind": "nonsense"}):
            answer = client.post(
                reverse("interviews:interview_finish", args=["acme", talk.pk]),
                {"notes": "My own words", "who": "Dana Ruiz", "base_rev": 0} | more,
                headers=headers,
            )
            assert "the rota broke" not in answer.content.decode()
            assert "My own words" in answer.content.decode()


def test_answers_to_surveys_stand_without_name_and_words(
    said, workspace, founder, client
):
    talk, person = said
    survey = make_survey(workspace, segment=talk.segment, by=founder)
    make_response(survey, person=person)
    client.force_login(founder)
    url = reverse("interviews:survey_detail", args=["acme", survey.pk])
    shown = client.get(url).content.decode()
    consent(person, Person.Consent.NONE, founder)

    page = client.get(url).content.decode()
    table = client.get(url, {"format": "csv"}).content.decode()
    assert "Dana Ruiz" in shown
    assert "saves my Fridays" in shown
    for text in (page, table):
        assert "Dana Ruiz" not in text
        assert "saves my Fridays" not in text
    assert survey.responses.standing().count()


@pytest.mark.parametrize("of_question", [False, True])
def test_the_proof_of_hidden_words_is_hidden_with_them(
    client, workspace, founder, said, of_question
):
    _talk, person = said
    file = make_stored_file(workspace, by=founder)
    links = EvidenceLink if of_question else QuoteLink
    proof = {"proof_file": file, "had_proof_file": True}
    links.objects.filter(quote__person=person).update(**proof)
    client.force_login(founder)
    url = reverse("core:file_download", args=[workspace.slug, file.pk])
    found = []
    for consent in ("quote", "none", "notes"):
        Person.objects.filter(pk=person.pk).update(consent=consent)
        found.append(client.get(url).status_code)

    assert found == [200, 404, 200]


def test_the_address_of_a_proof_is_hidden_too(client, workspace, founder, said):
    _talk, person = said
    EvidenceLink.objects.update(proof_url="https://x.example/letter")
    QuoteLink.objects.update(proof_url="https://x.example/letter")
    client.force_login(founder)
    token = issue_token(
        founder.memberships.get(workspace=workspace), by=founder, now=NOW, name="T"
    )[1]
    bearer = {"Authorization": f"Bearer {token}"}
    quote = Quote.objects.get(person=person)
    urls = [
        reverse("milestones:question_detail", args=[workspace.slug, 1]),
        reverse("milestones:inbox", args=[workspace.slug]),
        "/api/v1/questions/1/evidence",
        "/api/v1/quotes",
        f"/api/v1/quotes/{quote.pk}",
    ]

    def seen():
        pages = [client.get(url, headers=bearer).content for url in urls]
        return [b"x.example/letter" in page for page in pages]

    before = seen()
    Person.objects.filter(pk=person.pk).update(consent="none")

    assert (any(before), seen()) == (True, [False] * len(urls))
