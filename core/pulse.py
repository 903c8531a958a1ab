"""A worker that consumes proves it once a minute."""

from celery import bootsteps

from core.nudge import nudge

EVERY_SECONDS = 60


class Pulse(bootsteps.StartStopStep):
    """Sends the tick from within the worker's consumer, as beat does from outside.

    Whoever takes it from the queue writes the heartbeat "worker", so that the heartbeat
    says more than "a process exists". The timer stops with the connection. Ticks sent
    twice do no harm, and with beat gone they keep the work going.
    """

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def __init__(self, parent, **kwargs):
        super().__init__(parent, **kwargs)
        self.timer = None

    def start(self, consumer):
        nudge("core.tasks.tick")
        self.timer = consumer.timer.call_repeatedly(
            EVERY_SECONDS, nudge, ("core.tasks.tick",)
        )

    def stop(self, consumer):
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None

    shutdown = stop
