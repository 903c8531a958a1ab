"""What follows from what: activity verb → tasks queued with the entry's id.

The only place where a left app's event reaches a right app.
"""

REACTIONS: dict[str, list[str]] = {
    "actual.recorded": ["decisions.tasks.judge_after"],
    "actual.corrected": ["decisions.tasks.judge_after"],
    "actuals.imported": ["decisions.tasks.judge_after"],
    "forecast.registered": ["decisions.tasks.judge_after"],
    "forecast.revised": ["decisions.tasks.judge_after"],
    "metric.edited": ["decisions.tasks.judge_after"],
    "metric.restarted": ["decisions.tasks.judge_after"],
    "alert.sharpened": ["core.delivery_tasks.deliver_after"],
    "hypothesis.registered": ["decisions.tasks.sweep_after"],
    "hypothesis.validated": ["decisions.tasks.sweep_after"],
    "hypothesis.invalidated": ["decisions.tasks.sweep_after"],
    "hypothesis.inconclusive": ["decisions.tasks.sweep_after"],
    "hypothesis.abandoned": ["decisions.tasks.sweep_after"],
    "checkpoint.moved": ["decisions.tasks.sweep_after"],
    "checkpoint.reached": ["decisions.tasks.sweep_after"],
    "scheduled_stop.held": ["decisions.tasks.sweep_after"],
    "interview.finished": ["decisions.tasks.sweep_after"],
    "alert.raised": ["core.delivery_tasks.deliver_after"],
    "digest.tested": ["core.delivery_tasks.deliver_after"],
    "digest.invited": ["core.delivery_tasks.deliver_after"],
    "channel.tested": ["core.delivery_tasks.deliver_after"],
    "member.invited": ["core.delivery_tasks.deliver_after"],
    "comment.written": ["core.delivery_tasks.deliver_after"],
    "guest.asked": ["core.delivery_tasks.deliver_after"],
    "comment.corrected": ["core.delivery_tasks.deliver_after"],
}
