"""What they said and did, over the API."""

from interviews.api import customers, guides, quotes, surveys, talking, talks

routers = (
    *(talks.router, talking.router, quotes.router, guides.router),
    *(surveys.router, customers.router),
)

__all__ = ["routers"]
