"""What is stored of a venture: all of it as a file, and taking the sample away."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.htmx import go, render_page
from core.models import Permission
from core.once import submit_once
from portfolio.actions import remove_sample
from portfolio.actions.exports import order_export, path_of
from portfolio.models import VentureExport

CHUNK = 256 * 1024


@workspace_view(Permission.OWN)
def settings_data(request, workspace):
    return show(request, workspace)


@workspace_view(Permission.OWN, methods=("POST",))
def export_add(request, workspace):
    def effect():
        order_export(workspace, by=request.user, now=clock.now())
        return reverse("portfolio:settings_data", args=[workspace.slug])

    try:
        return go(request, submit_once(request, effect))
    except ValidationError as error:
        return show(request, workspace, refusal=" ".join(error.messages))


@workspace_view(Permission.OWN)
def export_download(request, workspace, pk):
    """404 once its day is over."""
    ready = VentureExport.objects.in_workspace(workspace).filter(state="ready")
    export = get_object_or_404(ready, pk=pk, expires_at__gt=clock.now())
    path = path_of(export.pk)
    if not path.exists():
        raise Http404
    response = StreamingHttpResponse(chunks(path), content_type="application/zip")
    response.headers["Content-Length"] = path.stat().st_size
    response.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{workspace.slug}-{export.asked_at:%Y-%m-%d}.zip"
    )
    return response


def chunks(path):
    """Opened by whoever reads, so that nothing stays open for HEAD."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def show(request, workspace, *, refusal=""):
    exports = list(VentureExport.objects.in_workspace(workspace).select_related("by"))
    context = {
        "workspace": workspace,
        "exports": exports,
        "is_under_way": any(export.is_under_way for export in exports),
        "refusal": refusal,
    }
    partials = {"exports": "portfolio/_export_list.html"}
    page = "portfolio/settings_data.html"
    status = 422 if refusal else 200
    return render_page(request, page, context, partials=partials, status=status)


@workspace_view(Permission.OWN, methods=("POST",))
def sample_remove(request, workspace):
    if not workspace.is_sample:
        raise Http404

    def effect():
        remove_sample(workspace, by=request.user, now=clock.now())
        return reverse("core:home")

    url = submit_once(request, effect)
    messages.success(request, _("The sample venture is gone."))
    return go(request, url)
