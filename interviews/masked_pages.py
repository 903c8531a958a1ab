"""Whatever a reader without names is answered passes here: see settings.MASK_NAMES."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from core.downloads import TableStream
from core.own_words import own_phrases, own_words
from interviews.aliases import Row, known, rows_known_in
from interviews.masked_markup import mask_json, mask_page, mask_table
from interviews.masking import Known, Names, names_of

MASKS: Final[dict[str, Callable[[str, Names, Collection[str]], str]]] = {
    "text/html": mask_page,
    "application/json": lambda text, names, _typed: mask_json(text, names),
    "text/csv": lambda text, names, _typed: mask_table(text, names),
    "text/plain": lambda text, names, _typed: names.mask(text),
}
# names of files may be made of what a row is called
SHOWN_HEADERS: Final = {"Content-Disposition"}


def mask_response(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """One query, unless the view left the names it found in `request.names`. What cannot
    be read through, such as a file, is refused; a table comes in parts of whole rows,
    and is read part by part."""
    if not response.streaming and not response.content:
        return response
    mask = MASKS.get(response.headers["Content-Type"].partition(";")[0])
    is_table = isinstance(response, TableStream)
    if mask is None or (response.streaming and not is_table):
        raise PermissionDenied
    names = getattr(request, "names", None) or names_in(request.workspace)
    if is_table:
        parts, charset = response.streaming_content, response.charset
        response.streaming_content = masked_parts(parts, charset, names)
        return response
    text = response.content.decode(response.charset)
    masked = mask(text, names, typed_in(request))
    if masked != text:
        response.content = masked.encode(response.charset)
    for header in SHOWN_HEADERS & set(response.headers):
        response.headers[header] = names.mask(response.headers[header])
    return response


def mask_words(request: HttpRequest, text: str) -> str:
    """For what must be cut to be shown: half a name would be found no more. The names
    are kept for the answer, which costs no further query."""
    names = getattr(request, "names", None) or names_in(request.workspace)
    request.names = names  # type: ignore[attr-defined]
    return names.mask(text)


def masked_parts(parts: Iterable[bytes], charset: str, names: Names) -> Iterator[str]:
    for part in parts:
        yield mask_table(part.decode(charset), names)


def names_in(workspace) -> Names:
    """Read anew every time, so that no name is missed; prepared once."""
    return prepared(workspace.name, rows_known_in(workspace.pk))


def read_with(text: str, workspace, rows: QuerySet, *fields: str) -> list[UUID]:
    """Keys of the rows in whose `fields` readers without names read `text`: whoever looks
    for a name, or for a part of one, finds nothing by it."""
    names, wanted = names_in(workspace), text.casefold()
    words = rows.order_by().values_list("pk", *fields).iterator()
    return [
        pk
        for pk, *texts in words
        if any(wanted in names.mask(one).casefold() for one in texts)
    ]


@lru_cache(maxsize=16)
def prepared(venture: str, rows: tuple[Row, ...]) -> Names:
    """The name of the venture stays, too."""
    known_here = [*map(known, rows), Known(venture)]
    return names_of(known_here, own_words=own_words(), own_phrases=own_phrases())


def typed_in(request: HttpRequest) -> frozenset[str]:
    sent = (*request.GET.lists(), *request.POST.lists())
    return frozenset(text.strip() for _name, texts in sent for text in texts)
