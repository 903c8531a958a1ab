"""Who we think the customer is, over the API."""

from discovery.api import hypotheses, market, people, problems

routers = (market.router, people.router, problems.router, hypotheses.router)

__all__ = ["routers"]
