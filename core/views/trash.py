"""The trash, and the buttons that put rows there and fetch them back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.actions.trash import (
    NameTakenError,
    archive_row,
    restore_row,
    trash_row,
    unarchive_row,
)
from core.htmx import go
from core.models import Permission
from core.once import submit_once
from core.trash import in_archive, in_trash, kind_called


@workspace_view(Permission.SEE_PEOPLE)
def trash_list(request, workspace):
    """`?show=archive`: what was put away instead, and can be fetched back as well."""
    is_archive = request.GET.get("show") == "archive"
    context = {
        "workspace": workspace,
        "is_archive": is_archive,
        "archived": in_archive(workspace) if is_archive else [],
        "thrown": [] if is_archive else in_trash(workspace, clock.now()),
        "can_log": Permission.LOG in request.may,
        "today": workspace.today(clock.now()),
    }
    return render(request, "core/trash_list.html", context)


@workspace_view(Permission.LOG, methods=("POST",))
def row_trash(request, workspace, kind, pk):
    said = _("It is in the trash, for 30 days.")
    return placed(request, workspace, kind, pk, trash_row, "row_restore", said)


@workspace_view(Permission.LOG, methods=("POST",))
def row_archive(request, workspace, kind, pk):
    said = _("It is in the archive. It still counts; lists leave it out.")
    return placed(request, workspace, kind, pk, archive_row, "row_unarchive", said)


@workspace_view(Permission.LOG, methods=("POST",))
def row_unarchive(request, workspace, kind, pk):
    said = _("It is back from the archive.")
    return placed(request, workspace, kind, pk, unarchive_row, "", said)


@workspace_view(Permission.LOG, methods=("POST",))
def row_restore(request, workspace, kind, pk):
    said = _("It is back from the trash, with everything that belongs to it.")
    try:
        return placed(request, workspace, kind, pk, restore_row, "", said)
    except NameTakenError:
        kind, row = wanted(workspace, kind, pk)
        context = {
            "workspace": workspace,
            "row": row,
            "edit_url": kind.edit_of(row),
            "restore_url": request.path,
        }
        return render(request, "core/trash_taken.html", context, status=409)


def placed(request, workspace, slug, pk, action, undo, said):
    """On to the row's page, or to its list when it is gone from there."""
    kind, row = wanted(workspace, slug, pk)

    def effect():
        action(row, by=request.user, now=clock.now())
        address = (
            reverse(f"core:{undo}", args=[workspace.slug, slug, pk]) if undo else ""
        )
        messages.success(request, said, extra_tags=address)
        return kind.rows_of(workspace) if undo == "row_restore" else kind.page_of(row)

    return go(request, submit_once(request, effect))


def wanted(workspace, slug, pk):
    kind = kind_called(slug)
    if kind is None:
        raise Http404
    row = get_object_or_404(kind.model.objects.in_workspace(workspace), pk=pk)
    row.workspace = workspace
    return kind, row
