"""PURE. The part of a commitment that may go ahead now, where the whole is held."""

from dataclasses import dataclass, replace

from decisions.gates import HUNDRED, MODEST, Purpose, Terms, Tranche, holds, rate


@dataclass(frozen=True)
class Step:
    """A part that may go ahead now, at most with a warning: `terms` of its own.
    `tranche`: it is the first one, with its stop rule."""

    terms: Terms
    tranche: Tranche | None = None

    @property
    def amount(self) -> int:
        return self.terms.amount


def smaller_step(terms: Terms, cash: int | None) -> Step | None:
    """The first tranche with its stop rule if its share of cash allows it, or else the
    largest part that does; None where there is none, or the whole may go ahead."""
    if cash is None or terms.value is None or not holds(rate(terms, cash).gate_class):
        return None
    first = next(iter(terms.tranches), None)
    if first is not None and first.has_rule:
        step = _step(terms, cash, first.amount, first)
        if step is not None:
            return step
    limit = MODEST * cash // HUNDRED
    weight = terms.value * max(terms.amount, terms.cancel_cost)
    return _step(terms, cash, limit * terms.amount * terms.amount // weight)


def _step(
    terms: Terms, cash: int, amount: int, tranche: Tranche | None = None
) -> Step | None:
    """Some coins more, by rounding, may be too much: then there is none."""
    if not 0 < amount < terms.amount:
        return None
    part = part_of(terms, amount)
    return None if holds(rate(part, cash).gate_class) else Step(part, tranche)


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
