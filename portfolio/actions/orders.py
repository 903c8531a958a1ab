"""Loading a sample because somebody asked for it.

It takes some seconds, so a request only writes down the order. A worker fills it at a
hint, or the next tick does.
"""

import logging

from django.db import OperationalError, transaction
from django.db.models import Q

from core.actions import join_workspace
from core.models import Role, Workspace
from core.nudge import nudge
from portfolio.models import SampleOrder
from portfolio.samples import SAMPLES

logger = logging.getLogger(__name__)

TASK = "portfolio.tasks.load_sample"


def loaded_sample(name):
    """The sample of this name, however it came here, or None."""
    samples = Workspace.objects.filter(is_sample=True)
    same = Q(slug=name) | Q(name=SAMPLES[name].NAME)
    return samples.filter(same).order_by("created_at").first()


@transaction.atomic
def order_sample(name, *, by, now):
    """Safe to repeat: one that is there or waits stays as it is, one that failed is
    tried again."""
    if loaded_sample(name) is not None:
        return
    order, is_new = SampleOrder.objects.select_for_update().get_or_create(
        name=name, defaults={"by": by, "asked_at": now}
    )
    if not is_new and order.failed_at is not None:
        order.by, order.asked_at, order.failed_at = by, now, None
        order.save(update_fields=["by", "asked_at", "failed_at"])
    transaction.on_commit(lambda: nudge(TASK, name))


def fill_order(name, *, now):
    """Loads it; whoever asked owns it. False when nobody waits for it any more."""
    try:
        with transaction.atomic():
            return loaded_for_whom_it_waits(name, now)
    except OperationalError:
        # a database that is locked or gone is tried again by the next tick
        raise
    # Whatever it stumbled over is told on the page and in the log; tried again only
    # when somebody asks, for it would stumble every minute.
    except Exception:
        logger.exception("the sample %s could not be loaded", name)
        SampleOrder.objects.filter(name=name).update(failed_at=now)
        return False


def loaded_for_whom_it_waits(name, now):
    waiting = SampleOrder.objects.select_for_update().filter(failed_at=None)
    order = waiting.filter(name=name).first()
    if order is None:
        return False
    workspace = loaded_sample(name) or SAMPLES[name].load(now=now, slug=name)
    join_workspace(workspace, user=order.by, role=Role.OWNER, now=now)
    order.delete()
    return True


def fill_orders(now):
    """A step of the tick: an order that no hint reached, one a pass."""
    names = SampleOrder.objects.filter(failed_at=None).values_list("name", flat=True)
    return {"samples": sum(fill_order(name, now=now) for name in names[:1])}
