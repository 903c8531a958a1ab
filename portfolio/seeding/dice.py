"""PURE. Chance from a seed, and marks by which leaked text is recognised."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar
from uuid import UUID

T = TypeVar("T")


@dataclass
class Dice:
    """All chance of one venture. Nothing else rolls, so the order of rolls is fixed."""

    chance: Random

    def id(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)

    def one(self, of: Sequence[T]) -> T:
        return self.chance.choice(of)

    def some(self, of: Sequence[T], count: int) -> list[T]:
        return self.chance.sample(of, min(count, len(of)))

    def below(self, end: int) -> int:
        return self.chance.randrange(end)

    def happens(self, share: float) -> bool:
        return self.chance.random() < share


@dataclass
class Canaries:
    """`CANARY-<slug>-<model>-<field>-<n>`: unique to venture, model and field."""

    slug: str
    _given: Counter[tuple[str, str]] = field(default_factory=Counter)

    def mark(self, model: str, name: str) -> str:
        self._given[model, name] += 1
        return f"CANARY-{self.slug}-{model}-{name}-{self._given[model, name]}"

    def marks(self, model: str, *names: str) -> dict[str, str]:
        return {name: self.mark(model, name) for name in names}


WORDS = [
    "rota",
    "nurse",
    "shift",
    "phone",
    "sheet",
    "list",
    "call",
    "week",
    "month",
    "ward",
    "clinic",
    "visit",
    "room",
    "plan",
    "order",
    "stock",
    "invoice",
    "desk",
    "doctor",
    "chair",
    "form",
    "paper",
    "queue",
    "night",
    "morning",
    "lunch",
    "swap",
    "message",
    "group",
    "answer",
    "waits",
    "counts",
    "writes",
    "checks",
    "prints",
    "sends",
    "asks",
    "forgets",
    "repeats",
]


def prose(dice: Dice, characters: int) -> str:
    """Plain sentences of about so many characters."""
    sentences: list[str] = []
    length = 0
    while length < characters:
        words = [dice.one(WORDS) for _word in range(6 + dice.below(8))]
        sentence = " ".join(words).capitalize() + "."
        sentences.append(sentence)
        length += len(sentence) + 1
    return " ".join(sentences)
