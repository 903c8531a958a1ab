"""Tasks of portfolio. Their limits are set for all in config/celery.py."""

import logging
from datetime import datetime

from celery import shared_task
from django.db import OperationalError

from core import clock
from core.ticking import is_locked
from portfolio.actions import exports
from portfolio.actions.orders import fill_order

logger = logging.getLogger(__name__)


@shared_task
def load_sample(name: str) -> None:
    """Nothing to do when the order is gone: the tick may have been faster. Where another
    sample is being loaded and holds the database, a next tick does it."""
    try:
        fill_order(name, now=clock.now())
    except OperationalError as error:
        if not is_locked(error):
            raise
        logger.info("the sample %s is left to the next tick: busy database", name)


@shared_task
def make_export(pk: str) -> None:
    """The file of an export that an owner asked for, unless somebody is at it."""
    exports.make_export(pk, clock.now)


def exports_due(now: datetime) -> dict[str, int]:
    """A step of the tick."""
    return {"exports": exports.make_due(now, clock.now)}
