"""Files that are made on the way out."""

from collections.abc import Iterable

from django.http import HttpResponse, StreamingHttpResponse


class TableStream(StreamingHttpResponse):
    """A table that is written while it is read. Each part holds whole rows, so that
    names can be masked in each."""


def attached(text: str, name: str) -> HttpResponse:
    """A CSV text to keep; `name` is ours, never somebody's words."""
    return named(HttpResponse(text, content_type="text/csv; charset=utf-8"), name)


def streamed(parts: Iterable[str], name: str) -> TableStream:
    """The same of a long table, in parts of `core.spreadsheets.csv_parts`. They are read
    after the view has returned: without its time zone."""
    return named(TableStream(parts, content_type="text/csv; charset=utf-8"), name)


def named(response, name: str):
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
