"""Which sample ventures there are, and what somebody can do with each."""

from dataclasses import dataclass

from core.models import Membership, Workspace
from portfolio.models import SampleOrder
from portfolio.samples import SAMPLES


@dataclass(frozen=True)
class Offer:
    """`slug` of a sample this reader belongs to, else empty. `is_loaded`: it is there,
    perhaps for others alone. `is_waiting`: a worker will load it; `has_failed`: one
    could not."""

    key: str
    name: str
    says: str
    slug: str = ""
    is_loaded: bool = False
    is_waiting: bool = False
    has_failed: bool = False

    @property
    def can_load(self) -> bool:
        return not (self.is_loaded or self.is_waiting)


def offers_for(user) -> tuple[Offer, ...]:
    """Three queries."""
    samples = list(Workspace.objects.filter(is_sample=True))
    mine = Membership.objects.current().filter(user=user, workspace__in=samples)
    belongs_to = set(mine.values_list("workspace", flat=True))
    orders = {order.name: order for order in SampleOrder.objects.all()}
    return tuple(
        offer_of(key, sample, samples, belongs_to, orders.get(key))
        for key, sample in SAMPLES.items()
    )


def offer_of(key, sample, samples, belongs_to, order) -> Offer:
    there = [one for one in samples if key == one.slug or one.name == sample.NAME]
    slugs = [one.slug for one in there if one.pk in belongs_to]
    has_failed = order is not None and order.failed_at is not None
    return Offer(
        key=key,
        name=sample.NAME,
        says=str(sample.SAYS),
        slug=slugs[0] if slugs else "",
        is_loaded=bool(there),
        is_waiting=order is not None and not has_failed and not there,
        has_failed=has_failed and not there,
    )
