"""Words for what quotes have in common: a tree of three levels at most."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log
from core.revisions import take_up, write
from interviews.models import Quote, QuoteTag, Tag

if TYPE_CHECKING:
    from core.models import User, Workspace

DEEPEST = 3


def living(workspace: Workspace):
    """Tags that no other has taken in."""
    return Tag.objects.in_workspace(workspace).filter(merged_into=None)


# --- tags ------------------------------------------------------------------------
@transaction.atomic
def add_tag(
    workspace: Workspace,
    *,
    by: User,
    now: datetime,
    name: str,
    parent: Tag | None = None,
    definition: str = "",
) -> Tag:
    name = tidy(name)
    refuse_taken(workspace, name)
    refuse_misplaced(workspace, None, parent)
    tag = Tag.objects.create(
        workspace=workspace,
        name=name,
        parent=parent,
        definition=definition,
        created_by=by,
        created_at=now,
    )
    log(workspace, by=by, verb="tag.added", subject=tag, now=now)
    return tag


@transaction.atomic
def rename_tag(
    tag: Tag,
    *,
    by: User,
    now: datetime,
    name: str,
    definition: str = "",
    rev: int | None = None,
) -> Tag:
    """Raises OutdatedError when somebody saved in between."""
    current = take_up(tag, rev)
    refuse_merged(current)
    name = tidy(name)
    refuse_taken(current.workspace, name, but=current)
    changed = write(current, {"name": name, "definition": definition})
    return note(current, changed, by=by, now=now)


@transaction.atomic
def move_tag(tag: Tag, *, by: User, now: datetime, parent: Tag | None) -> Tag:
    """Below another, or to the top, with everything below it."""
    current = take_up(tag, None)
    refuse_merged(current)
    refuse_misplaced(current.workspace, current, parent)
    return note(current, write(current, {"parent": parent}), by=by, now=now)


@transaction.atomic
def merge_tags(tag: Tag, into: Tag, *, by: User, now: datetime) -> int:
    """All quotes of `tag` go to `into`, with what stands below it; how many they were."""
    tag, into = take_up(tag, None), take_up(into, None)
    refuse_merged(tag)
    refuse_merged(into)
    if tag.workspace_id != into.workspace_id:
        raise ValidationError(_("That belongs to another venture."), code="foreign")
    if into.pk == tag.pk or into.pk in below(tag):
        why = _("A tag cannot be merged into itself or into a part of itself.")
        raise ValidationError({"into": why})
    if tag.children.filter(merged_into=None).exists():
        refuse_misplaced(tag.workspace, tag, into, own_level=False)
        tag.children.filter(merged_into=None).update(parent=into)
    uses = tag.uses.all()
    moved = uses.count()
    has_both = into.uses.values("quote")
    uses.filter(quote__in=list(has_both.values_list("quote", flat=True))).delete()
    tag.uses.update(tag=into)
    write(tag, {"merged_into": into})
    log(tag.workspace, by=by, verb="tag.merged", subject=into, now=now, quotes=moved)
    return moved


# --- tags of a quote -------------------------------------------------------------
@transaction.atomic
def tag_quote(quote: Quote, names: Iterable[str], *, by: User, now: datetime) -> None:
    """Words not known yet become tags at the top of the tree."""
    for name in dict.fromkeys(tidy(name) for name in names):
        tag = living(quote.workspace).filter(name__iexact=name).first()
        if tag is None:
            tag = add_tag(quote.workspace, by=by, now=now, name=name)
        facts = {"workspace_id": quote.workspace_id, "by": by, "tagged_at": now}
        _use, is_new = QuoteTag.objects.get_or_create(
            quote=quote, tag=tag, defaults=facts
        )
        if is_new:
            about = {"tag": str(tag.pk)}
            log(
                quote.workspace,
                by=by,
                verb="quote.tagged",
                subject=quote,
                now=now,
                **about,
            )


@transaction.atomic
def untag_quote(quote: Quote, tag: Tag, *, by: User, now: datetime) -> None:
    gone, _kinds = quote.tags.filter(tag=tag).delete()
    if gone:
        about = {"tag": str(tag.pk)}
        log(
            quote.workspace,
            by=by,
            verb="quote.untagged",
            subject=quote,
            now=now,
            **about,
        )


@transaction.atomic
def set_tags(quote: Quote, names: Iterable[str], *, by: User, now: datetime) -> None:
    """Exactly these words, whatever it bore before."""
    wanted = [tidy(name) for name in names]
    kept = {name.casefold() for name in wanted}
    for use in quote.tags.select_related("tag"):
        if use.tag.name.casefold() not in kept:
            untag_quote(quote, use.tag, by=by, now=now)
    tag_quote(quote, wanted, by=by, now=now)


# --- rules -----------------------------------------------------------------------
def tidy(name: str) -> str:
    words = " ".join(name.split())
    if not words or "," in words:
        raise ValidationError(_("A tag is a word or a few, without a comma."))
    if len(words) > Tag._meta.get_field("name").max_length:
        raise ValidationError(_("A tag has 80 characters at most."))
    return words


def refuse_taken(workspace: Workspace, name: str, *, but: Tag | None = None) -> None:
    same = living(workspace).filter(name__iexact=name)
    if same.exclude(pk=but.pk if but else None).exists():
        raise ValidationError({"name": _("There is a tag of that name already.")})


def refuse_merged(tag: Tag) -> None:
    if tag.merged_into_id is not None:
        raise ValidationError(_("It was merged into another tag."), code="merged")


def refuse_misplaced(
    workspace: Workspace, tag: Tag | None, parent: Tag | None, *, own_level: bool = True
) -> None:
    """Three levels, no circle. `own_level`: whether the tag itself takes one."""
    if parent is None:
        return
    if parent.workspace_id != workspace.pk:
        raise ValidationError(_("That belongs to another venture."), code="foreign")
    if tag is not None and (parent.pk == tag.pk or parent.pk in below(tag)):
        raise ValidationError({"parent": _("A tag cannot stand below itself.")})
    needed = (height(tag) if tag else 1) - (0 if own_level else 1)
    if depth(parent) + needed > DEEPEST:
        raise ValidationError({"parent": _("Three levels are enough.")})


def depth(tag: Tag) -> int:
    """1 for a tag at the top."""
    return 1 + (depth(tag.parent) if tag.parent else 0)


def height(tag: Tag) -> int:
    """Levels it takes with everything below it."""
    below_it = tag.children.filter(merged_into=None)
    return 1 + max((height(child) for child in below_it), default=0)


def below(tag: Tag) -> set:
    """Ids of everything below it."""
    found = set()
    for child in tag.children.all():
        found |= {child.pk} | below(child)
    return found


def note(tag: Tag, changed: list[str], *, by: User, now: datetime) -> Tag:
    if changed:
        log(
            tag.workspace,
            by=by,
            verb="tag.edited",
            subject=tag,
            now=now,
            fields=changed,
        )
    return tag
