"""Whole ventures, for those who look at them, over the API."""

from portfolio.api import comments, mails, report, today

routers = (comments.router, report.router, mails.router, today.router)

__all__ = ["routers"]
