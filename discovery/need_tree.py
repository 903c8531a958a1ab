"""Needs as they hang together: three levels, in the order they were written down."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from discovery.models import Need
from discovery.outcome_lint import feature_signs


@dataclass(frozen=True)
class Node:
    """`signs`: what makes it read like a feature."""

    need: Need
    children: tuple["Node", ...]
    signs: tuple[str, ...]


def tree_of(needs: Iterable[Need]) -> tuple[Node, ...]:
    """A need whose parent is put away stands at the top."""
    rows = list(needs)
    known = {need.pk for need in rows}
    below = defaultdict(list)
    for need in rows:
        below[need.parent_id if need.parent_id in known else None].append(need)

    def nodes(parent):
        return tuple(
            Node(need, nodes(need.pk), feature_signs(need.outcome))
            for need in below[parent]
        )

    return nodes(None)
