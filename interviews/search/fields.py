"""The one place where the two databases differ: how words are kept and asked for.

SQLite keeps them as text, shadowed by an FTS5 table; PostgreSQL as a tsvector with a GIN
index. Every word carries a key of its venture in front, so that the index of one venture
is a range of its own: what others wrote costs nothing.
"""

from dataclasses import dataclass

from django.db import models
from django.db.models import Lookup

from interviews.search.asking import Clause
from interviews.search.words import BREAK

TABLE = "interviews_searchdocument"
INDEX = "interviews_searchindex"
MATCH = "SELECT rowid FROM interviews_searchindex WHERE interviews_searchindex MATCH %s"
REBUILD = (
    "INSERT INTO interviews_searchindex(interviews_searchindex) VALUES ('rebuild')"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Clauses under one key: all of them, or any."""

    key: str
    clauses: tuple[Clause, ...]
    is_any: bool = False

    def for_sqlite(self) -> str:
        return (" OR " if self.is_any else " AND ").join(
            '"{}"{}'.format(
                " ".join(self.key + word for word in clause.words),
                "*" if clause.is_prefix else "",
            )
            for clause in self.clauses
        )

    def for_postgresql(self) -> str:
        return (" | " if self.is_any else " & ").join(
            "({}{})".format(
                " <-> ".join(f"'{self.key}{word}'" for word in clause.words),
                ":*" if clause.is_prefix else "",
            )
            for clause in self.clauses
        )


class WordsField(models.Field):
    """A sequence of words, each with its key. Written and asked for, never read."""

    def db_type(self, connection):
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_db_prep_value(self, value, connection, prepared=False):  # noqa: FBT002  Django's
        if connection.vendor == "postgresql":
            return vector_of(value)
        return " ".join(value)

    def get_placeholder(self, value, compiler, connection):
        return "%s::tsvector" if connection.vendor == "postgresql" else "%s"


def vector_of(words: tuple[str, ...]) -> str:
    """Words with their positions. A break takes a position and leaves no word."""
    places: dict[str, list[str]] = {}
    for place, word in enumerate(words, 1):
        if not word.endswith(BREAK):
            places.setdefault(word, []).append(str(place))
    return " ".join(f"'{word}':{','.join(at)}" for word, at in places.items())


@WordsField.register_lookup
class Matches(Lookup):
    """`words__matches=Wanted(…)`"""

    lookup_name = "matches"
    prepare_rhs = False

    def as_sqlite(self, compiler, connection):
        table = compiler.quote_name_unless_alias(self.lhs.alias)
        return f'{table}."id" IN ({MATCH})', [self.rhs.for_sqlite()]

    def as_postgresql(self, compiler, connection):
        words, params = self.process_lhs(compiler, connection)
        return f"{words} @@ %s::tsquery", [*params, self.rhs.for_postgresql()]


def leave_no_trace(connection):
    """Words that were deleted stay in the segments of FTS5 until they are merged.

    PostgreSQL keeps dead rows until VACUUM, which it runs by itself.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(REBUILD)
