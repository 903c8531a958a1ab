"""Attached files, handed out to be saved, never shown by the browser."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404, render

from core.access import workspace_view
from core.files import open_file
from core.models import Permission, StoredFile


@workspace_view(Permission.SEE_PEOPLE)
def file_download(request, workspace, pk):
    """410 when the bytes are gone, as after an erasure."""
    file = get_object_or_404(StoredFile.objects.in_workspace(workspace), pk=pk)
    try:
        content = open_file(file)
    except FileNotFoundError:
        context = {"workspace": workspace, "file": file}
        return render(request, "core/file_gone.html", context, status=410)
    response = FileResponse(
        content, as_attachment=True, filename=file.name, content_type=file.content_type
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response
