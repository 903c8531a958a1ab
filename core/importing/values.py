"""PURE. Cells as people type them: dates, yes and no, words of a list.

What could be two things is asked about, never guessed.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
YES: Final = {"yes", "y", "true", "1", "x", "ja", "j", "wahr"}
NO: Final = {"", "no", "n", "false", "0", "-", "nein", "falsch"}
_MONTHS: Final = {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "may": 5,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
    "mär": 3,
    "mrz": 3,
    "mai": 5,
    "okt": 10,
    "dez": 12,
}
_YEAR_FIRST: Final = re.compile(
    r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)(?:[t ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?\S{0,6})?"
)
_DOTTED: Final = re.compile(r"(\d\d?)\.\s?(\d\d?)\.\s?(\d{4})")
_SLASHED: Final = re.compile(r"(\d\d?)[/-](\d\d?)[/-](\d{4})")
_NAMED: Final = re.compile(
    r"(\d\d?)(?:st|nd|rd|th|\.)?[ -]([a-zäé]{3,9})\.?,?[ -](\d{4})"
)
_NAME_FIRST: Final = re.compile(r"([a-zäé]{3,9})\.? (\d\d?)(?:st|nd|rd|th)?,? (\d{4})")


class UnclearError(ValueError):
    """The message is for the person who brought the table."""


def read_date(text: str, order: str = "") -> date | None:
    """The day `text` names; None for an empty cell. Raises UnclearError.

    `order` is "dmy" or "mdy" where 3/4/2026 may be met; without it such a date is
    refused with both readings.
    """
    cleaned = " ".join(text.split())
    if not cleaned:
        return None
    try:
        day = _day(cleaned.casefold(), order)
    except UnclearError:
        raise
    except ValueError as error:
        raise UnclearError(f"There is no such day: “{cleaned[:40]}”.") from error
    if day is None:
        raise UnclearError(
            f"“{cleaned[:40]}” is no date that is understood. Write it like 2026-10-26."
        )
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise UnclearError(f"The year must lie between {FIRST_YEAR} and {LAST_YEAR}.")
    return day


def _day(text: str, order: str) -> date | None:
    if found := _YEAR_FIRST.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DOTTED.fullmatch(text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    if found := _NAMED.fullmatch(text):
        return date(int(found[3]), _month(found[2]), int(found[1]))
    if found := _NAME_FIRST.fullmatch(text):
        return date(int(found[3]), _month(found[1]), int(found[2]))
    if found := _SLASHED.fullmatch(text):
        return _slashed(int(found[1]), int(found[2]), int(found[3]), text, order)
    return None


def _month(name: str) -> int:
    if name[:3] not in _MONTHS:
        raise UnclearError(f"“{name}” is no month.")
    return _MONTHS[name[:3]]


def _slashed(a: int, b: int, year: int, text: str, order: str) -> date:
    if order == "dmy" or (not order and a > 12):
        return date(year, b, a)
    if order == "mdy" or (not order and b > 12) or a == b:
        return date(year, a, b)
    one, other = date(year, b, a), date(year, a, b)
    raise UnclearError(
        f"“{text}” could be {one.isoformat()} or {other.isoformat()}: write it like that, "
        "or say beside the columns whether the day or the month comes first."
    )


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
