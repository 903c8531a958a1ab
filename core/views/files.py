"""Attached files, handed out to be saved, never shown by the browser."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.module_loading import import_string

from core.access import workspace_view
from core.files import open_file
from core.models import Permission, StoredFile


@workspace_view(Permission.SEE_PEOPLE)
def file_download(request, workspace, pk):
    """410 when the bytes are gone, as after an erasure."""
    file = get_object_or_404(StoredFile.objects.in_workspace(workspace), pk=pk)
    if any(import_string(path)(file) for path in settings.WITHHELD_FILES):
        raise Http404
    try:
        with open_file(file) as kept:
            content = kept.read()
    except FileNotFoundError:
        context = {"workspace": workspace, "file": file}
        return render(request, "core/file_gone.html", context, status=410)
    response = HttpResponse(content, content_type=file.content_type)
    response.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=file.name
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response
