"""What people typed, as safe HTML: paragraphs, quoted lines, links."""

import re
from collections.abc import Iterator
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_ADDRESS: Final = re.compile(r"https?://[^\s<>\"“”]+", re.IGNORECASE)
_AFTER_ADDRESS: Final = ".,;:!?)]}'\N{RIGHT SINGLE QUOTATION MARK}"
_QUOTED: Final = "> "
_SAID: Final = "<blockquote><p>{}</p></blockquote>"
_TOLD: Final = "<p>{}</p>"


def paragraphs(text: str) -> SafeString:
    """Blank lines part paragraphs; `> ` begins words that were really said.

    Everything is escaped. Only http and https addresses become links; they lead out
    without telling where from.
    """
    plain = text.replace("\r\n", "\n").strip("\n")
    return format_html_join(
        "\n",
        "{}",
        (
            (_paragraph(part),)
            for part in re.split(r"\n[ \t]*\n", plain)
            if part.strip()
        ),
    )


def _paragraph(part: str) -> SafeString:
    runs: list[tuple[str, list[str]]] = []
    for line in part.split("\n"):
        is_quoted = line.startswith(_QUOTED) or line == _QUOTED.strip()
        pattern = _SAID if is_quoted else _TOLD
        if not runs or runs[-1][0] != pattern:
            runs.append((pattern, []))
        runs[-1][1].append(line[len(_QUOTED) :] if is_quoted else line)
    return format_html_join("\n", "{}", ((_run(*run),) for run in runs))


def _run(pattern: str, lines: list[str]) -> SafeString:
    words = format_html_join(SafeString("<br>"), "{}", ((_linked(x),) for x in lines))
    return format_html(pattern, words)


def _linked(line: str) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in _pieces(line)))


def _pieces(line: str) -> Iterator[str]:
    end = 0
    for match in _ADDRESS.finditer(line):
        address = match[0].rstrip(_AFTER_ADDRESS)
        yield line[end : match.start()]
        yield format_html(
            '<a href="{}" rel="noopener nofollow noreferrer">{}</a>', address, address
        )
        end = match.start() + len(address)
    yield line[end:]
