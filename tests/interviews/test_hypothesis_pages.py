"""A hypothesis from draft to verdict, over the pages."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from discovery.actions import register_hypothesis, revise_hypothesis
from discovery.hypotheses import state_of
from discovery.models import Hypothesis
from interviews.actions import settle_hypothesis
from tests.factories import (
    NOW,
    TODAY,
    fresh_key,
    make_hypothesis,
    make_interview,
    make_person,
    make_quote,
    make_quote_link,
)
from tests.helpers import soup

pytestmark = pytest.mark.usefixtures("second_of_november")
LATER = NOW + timedelta(days=1)


def words(tag):
    return " ".join(tag.get_text(" ").split())


@pytest.fixture
def signed_in(client, founder):
    client.force_login(founder)
    return client


@pytest.fixture
def draft(workspace, founder):
    return make_hypothesis(workspace, "Clinics lose three hours", by=founder)


@pytest.fixture
def registered(draft, founder):
    return register_hypothesis(draft, by=founder, now=NOW)


def url(name, row=None, *, app="discovery", query=""):
    args = ["acme"] + ([row.pk] if row else [])
    return reverse(f"{app}:{name}", args=args) + query


def detail(row):
    return url("hypothesis_detail", row, app="interviews")


def settle(row):
    return url("hypothesis_settle", row, app="interviews")


def linked(hypothesis, *, text="the rota broke again", stance="supports", **talk):
    person = make_person(hypothesis.workspace, "Dana", **talk.pop("who", {}))
    interview = make_interview(hypothesis.workspace, people=[person], **talk)
    quote = make_quote(interview, text, person=person)
    return make_quote_link(quote, hypothesis=hypothesis, stance=stance)


def typed(**changes):
    return {
        "statement": "Clinics lose three hours",
        "measure": "who raises it",
        "pass_mark": "7 of 12",
        "fail_mark": "3 of 12",
        "decide_by": "2026-12-24",
        "box": "problem",
        "questions": ["1"],
        "form_key": fresh_key(),
    } | changes


# --- writing ---------------------------------------------------------------------
def test_written_registered_tested_and_settled(signed_in):
    response = signed_in.post(url("hypothesis_add"), typed())
    row = Hypothesis.objects.get()
    assert response.url == detail(row)

    signed_in.post(url("hypothesis_register", row), {"rev": 1})
    signed_in.post(settle(row), {"to": "testing"})
    linked(row)
    signed_in.post(settle(row), {"to": "validated", "reason": "8 of 12 did"})

    assert state_of(row) == "validated"
    text = words(soup(signed_in.get(detail(row))))
    assert "Pass mark met: 7 of 12" in text
    assert "8 of 12 did" in text


def test_the_same_form_twice_writes_one(signed_in):
    data = typed()

    urls = {signed_in.post(url("hypothesis_add"), data).url for _ in range(2)}

    assert (len(urls), Hypothesis.objects.count()) == (1, 1)


def test_equal_marks_come_back_with_what_was_typed(signed_in):
    response = signed_in.post(url("hypothesis_add"), typed(fail_mark="7 of 12"))

    assert response.status_code == 422
    page = soup(response)
    assert page.select_one("#id_fail_mark")["value"] == "7 of 12"
    assert "cannot hold and fail" in words(page)


def test_two_editors_meet(signed_in, draft):
    signed_in.post(url("hypothesis_edit", draft), typed(rev=1, measure="theirs"))

    response = signed_in.post(
        url("hypothesis_edit", draft), typed(rev=1, measure="ours")
    )

    assert response.status_code == 409
    text = words(soup(response).select_one("#conflict"))
    assert "theirs" in text
    assert "ours" in text


def test_a_registered_one_is_edited_by_no_page(signed_in, registered):
    seen = signed_in.get(url("hypothesis_edit", registered))
    sent = signed_in.post(url("hypothesis_edit", registered), typed(pass_mark="1"))

    assert seen.url == url("hypothesis_revise", registered)
    assert sent.status_code == 422
    assert Hypothesis.objects.get().pass_mark == registered.pass_mark


def test_registering_twice_or_too_late(signed_in, draft):
    old = signed_in.post(url("hypothesis_register", draft), {"rev": 9})
    Hypothesis.objects.update(decide_by=TODAY - timedelta(days=1))
    late = signed_in.post(url("hypothesis_register", draft), {"rev": 1})

    assert (old.status_code, late.status_code) == (409, 422)
    assert state_of(draft) == "draft"


def test_a_new_version_over_the_page(signed_in, registered):
    data = typed(reason="Too easy.", rev=registered.rev, pass_mark="9 of 12")
    response = signed_in.post(url("hypothesis_revise", registered), data)

    second = Hypothesis.objects.get(version=2)
    assert response.url == detail(second)
    assert "A later version stands" in words(soup(signed_in.get(detail(registered))))
    # the old address leads to the form of the newest
    assert signed_in.get(url("hypothesis_revise", registered)).status_code == 200
    assert signed_in.get(settle(registered)).url == detail(registered)


def test_two_new_versions_meet(signed_in, registered):
    first = typed(reason="Too easy.", rev=registered.rev, pass_mark="9 of 12")
    other = typed(reason="Hm.", rev=registered.rev, pass_mark="8 of 12")
    signed_in.post(url("hypothesis_revise", registered), first)

    response = signed_in.post(url("hypothesis_revise", registered), other)

    assert response.status_code == 409
    assert "9 of 12" in words(soup(response).select_one("#conflict"))
    assert Hypothesis.objects.count() == 2


# --- the verdict -----------------------------------------------------------------
@pytest.mark.parametrize("to", ["validated", "invalidated"])
def test_no_verdict_without_somebody_s_words(signed_in, registered, to):
    response = signed_in.post(settle(registered), {"to": to, "reason": "we think so"})

    assert response.status_code == 422
    assert "Link at least one quote" in words(soup(response))
    assert state_of(registered) == "registered"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda link: type(link).objects.update(withdrawn_at=NOW),
        lambda link: type(link.quote).objects.update(withdrawn_at=NOW),
        lambda link: type(link.quote.interview).objects.update(trashed_at=NOW),
        lambda link: type(link.quote.interview).objects.update(state="draft"),
    ],
    ids=["link withdrawn", "quote withdrawn", "talk in the trash", "talk a draft"],
)
def test_words_must_stand(registered, founder, spoil):
    spoil(linked(registered))

    with pytest.raises(ValidationError, match="Link at least one quote"):
        settle_hypothesis(registered, "validated", by=founder, now=LATER, reason="So.")


@pytest.mark.parametrize(
    ("to", "mark"),
    [
        ("validated", "Pass mark met: 7 of 12 raise it"),
        ("invalidated", "Fail mark met: fewer than 4 of 12 do"),
    ],
)
def test_a_verdict_says_which_mark_was_met(signed_in, registered, founder, to, mark):
    linked(registered)

    settle_hypothesis(registered, to, by=founder, now=LATER, reason="We counted.")

    page = soup(signed_in.get(detail(registered)))
    assert mark in words(page)
    assert "What became of it" not in words(page)


@pytest.mark.parametrize("to", ["inconclusive", "abandoned"])
def test_the_other_ends_need_a_reason_alone(signed_in, registered, to):
    empty = signed_in.post(settle(registered), {"to": to, "reason": " "})
    signed_in.post(settle(registered), {"to": to, "reason": "Nobody had time."})

    assert empty.status_code == 422
    assert state_of(registered) == to


# --- reading ---------------------------------------------------------------------
def test_readers_without_names_see_pseudonyms(client, advisor, registered):
    who = {"pseudonym": "Person 7", "consent": "notes"}
    linked(registered, text="kept to ourselves", who=who)
    linked(registered, text="may be quoted", who={"consent": "quote"}, qualifies=True)
    client.force_login(advisor)

    text = words(soup(client.get(detail(registered))))
    assert "Person 7" in text
    assert "may be quoted" in text
    assert "Dana" not in text
    assert "kept to ourselves" not in text
    assert client.get(settle(registered)).status_code == 403


def test_the_list_of_a_question_and_its_file(signed_in, draft, workspace, founder):
    Hypothesis.objects.update(questions=[3], statement="=1+1")
    late = make_hypothesis(
        workspace, "late", decide_by=TODAY, questions=[4], by=founder
    )
    register_hypothesis(late, by=founder, now=NOW)
    Hypothesis.objects.filter(pk=late.pk).update(decide_by=TODAY - timedelta(days=1))

    page = soup(signed_in.get(url("hypothesis_list")))
    heads = [words(head) for head in page.select("h2.group-head")]
    assert heads == ["Decision overdue 1", "Drafts 1"]
    third = signed_in.get(url("hypothesis_list", query="?question=3&format=csv"))
    rows = list(csv.DictReader(io.StringIO(third.content.decode("utf-8-sig"))))
    assert [(row["statement"], row["state"]) for row in rows] == [("'=1+1", "draft")]
    assert "No hypothesis speaks" in words(
        soup(signed_in.get(url("hypothesis_list", query="?question=11")))
    )


def test_first_use(signed_in):
    assert "No hypothesis yet" in words(soup(signed_in.get(url("hypothesis_list"))))


def test_versions_are_read_by_one_query_however_many(
    signed_in, registered, founder, django_assert_max_num_queries
):
    newest = registered
    for number in range(5):
        newest = revise_hypothesis(
            newest, by=founder, now=LATER, reason="Hm.", pass_mark=f"{number} of 12"
        )
    signed_in.get(detail(newest))

    with django_assert_max_num_queries(15):
        page = soup(signed_in.get(detail(registered)))
    assert "Version 6" in words(page)
