"""PURE. The part of a commitment that may go ahead now, where the whole is held."""

from dataclasses import dataclass, replace

from decisions.gate_limits import USUAL, GateLimits
from decisions.gates import holds, rate
from decisions.terms import ALONE, HUNDRED, Beside, Purpose, Terms, Tranche


@dataclass(frozen=True)
class Step:
    """A part that may go ahead now, at most with a warning: `terms` of its own.
    `tranche`: it is the first one, with its stop rule."""

    terms: Terms
    tranche: Tranche | None = None

    @property
    def amount(self) -> int:
        return self.terms.amount


def smaller_step(
    terms: Terms,
    cash: int | None,
    *,
    limits: GateLimits = USUAL,
    beside: Beside = ALONE,
) -> Step | None:
    """The first tranche with its stop rule if its share of cash allows it, or else the
    largest part that does; None where there is none, or the whole may go ahead. What
    counts together with the whole counts together with its part."""

    def is_held(part: Terms) -> bool:
        return holds(rate(part, cash, limits=limits, beside=beside).gate_class)

    if cash is None or terms.value is None or beside.unknown or not is_held(terms):
        return None
    if terms.hiring is not None and not terms.hiring.is_allowed:
        # fewer reps are the smaller step, not less money for as many
        return None
    first = next(iter(terms.tranches), None)
    if first is not None and first.has_rule and 0 < first.amount < terms.amount:
        part = part_of(terms, first.amount)
        if not is_held(part):
            return Step(part, first)
    room = limits.modest * cash // HUNDRED - beside.exposure
    weight = terms.value * max(terms.amount, terms.cancel_cost)
    amount = room * terms.amount * terms.amount // weight
    if not 0 < amount < terms.amount:
        return None
    # some coins more, by rounding, may be too much: then there is none
    part = part_of(terms, amount)
    return None if is_held(part) else Step(part)


def part_of(terms: Terms, amount: int) -> Terms:
    """The same for a part of the money: small, it no longer scales."""
    return replace(
        terms,
        amount=amount,
        value=terms.worth(amount),
        cancel_cost=terms.cancel_cost * amount // terms.amount,
        purpose=Purpose.ORDINARY,
        tranches=(),
    )
