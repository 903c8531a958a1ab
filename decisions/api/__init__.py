"""Alerts, decisions and commitments over the API."""

from decisions.api import alerts, commitments, decisions, stop_rules

routers = (alerts.router, decisions.router, stop_rules.router, commitments.router)

__all__ = ["routers"]
