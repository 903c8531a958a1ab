"""Whole ventures, for those who look at them, over the API."""

from portfolio.api import comments, report

routers = (comments.router, report.router)

__all__ = ["routers"]
