"""The rows of the search benchmark, and the times; run inside Django by search.py."""

import json
import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection
from django.test import Client

from core.models import Membership, User, Workspace
from discovery.models import Person
from interviews.models import Interview, Quote, SearchDocument
from interviews.search import reindex

TALKS, PER_TALK, PEOPLE, OTHERS = 5000, 4, 10_000, 49
VOCABULARY, NOTES_BYTES = 4000, 1600
ASKED = 50
NOW = datetime(2026, 11, 2, 13, 30, tzinfo=UTC)
SYLLABLES = (
    *("ba", "co", "di", "fe", "gu", "ha", "je", "ko", "li"),
    *("mo", "nu", "pa", "ro", "sa", "ti", "vo", "ze"),
)


class Text:
    """Words as frequent as in a language: the n-th comes 1/n as often as the first."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)  # noqa: S311  rows, not secrets
        numbers = range(1, VOCABULARY + 1)
        self.vocabulary = [self.word(number) for number in numbers]
        self.weights = list(accumulate(1 / number for number in numbers))

    def word(self, number: int) -> str:
        found = ""
        while number:
            number, left = divmod(number, len(SYLLABLES))
            found += SYLLABLES[left]
        return found

    def of(self, size: int) -> str:
        count = size // 7 + 2
        words = self.random.choices(
            self.vocabulary, cum_weights=self.weights, k=count * 2
        )
        return " ".join(words)[:size]


def seed(number: int, share: float = 1.0) -> Workspace:
    """A venture with that share of the rows, indexed."""
    by, _ = User.objects.get_or_create(email="bench@example.com", name="Bench")
    workspace = Workspace.objects.create(
        name=f"Venture {number}", slug=f"venture-{number}", created_at=NOW
    )
    text = Text(number)
    Person.objects.bulk_create(people(workspace, text, int(PEOPLE * share)))
    talks = Interview.objects.bulk_create(
        talks_of(workspace, text, by, int(TALKS * share))
    )
    Quote.objects.bulk_create(quotes_of(talks))
    reindex(workspace)
    return workspace


def people(workspace: Workspace, text: Text, count: int) -> Iterator[Person]:
    for number in range(count):
        yield Person(
            workspace=workspace,
            name=text.of(14).title(),
            pseudonym=f"Person {number}",
            role_title=text.of(12),
            email=f"p{number}@example.com",
            created_at=NOW - timedelta(minutes=number),
        )


def talks_of(
    workspace: Workspace, text: Text, by: User, count: int
) -> Iterator[Interview]:
    for number in range(count):
        yield Interview(
            workspace=workspace,
            notes=text.of(NOTES_BYTES),
            state="finished",
            held_at=NOW - timedelta(hours=number),
            recorded_at=NOW,
            saved_at=NOW,
            created_by=by,
            saved_by=by,
        )


def quotes_of(talks: list[Interview]) -> Iterator[Quote]:
    for talk in talks:
        for number in range(PER_TALK):
            yield Quote(
                workspace=talk.workspace,
                interview=talk,
                text=talk.notes[number * 200 : number * 200 + 120],
                created_by=talk.created_by,
                created_at=NOW,
            )


def questions(text: Text) -> Iterator[str]:
    """What people type: frequent and rare words, beginnings, two words, phrases."""
    pick = text.random.choices
    for number in range(ASKED):
        first, second = pick(text.vocabulary, cum_weights=text.weights, k=2)
        rare = text.random.choice(text.vocabulary)
        yield (
            first,
            rare,
            rare[:2],
            rare[:3],
            f"{first} {second}",
            f'"{first} {second}"',
            f"{rare} {first[:3]}",
        )[number % 7]


def median_ms(work: list[Callable[[], Any]]) -> dict[str, float]:
    times = []
    for one in work:
        begun = time.perf_counter()
        one()
        times.append((time.perf_counter() - begun) * 1000)
    times.sort()
    return {
        "median": round(statistics.median(times), 1),
        "p95": round(times[int(len(times) * 0.95)], 1),
        "worst": round(times[-1], 1),
    }


def timed(workspace: Any) -> dict[str, Any]:
    """Active search as a browser asks for it, and beside it the floor."""
    by = User.objects.get(email="bench@example.com")
    Membership.objects.get_or_create(
        workspace=workspace, user=by, defaults={"role": "owner", "joined_at": NOW}
    )
    client = Client(
        headers={"HX-Request": "true", "HX-Target": "search-results"},
        SERVER_NAME="localhost",
    )
    client.force_login(by)
    url = f"/w/{workspace.slug}/search/"
    rows = SearchDocument.objects.in_workspace(workspace).order_by()
    ids: list[int] = list(rows.values_list("pk", flat=True)[:25])

    def ask(typed: str) -> Callable[[], Any]:
        return lambda: client.get(url, {"q": typed}).content

    def look_up() -> list[tuple[str, UUID]]:
        return list(rows.filter(pk__in=ids).values_list("kind", "object_id"))

    typed = list(questions(Text(7)))
    ask(typed[0])()
    return {
        "search_ms": median_ms([ask(one) for one in typed]),
        "floor_ms": median_ms([look_up] * ASKED),
        "rows": rows.count(),
    }


def main(path: str, *, is_full: bool) -> None:
    """On the database of the environment, which is empty."""
    begun = time.perf_counter()
    workspace = seed(0)
    filled = time.perf_counter() - begun
    analyse()
    alone = timed(workspace)
    for number in range(1, OTHERS + 1):
        seed(number, 0.1 if is_full else 0.02)
    analyse()
    beside = timed(workspace)
    found = {"seconds_to_fill": round(filled, 1), "alone": alone, "beside": beside}
    Path(path).write_text(json.dumps(found))


def analyse() -> None:
    """What autovacuum does by itself after so many writes."""
    with connection.cursor() as cursor:
        verb = "VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE"
        cursor.execute(verb)
