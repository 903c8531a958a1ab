"""Small helpers around the test client."""

from contextlib import contextmanager

from bs4 import BeautifulSoup
from django.db import connection


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def text_of(response):
    return " ".join(soup(response).get_text(" ").split())


def hx(client, url, *, target=None, data=None, method="get"):
    headers = {"HX-Request": "true"}
    if target:
        headers["HX-Target"] = target
    return getattr(client, method)(url, data=data or {}, headers=headers)


def body_of(response) -> bytes:
    """Of a page, or of a file that is written while it is read."""
    return b"".join(response) if response.streaming else response.content


@contextmanager
def asked():
    """The SQL of every query in the block, without values.

    Django's `CaptureQueriesContext` fills them in, and asks SQLite once more for each.
    """
    seen = []

    def note(execute, sql, params, many, context):
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen
