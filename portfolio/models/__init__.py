"""What portfolio keeps of its own: wishes, files to take along, and what is shared with
whom. Whole ventures are rows of the other apps."""

from portfolio.models.exports import VentureExport
from portfolio.models.orders import SampleOrder
from portfolio.models.sharing import Ask, DashboardRead, ShareLink, ShareOpening

__all__ = [
    "Ask",
    "DashboardRead",
    "SampleOrder",
    "ShareLink",
    "ShareOpening",
    "VentureExport",
]
