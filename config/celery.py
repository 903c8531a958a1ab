"""The Celery app. Messages are hints: what is due stands in the database."""

import os
from datetime import timedelta

from celery import Celery
from django.conf import settings

from core.pulse import Pulse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# Beat only ticks; what is due is computed from rows, so a lost minute loses nothing.
BEAT_SCHEDULE = {
    "tick": {
        "task": "core.tasks.tick",
        "schedule": timedelta(seconds=60),
        "options": {"expires": 50},
    }
}


def options():
    """Read late: settings may not be read while they are being imported."""
    return {
        "broker_url": settings.BROKER_URL,
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "broker_transport_options": {
            "visibility_timeout": 600,
            "unacked_restore_interval": 10,
            "unacked_restore_throttle": 1,
            "socket_timeout": 5,
            "socket_connect_timeout": 2,
            "retry_on_timeout": True,
            "health_check_interval": 10,
        },
        "accept_content": ["json"],
        "task_serializer": "json",
        "task_default_queue": "fieldproof",
        "task_ignore_result": True,
        # Late acknowledgement repeats tasks; every task of ours may run twice.
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "task_time_limit": 120,
        "task_soft_time_limit": 110,
        "task_always_eager": settings.CELERY_TASK_ALWAYS_EAGER,
        "task_eager_propagates": True,
        "worker_prefetch_multiplier": 1,
        "worker_max_tasks_per_child": 500,
        "worker_soft_shutdown_timeout": 20,
        "worker_cancel_long_running_tasks_on_connection_loss": False,
        "worker_hijack_root_logger": False,
        "worker_enable_remote_control": False,
        "worker_proc_alive_timeout": 30,
        "beat_schedule": BEAT_SCHEDULE,
        "beat_scheduler": "core.beat.SteadyScheduler",
        "beat_max_loop_interval": 5,
    }


app = Celery("fieldproof")
app.add_defaults(options)
app.set_default()  # for threads, which have no current app of their own
app.autodiscover_tasks()
app.autodiscover_tasks(related_name="delivery_tasks")
app.steps["consumer"].add(Pulse)
