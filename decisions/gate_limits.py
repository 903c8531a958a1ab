"""PURE. What a venture may set of its gate. Starting values of this product, not findings.

`small`, `modest`, `large`: percent of the cash in hand that part the classes A to D.
`valid_days`: how long a passed gate allows to sign.
"""

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any


@dataclass(frozen=True)
class GateLimits:
    small: int = 2
    modest: int = 10
    large: int = 25
    valid_days: int = 7

    @property
    def valid_for(self) -> timedelta:
        return timedelta(days=self.valid_days)

    def as_kept(self) -> dict[str, Any]:
        return asdict(self)


USUAL = GateLimits()


def usual() -> dict[str, Any]:
    return USUAL.as_kept()
