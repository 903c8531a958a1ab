"""The words that the product itself uses, in its templates and its questions.

Somebody may be called like one of them. Where names are hidden, "model" must stay in
"business model" though a customer is called Priya Model; with a capital it is a name,
unless all that stands there is a text of the product: a heading, a label, a sentence.
"""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape

from django.conf import settings

_WORD = re.compile(r"[a-z]{2,}")
_IN_TEMPLATE = re.compile(
    r"""{%\s*translate\s+(?:"([^"]+)"|'([^']+)')"""
    r"""|{%\s*blocktranslate[^%]*%}([^{]+){%"""
)
# literals that stand side by side are one text
_IN_PYTHON = re.compile(r"""(?:"[^"\n]*"\s*)+""")
_LITERAL = re.compile(r"""("[^"\n]*")\s*""")


@cache
def own_words() -> frozenset[str]:
    """In lower case. Read once a process from the files that settings.OWN_WORDS names."""
    return frozenset(
        word
        for text in texts_in(settings.OWN_WORDS)
        for word in _WORD.findall(text.lower())
    )


@cache
def own_phrases() -> frozenset[str]:
    """Texts that begin with a capital, as they stand on a page, from the files that
    settings.OWN_PHRASES names."""
    found = (
        " ".join(phrase.split())
        for text in texts_in(settings.OWN_PHRASES)
        for phrase in phrases_in(text)
    )
    return frozenset(phrase for phrase in found if phrase.lstrip("“")[:1].isupper())


def phrases_in(text: str) -> Iterator[str]:
    for found in _IN_TEMPLATE.findall(text):
        yield from map(unescape, found)
    for run in _IN_PYTHON.findall(text):
        yield "".join(literal[1:-1] for literal in _LITERAL.findall(run))


def texts_in(globs: list[str]) -> Iterator[str]:
    for glob in globs:
        for file in settings.BASE_DIR.glob(glob):
            yield file.read_text("utf-8")
