"""Tags as a tree, with how many quotes, talks and people stand behind each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from interviews.actions.tags import living
from interviews.models import Quote, QuoteTag, Tag

if TYPE_CHECKING:
    from core.models import Workspace


@dataclass(frozen=True)
class Branch:
    """A tag with what stands below it. Counts include those below, each once."""

    tag: Tag
    level: int
    quotes: int
    talks: int
    people: int
    children: tuple[Branch, ...]


def tag_tree(workspace: Workspace) -> tuple[Branch, ...]:
    """Two queries."""
    uses: dict = {}
    for tag, *found in heard(workspace):
        uses.setdefault(tag, []).append(found)
    children: dict = {}
    for tag in living(workspace):
        children.setdefault(tag.parent_id, []).append(tag)

    def grow(tag, level):
        rows = list(uses.get(tag.pk, ()))
        grown = [grow(child, level + 1) for child in children.get(tag.pk, ())]
        rows += [row for _branch, more in grown for row in more]
        quotes, talks, people = (
            len({row[place] for row in rows} - {None}) for place in range(3)
        )
        below = tuple(branch for branch, _more in grown)
        return Branch(tag, level, quotes, talks, people, below), rows

    return tuple(grow(tag, 1)[0] for tag in children.get(None, ()))


def heard(workspace: Workspace):
    """(tag, quote, talk, person) of quotes that stand."""
    rows = QuoteTag.objects.in_workspace(workspace).filter(
        quote__withdrawn_at=None, quote__interview__trashed_at=None
    )
    return rows.values_list("tag", "quote", "quote__interview", "quote__person")


def in_order(tree: tuple[Branch, ...]) -> list[Branch]:
    """Every branch, parents before children."""
    return [row for branch in tree for row in (branch, *in_order(branch.children))]


def family(branch: Branch) -> list:
    return [row.tag.pk for row in in_order((branch,))]


def quotes_tagged(workspace: Workspace, tags: list):
    """Quotes that bear one of these tags, the newest first."""
    quotes = Quote.objects.in_workspace(workspace).standing()
    return (
        quotes.filter(interview__trashed_at=None, tags__tag__in=tags)
        .distinct()
        .select_related("person__organisation", "interview__segment")
        .prefetch_related("tags__tag")
        .order_by("-created_at", "pk")
    )
