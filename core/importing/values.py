"""PURE. Cells as people type them: yes and no, words of a list. Days: core/days.py."""

import re
from collections.abc import Mapping
from typing import Final

from core.days import UnclearError

YES: Final = {"yes", "y", "true", "1", "x", "ja", "j", "wahr"}
NO: Final = {"", "no", "n", "false", "0", "-", "nein", "falsch"}


def read_yes(text: str) -> bool:
    word = text.strip().casefold()
    if word in YES or word in NO:
        return word in YES
    raise UnclearError(f"“{text[:40]}” is neither yes nor no.")


def read_word(text: str, words: Mapping[str, str]) -> str:
    """The code of a word. `words` maps what people write, casefolded, to codes."""
    word = " ".join(text.casefold().replace("_", " ").split())
    if not word:
        return ""
    if word not in words:
        offered = ", ".join(dict.fromkeys(words))
        raise UnclearError(f"“{text[:40]}” is none of: {offered[:300]}.")
    return words[word]


def read_list(text: str, words: Mapping[str, str]) -> list[str]:
    """Codes of words parted by comma, semicolon, slash or line; each once."""
    parts = [part for part in re.split(r"[,;/\n|]", text) if part.strip()]
    return list(dict.fromkeys(read_word(part, words) for part in parts))
