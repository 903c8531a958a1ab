"""Secrets that stand for a right: 256 random bits, of which only the hash is stored."""

from hashlib import sha256
from secrets import token_urlsafe


def new_token() -> str:
    return token_urlsafe(32)


def hashed(token: str) -> str:
    """Hex SHA-256. The token is random, so no salt and no slow hash is needed."""
    return sha256(token.encode()).hexdigest()
