"""Alerts and commitments over the API."""

from decisions.api import alerts, commitments

routers = (alerts.router, commitments.router)

__all__ = ["routers"]
