"""Small helpers around the test client."""

from bs4 import BeautifulSoup


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
