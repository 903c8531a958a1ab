"""Alerts, decisions and commitments over the API."""

from decisions.api import alerts, commitments, decisions

routers = (alerts.router, decisions.router, commitments.router)

__all__ = ["routers"]
