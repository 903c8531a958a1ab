"""Comments over the API."""

from portfolio.api import comments

routers = (comments.router,)

__all__ = ["routers"]
