"""A browser without a window: cookies, forms, redirects."""

from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, Request, build_opener

from bs4 import BeautifulSoup


class Page:
    def __init__(self, url, status, body):
        self.url, self.status = url, status
        self.soup = BeautifulSoup(body, "html.parser")

    @property
    def text(self):
        return " ".join(self.soup.get_text(" ").split())

    def link(self, words):
        """The address of the first link or button-like link with these words."""
        for found in self.soup.find_all("a"):
            if words in " ".join(found.get_text(" ").split()):
                return urljoin(self.url, found["href"])
        raise AssertionError(f"no link {words!r} on {self.url}")

    def form(self, holding):
        """(address, fields as the browser would send them) of the form with a field."""
        for form in self.soup.find_all("form", method="post"):
            if form.find(attrs={"name": holding}):
                return urljoin(self.url, form.get("action") or self.url), values_of(
                    form
                )
        raise AssertionError(f"no form with {holding!r} on {self.url}: {self.text}")


def values_of(form):
    found = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name, kind = field.get("name"), field.get("type", "text")
        if not name or kind in ("submit", "file"):
            continue
        if kind in ("checkbox", "radio") and not field.has_attr("checked"):
            continue
        if field.name == "select":
            chosen = field.find("option", selected=True) or field.find("option")
            found[name] = chosen.get("value", "") if chosen else ""
        elif field.name == "textarea":
            found[name] = field.get_text().removeprefix("\n")
        else:
            found[name] = field.get("value", "on" if kind == "checkbox" else "")
    return found


class Visitor:
    def __init__(self, origin):
        self.origin = origin
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def open(self, path, data=None, timeout=20):
        url = urljoin(self.origin, path)
        body = urlencode(data).encode() if data is not None else None
        request = Request(url, body, {"Referer": url, "Origin": self.origin})  # noqa: S310  our own server
        try:
            answer = self.opener.open(request, timeout=timeout)
        except HTTPError as error:
            answer = error
        with answer:
            return Page(answer.geturl(), answer.status, answer.read())

    def send(self, page, holding, **values):
        """Fills the form that holds a field, and sends it."""
        url, fields = page.form(holding)
        return self.open(url, fields | values)
