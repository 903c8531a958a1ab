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
    "alert.raised": ["core.delivery_tasks.deliver_after"],
    "member.invited": ["core.delivery_tasks.deliver_after"],
}
