"""The words that the product itself uses, in its templates and its questions.

Somebody may be called like one of them. Where names are hidden, "model" must stay in
"business model" though a customer is called Priya Model; with a capital it is a name.
"""

import re
from functools import cache

from django.conf import settings

_WORD = re.compile(r"[a-z]{2,}")


@cache
def own_words() -> frozenset[str]:
    """In lower case. Read once a process from the files that settings.OWN_WORDS names."""
    files = (
        file for glob in settings.OWN_WORDS for file in settings.BASE_DIR.glob(glob)
    )
    return frozenset(
        word
        for file in files
        for word in _WORD.findall(file.read_text("utf-8").lower())
    )
