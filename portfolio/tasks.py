"""Tasks of portfolio. Their limits are set for all in config/celery.py."""

from celery import shared_task

from core import clock
from portfolio.actions.orders import fill_order


@shared_task
def load_sample(name: str) -> None:
    """Nothing to do when the order is gone: the tick may have been faster."""
    fill_order(name, now=clock.now())
