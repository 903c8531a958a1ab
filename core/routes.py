"""All routes of the resolver, flattened."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, get_resolver

# prefixes whose views guard themselves, each with the reason
GUARDED_ELSEWHERE = {
    "accounts/": "django-allauth: sign-in, passwords, e-mail addresses",
}


@dataclass(frozen=True)
class Route:
    name: str
    path: str
    callback: object

    @property
    def guard(self) -> str:
        """Why this route needs no policy of ours; empty if it does."""
        for prefix, reason in GUARDED_ELSEWHERE.items():
            if self.path.startswith(prefix):
                return reason
        return ""


def routes(resolver=None, prefix: str = "", namespace: str = "") -> Iterator[Route]:
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern).lstrip("^")
        if isinstance(entry, URLPattern):
            name = f"{namespace}:{entry.name}" if namespace else str(entry.name)
            yield Route(name, path, entry.callback)
        else:
            yield from routes(entry, path, entry.namespace or namespace)
