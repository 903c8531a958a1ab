"""What they said and did, over the API."""

from interviews.api import customers, guides, quotes, surveys, talks

routers = (
    *(talks.router, quotes.router, guides.router),
    *(surveys.router, customers.router),
)

__all__ = ["routers"]
