"""Alerts, decisions and commitments over the API."""

from decisions.api import alerts, commitments, decisions, sales_curves, stop_rules

routers = (
    alerts.router,
    decisions.router,
    stop_rules.router,
    commitments.router,
    sales_curves.router,
)

__all__ = ["routers"]
