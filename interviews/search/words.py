"""PURE. What a word is: accents and case folded, the same for texts and for questions.

A word is a run of letters and digits. Scripts that put no spaces between words give one
word per character, so that any part of a sentence can be found. Everything is decided
character by character: cutting a text and finding the places in it agree.
"""

import unicodedata
from dataclasses import dataclass
from typing import Final

LONGEST = 64
# Stands between two fields as a word of its own: no phrase goes across.
BREAK: Final = "\ue000"
# Letters that look like a plain one but are not composed of it.
LOOKALIKES: Final = {
    "\u0131": "i",  # a Turkish i without its dot
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
}
# First and last character of scripts written without spaces.
UNSPACED: Final = (
    ("\u0e00", "\u0eff"),  # Thai, Lao
    ("\u1000", "\u109f"),  # Burmese
    ("\u1780", "\u17ff"),  # Khmer
    ("\u3040", "\u30ff"),  # Hiragana, Katakana
    ("\u3400", "\u4dbf"),  # Han
    ("\u4e00", "\u9fff"),
    ("\uf900", "\ufaff"),
    ("\U00020000", "\U0003ffff"),
)


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word, and where it stands in the text it came from."""

    text: str
    start: int
    end: int


class Folding(dict[int, str]):
    """What one character becomes; worked out once for each."""

    def __missing__(self, code: int) -> str:
        self[code] = found = folded_character(chr(code))
        return found


def folded_character(character: str) -> str:
    """Letters and digits without marks; a space where a word ends; may be empty."""
    if character == BREAK:
        return f" {BREAK} "
    plain = unicodedata.normalize("NFKD", character).casefold()
    plain = unicodedata.normalize("NFKD", plain)
    kept = []
    for part in plain:
        if unicodedata.category(part).startswith("M"):
            continue
        part = LOOKALIKES.get(part, part)
        kept.append(part if part.isalnum() else " ")
    found = "".join(kept)
    return f" {found} " if any(is_unspaced(part) for part in found) else found


def is_unspaced(character: str) -> bool:
    return any(first <= character <= last for first, last in UNSPACED)


FOLDING: Final = Folding()


def folded(text: str) -> list[str]:
    """The words of a text, in order."""
    return [word[:LONGEST] for word in text.translate(FOLDING).split()]


def words(text: str) -> list[Word]:
    """The same words with their places, so that they can be marked."""
    found = []
    letters, start, end = "", 0, 0
    for at, character in enumerate(text):
        # most characters are one letter of a word, or a space
        for part in FOLDING[ord(character)]:
            if part != " ":
                start = at if not letters else start
                letters += part
                end = at + 1
            elif letters:
                found.append(Word(letters[:LONGEST], start, end))
                letters = ""
    if letters:
        found.append(Word(letters[:LONGEST], start, end))
    return found
