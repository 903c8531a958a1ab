"""PURE. The same for a page, a JSON document and a table, leaving their shape alone.

Of a page only what people read is looked at: text, and the attributes that are shown
or read out. Tags, addresses, ids and hidden fields stay, and so does what stands in an
element with `data-as-typed`: words that this very reader may have typed. Changed, they
would say which of them are names.
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
_QUOTED: Final = re.compile(r"""="[^"]*"|='[^']*'""")
_AS_TYPED: Final = re.compile(r"\sdata-as-typed(?=[\s>])")
_ELEMENT: Final = re.compile(r"<(/?)([a-zA-Z0-9]+)")
_TYPE: Final = re.compile(r"""\stype=["']?([a-z]+)""")
# fields whose value is what somebody typed
_TYPED: Final = {"text", "search", "email", "tel", "url", "number", ""}


def mask_page(page: str, names: Names, typed: Collection[str] = ()) -> str:
    """`typed`: what this reader sent; a field that shows it again shows it unchanged."""
    done, kept, is_field = [], 0, False
    element, depth = "", 0
    for found in _TAG.finditer(page):
        tag, text = found.group(), page[kept : found.start()]
        if depth:
            done += [text, tag]
            depth += _step(tag, element)
        else:
            done.append(_text(text, names, typed if is_field else ()))
            done.append(_tag(tag, names, typed))
            element = _typed_element(tag)
            depth = 1 if element else 0
        kept, is_field = found.end(), tag.startswith("<textarea")
    return "".join([*done, page[kept:] if depth else _text(page[kept:], names, ())])


def _typed_element(tag: str) -> str:
    """The name of an element whose words stay; what an attribute says is none of it."""
    if "data-as-typed" not in tag or not _AS_TYPED.search(_QUOTED.sub("", tag)):
        return ""
    found = _ELEMENT.match(tag)
    return found[2] if found else ""


def _step(tag: str, element: str) -> int:
    """How much deeper in elements of this name one is after the tag."""
    found = _ELEMENT.match(tag)
    if found is None or found[2] != element:
        return 0
    return -1 if found[1] else 1


def mask_json(document: str, names: Names) -> str:
    """String values only; `text` beside `"as_typed": true` stays, as on a page."""
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
        stays = {"text"} if value.get("as_typed") is True else set()
        return {
            key: item if key in stays else _within(item, names)
            for key, item in value.items()
        }
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
