"""Tags: the tree, merging, what a quote bears."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.models import Role
from core.revisions import OutdatedError
from interviews.actions.tags import (
    add_tag,
    living,
    merge_tags,
    move_tag,
    rename_tag,
    set_tags,
    tag_quote,
    untag_quote,
)
from interviews.models import QuoteTag, Tag
from interviews.reports.tags import in_order, tag_tree
from tests.factories import (
    NOW,
    make_interview,
    make_member,
    make_person,
    make_quote,
    make_workspace,
)


@pytest.fixture
def workspace(db):
    return make_workspace("acme")


@pytest.fixture
def by(workspace):
    return {"by": make_member(workspace, Role.FOUNDER).user, "now": NOW}


def names(quote):
    return sorted(quote.tags.values_list("tag__name", flat=True))


def url(name, tag):
    return reverse(f"interviews:{name}", args=[tag.workspace.slug, tag.pk])


def said(workspace, by, name="Dana"):
    person = make_person(workspace, name)
    talk = make_interview(workspace, by=by["by"], people=[person])
    return make_quote(talk, person=person)


def test_tags_form_three_levels(workspace, by):
    top = add_tag(workspace, name="rota", **by)
    middle = add_tag(workspace, name="Friday", parent=top, **by)
    low = add_tag(workspace, name="late call", parent=middle, **by)

    with pytest.raises(ValidationError, match="Three levels"):
        add_tag(workspace, name="deeper", parent=low, **by)
    with pytest.raises(ValidationError, match="below itself"):
        move_tag(top, parent=low, **by)


@pytest.mark.parametrize("name", ["rota", "ROTA", " rota "])
def test_a_name_is_taken_once(workspace, by, name):
    add_tag(workspace, name="rota", **by)

    with pytest.raises(ValidationError, match="of that name"):
        add_tag(workspace, name=name, **by)


@pytest.mark.parametrize("name", ["", "  ", "a, b", "x" * 81])
def test_a_tag_is_a_word_or_a_few(workspace, by, name):
    with pytest.raises(ValidationError):
        add_tag(workspace, name=name, **by)


def test_rename_tag_loses_no_save(workspace, by):
    tag = add_tag(workspace, name="rota", **by)
    rename_tag(tag, name="rotas", rev=1, **by)

    with pytest.raises(OutdatedError):
        rename_tag(tag, name="roster", rev=1, **by)


def test_merge_tags_moves_every_quote_once(workspace, by):
    both, one = said(workspace, by), said(workspace, by, "Eve")
    tag_quote(both, ["rota", "roster"], **by)
    tag_quote(one, ["roster"], **by)
    rota, roster = Tag.objects.get(name="rota"), Tag.objects.get(name="roster")

    assert merge_tags(roster, rota, **by) == 2

    assert [names(both), names(one)] == [["rota"], ["rota"]]
    assert [tag.name for tag in living(workspace)] == ["rota"]


def test_merge_tags_takes_what_stands_below(workspace, by):
    top = add_tag(workspace, name="a", **by)
    child = add_tag(workspace, name="b", parent=top, **by)
    into = add_tag(workspace, name="c", **by)

    merge_tags(top, into, **by)

    child.refresh_from_db()
    assert child.parent == into
    with pytest.raises(ValidationError):
        merge_tags(into, child, **by)


def test_tag_quote_makes_new_words_and_finds_old_ones(workspace, by):
    quote = said(workspace, by)
    add_tag(workspace, name="Rota", **by)

    tag_quote(quote, ["rota", "late call", "rota"], **by)

    assert names(quote) == ["Rota", "late call"]
    set_tags(quote, ["late call"], **by)
    assert names(quote) == ["late call"]
    untag_quote(quote, Tag.objects.get(name="late call"), **by)
    assert not QuoteTag.objects.exists()


def test_counts_include_what_stands_below_once(workspace, by):
    top = add_tag(workspace, name="a", **by)
    add_tag(workspace, name="b", parent=top, **by)
    tag_quote(said(workspace, by), ["a", "b"], **by)
    tag_quote(said(workspace, by, "Eve"), ["b"], **by)

    rows = in_order(tag_tree(workspace))

    counts = [(r.tag.name, r.level, r.quotes, r.talks, r.people) for r in rows]
    assert counts == [("a", 1, 2, 2, 2), ("b", 2, 2, 2, 2)]


def test_tag_pages(client, workspace, by):
    client.force_login(by["by"])
    quote = said(workspace, by)
    tag_quote(quote, ["rota"], **by)
    into = add_tag(workspace, name="roster", **by)
    tag = Tag.objects.get(name="rota")

    asked = client.get(url("tag_merge", tag))
    done = client.post(url("tag_merge", tag), {"into": into.pk})
    onwards = client.get(url("tag_detail", tag))
    csv = client.get(url("tag_detail", into), {"format": "csv"})

    assert "It moves 1 quote." in asked.text
    assert done.url == onwards.url == url("tag_detail", into)
    assert quote.text in csv.text
