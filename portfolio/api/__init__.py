"""Whole ventures, for those who look at them, over the API."""

from portfolio.api import comments, mails, report

routers = (comments.router, report.router, mails.router)

__all__ = ["routers"]
