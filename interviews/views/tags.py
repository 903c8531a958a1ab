"""Tags: the tree, one tag with its quotes, adding, renaming, moving, merging."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.access import workspace_view
from core.downloads import attached
from core.htmx import go
from core.models import Permission
from core.once import submit_once
from core.revisions import OutdatedError
from interviews.actions.tags import add_tag, merge_tags, move_tag, rename_tag
from interviews.forms.tags import MergeForm, MoveForm, TagForm
from interviews.lists_csv import tags_csv
from interviews.models import Tag
from interviews.quotes_csv import quotes_csv
from interviews.reports.tags import family, in_order, quotes_tagged, tag_tree

ROWS = 25


@workspace_view(Permission.SEE_PEOPLE)
def tag_list(request, workspace):
    branches = in_order(tag_tree(workspace))
    if request.GET.get("format") == "csv":
        return attached(tags_csv(branches), f"tags-{workspace.slug}")
    context = {
        "workspace": workspace,
        "branches": branches,
        "can_log": Permission.LOG in request.may,
    }
    return render(request, "interviews/tag_list.html", context)


@workspace_view(Permission.SEE_PEOPLE)
def tag_detail(request, workspace, pk):
    """All its quotes, and those of the tags below it. A merged one leads onwards."""
    tag = get_object_or_404(Tag.objects.in_workspace(workspace), pk=pk)
    if tag.merged_into_id is not None:
        return redirect("interviews:tag_detail", workspace.slug, tag.merged_into_id)
    branches = in_order(tag_tree(workspace))
    branch = next(row for row in branches if row.tag.pk == tag.pk)
    quotes = quotes_tagged(workspace, family(branch))
    if request.GET.get("format") == "csv":
        return attached(quotes_csv(quotes), f"quotes-{workspace.slug}")
    context = {
        "workspace": workspace,
        "branch": branch,
        "page": Paginator(quotes, ROWS).get_page(request.GET.get("page")),
        "today": workspace.today(clock.now()),
        "can_log": Permission.LOG in request.may,
    }
    return render(request, "interviews/tag_detail.html", context)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def tag_add(request, workspace):
    form = TagForm(posted(request), workspace=workspace)

    def write():
        tag = add_tag(workspace, by=request.user, now=clock.now(), **form.cleaned_data)
        return page_of(tag)

    back = reverse("interviews:tag_list", args=[workspace.slug])
    context = {"workspace": workspace, "title": _("New tag"), "back_url": back}
    return tag_page(request, form, write, context)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def tag_edit(request, workspace, pk):
    tag = tag_in(workspace, pk)
    form = TagForm(posted(request), workspace=workspace, instance=copy(tag))

    def write():
        rename_tag(tag, by=request.user, now=clock.now(), **form.cleaned_data)
        return page_of(tag)

    return tag_page(request, form, write, about(tag, _("Edit tag")))


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def tag_move(request, workspace, pk):
    tag = tag_in(workspace, pk)
    form = MoveForm(posted(request), tag=tag, initial={"parent": tag.parent_id})

    def write():
        move_tag(tag, by=request.user, now=clock.now(), **form.cleaned_data)
        return page_of(tag)

    return tag_page(request, form, write, about(tag, _("Move tag")))


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def tag_merge(request, workspace, pk):
    """Says how many quotes it moves, before it does."""
    tag = tag_in(workspace, pk)
    form = MergeForm(posted(request), tag=tag)

    def write():
        into = form.cleaned_data["into"]
        merge_tags(tag, into, by=request.user, now=clock.now())
        return page_of(into)

    quotes = tag.uses.count()
    moves = ngettext(
        "It moves %(n)s quote. This cannot be undone.",
        "It moves %(n)s quotes. This cannot be undone.",
        quotes,
    )
    context = about(tag, _("Merge tag")) | {"consequence": moves % {"n": quotes}}
    return tag_page(request, form, write, context)


# --- shared ----------------------------------------------------------------------
def tag_in(workspace, pk):
    tags = Tag.objects.in_workspace(workspace).filter(merged_into=None)
    return get_object_or_404(tags.select_related("workspace"), pk=pk)


def page_of(tag):
    return reverse("interviews:tag_detail", args=[tag.workspace.slug, tag.pk])


def posted(request):
    return request.POST if request.method == "POST" else None


def about(tag, title):
    return {
        "workspace": tag.workspace,
        "tag": tag,
        "title": f"{title}: {tag.name}",
        "back_url": page_of(tag),
    }


def tag_page(request, form, write, context):
    """The form, or the write and on to the tag. 409 when somebody saved in between."""
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            url = submit_once(request, write)
        except OutdatedError as error:
            form.meet(error.current)
            status = 409
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return go(request, url)
    context |= {"form": form}
    return render(request, "interviews/tag_form.html", context, status=status)
