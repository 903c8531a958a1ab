"""Who reads along: a link, somebody who gets the digest with it, a mark of an advisor, and
what the founders ask. Members get their own digest from the scheduler's first pass."""

from datetime import timedelta

from core.models import User
from core.tokens import hashed, new_token
from portfolio.actions.digests import scheduled
from portfolio.models import Ask, DashboardRead, DigestSubscription, ShareLink
from portfolio.seeding.market import Seeder

WORKS_FOR = timedelta(days=365)


def seed_sharing(seeder: Seeder, founder: User, advisor: User) -> str:
    """The token of the link, which is random like every secret."""
    token = new_token()
    link = ShareLink.objects.create(
        **seeder.common,
        **seeder.marks("sharelink", "name"),
        token_hash=hashed(token),
        created_by=founder,
        created_at=seeder.now,
        expires_at=seeder.now + WORKS_FOR,
    )
    seed_subscriber(seeder, link)
    asked = Ask(
        **seeder.common,
        **seeder.marks("ask", "text"),
        by=founder,
        asked_at=seeder.now - timedelta(days=3),
    )
    asked.save()
    read_at = seeder.now - timedelta(days=7)
    read = DashboardRead(
        **seeder.common, by=advisor, number=1, seen_until=read_at, read_at=read_at
    )
    read.save()
    return token


def seed_subscriber(seeder: Seeder, link: ShareLink) -> None:
    """Of the board, without an account, and has said yes."""
    address = seeder.canaries.mark("digestsubscription", "address").lower()
    row = DigestSubscription(
        **seeder.common,
        **seeder.marks("digestsubscription", "name"),
        address=f"{address}@board.example",
        link=link,
        zone="Europe/Berlin",
        confirmed_at=seeder.now,
        created_at=seeder.now,
    )
    scheduled(row, seeder.now).save()
