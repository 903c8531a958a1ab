"""PURE. The same for a page, a JSON document and a table, leaving their shape alone.

Of a page only what people read is looked at: text, and the attributes that are shown
or read out. Tags, addresses, ids and hidden fields stay.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Collection
from html import escape, unescape
from typing import Any, Final

from interviews.masking import Names

_TAG: Final = re.compile(
    r"""<!--.*?-->|<[a-zA-Z/!](?:[^>"']|"[^"]*"|'[^']*')*>""", re.DOTALL
)
_READ: Final = re.compile(
    r"""(?<=\s)(title|alt|placeholder|label|value|data-label"""
    r"""|aria-(?:label|description|valuetext|roledescription))=("[^"]*"|'[^']*')"""
)
_TYPE: Final = re.compile(r"""\stype=["']?([a-z]+)""")
# fields whose value is what somebody typed
_TYPED: Final = {"text", "search", "email", "tel", "url", "number", ""}


def mask_page(page: str, names: Names, typed: Collection[str] = ()) -> str:
    """`typed`: what this reader sent; a field that shows it again shows it unchanged."""
    done, kept, is_field = [], 0, False
    for found in _TAG.finditer(page):
        tag = found.group()
        done.append(_text(page[kept : found.start()], names, typed if is_field else ()))
        done.append(_tag(tag, names, typed))
        kept, is_field = found.end(), tag.startswith("<textarea")
    return "".join([*done, _text(page[kept:], names, ())])


def mask_json(document: str, names: Names) -> str:
    """String values only."""
    value = json.loads(document)
    masked = _within(value, names)
    return document if masked == value else json.dumps(masked)


def mask_table(table: str, names: Names) -> str:
    """Cell by cell, so that no name goes across two."""
    rows = list(csv.reader(io.StringIO(table, newline="")))
    masked = [[names.mask(cell) for cell in row] for row in rows]
    if masked == rows:
        return table
    written = io.StringIO(newline="")
    csv.writer(written).writerows(masked)
    return written.getvalue()


def _within(value: Any, names: Names) -> Any:
    if isinstance(value, str):
        return names.mask(value)
    if isinstance(value, list):
        return [_within(item, names) for item in value]
    if isinstance(value, dict):
        return {key: _within(item, names) for key, item in value.items()}
    return value


def _text(written: str, names: Names, typed: Collection[str]) -> str:
    if not written or written.isspace():
        return written
    text = unescape(written) if "&" in written else written
    if typed and text.strip() in typed:
        return written
    masked = names.mask(text)
    return written if masked == text else escape(masked)


def _tag(tag: str, names: Names, typed: Collection[str]) -> str:
    if "=" not in tag or tag[1] in "/!":
        return tag

    def masked(found: re.Match[str]) -> str:
        name, quoted = found.groups()
        if name == "value" and not _is_typed_in(tag):
            return found.group()
        own = typed if name == "value" else ()
        return f"{name}={quoted[0]}{_text(quoted[1:-1], names, own)}{quoted[-1]}"

    return _READ.sub(masked, tag)


def _is_typed_in(tag: str) -> bool:
    kind = _TYPE.search(tag)
    return tag.startswith("<input") and (kind[1] if kind else "") in _TYPED
