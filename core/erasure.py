"""The one way out of append-only tables."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from core.models import Erasing


@contextmanager
def erasing() -> Iterator[None]:
    """A transaction in which history may be removed: a person, a sample, a venture.

    Whoever opens it writes an activity entry that says what was removed.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL fieldproof.erasing = 'on'")
                yield
                cursor.execute("SET LOCAL fieldproof.erasing = 'off'")
            return
        Erasing.objects.create()
        yield
        Erasing.objects.all().delete()
