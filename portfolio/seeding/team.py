"""The people who sign in, and their memberships."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from core.actions.tokens import issue_token
from core.models import Membership, Role, User, Workspace
from portfolio.seeding.dice import Canaries, Dice

CAST = (
    ("owner", Role.OWNER),
    ("founder", Role.FOUNDER),
    ("member", Role.MEMBER),
    ("advisor1", Role.ADVISOR),
    ("advisor2", Role.ADVISOR),
    ("observer", Role.OBSERVER),
)


@dataclass(frozen=True)
class Team:
    """Memberships in the order of CAST, and a token that acts for the owner."""

    memberships: list[Membership]
    api_token: str

    @property
    def founders(self) -> list[User]:
        return [member.user for member in self.memberships[:2]]

    @property
    def advisors(self) -> list[User]:
        return [m.user for m in self.memberships if m.role == Role.ADVISOR]

    @property
    def loggers(self) -> list[User]:
        return [member.user for member in self.memberships[:3]]


def seed_team(
    workspace: Workspace,
    dice: Dice,
    canaries: Canaries,
    *,
    now: datetime,
    password: str | None,
) -> Team:
    """Without a password they sign in by one-time link."""
    hashed = make_password(password)
    users = [
        User(
            id=dice.id(),
            email=f"{name}@{workspace.slug}.example",
            name=canaries.mark("user", "name"),
            password=hashed,
        )
        for name, _role in CAST
    ]
    User.objects.bulk_create(users)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True)
        for user in users
    )
    memberships = [
        Membership(
            id=dice.id(),
            workspace=workspace,
            user=user,
            role=role,
            is_leadership=role in (Role.OWNER, Role.FOUNDER),
            joined_at=now,
        )
        for user, (_name, role) in zip(users, CAST, strict=True)
    ]
    Membership.objects.bulk_create(memberships)
    name = canaries.mark("apitoken", "name")
    _row, secret = issue_token(memberships[0], by=users[0], now=now, name=name)
    return Team(memberships, secret)
