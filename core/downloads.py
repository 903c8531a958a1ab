"""Files that are made on the way out."""

from django.http import HttpResponse


def attached(text: str, name: str) -> HttpResponse:
    """A CSV text to keep; `name` is ours, never somebody's words."""
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
