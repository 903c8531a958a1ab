"""What portfolio keeps of its own: wishes, files to take along, what is shared with
whom, and what is said about it. Whole ventures are rows of the other apps."""

from portfolio.models.calendars import CalendarFeed
from portfolio.models.comments import About, Comment, CommentDraft, Mention, Thread
from portfolio.models.digests import Digest, DigestSettings, DigestSubscription
from portfolio.models.exports import VentureExport
from portfolio.models.guests import Guest, GuestBrowser, Introduction
from portfolio.models.orders import SampleOrder
from portfolio.models.sharing import Ask, DashboardRead, ShareLink, ShareOpening

__all__ = [
    "About",
    "Ask",
    "CalendarFeed",
    "Comment",
    "CommentDraft",
    "DashboardRead",
    "Digest",
    "DigestSettings",
    "DigestSubscription",
    "Guest",
    "GuestBrowser",
    "Introduction",
    "Mention",
    "SampleOrder",
    "ShareLink",
    "ShareOpening",
    "Thread",
    "VentureExport",
]
